import type { LayerPlan, MemoryReport } from "../../../../worker/rpc/protocol/inspect";
import { counted, formatBytes, formatCount, formatShare } from "../../parts/words/format";
import type { TermName } from "../../parts/words/glossary";
import { Term } from "../../parts/words/Term";
import { bytesOf, sentence } from "./kinds";
import styles from "../Inspect.module.css";

interface Props {
  plan: LayerPlan;
  budgetBytes: number;
  /** The report of the model that is planned for, where it is the one in use. */
  report: MemoryReport | null;
}

/**
 * The figures a person looks for first: what is taken, what was at most, what it may be, and what of it
 * grows.
 */
export function MemorySummary({ plan, budgetBytes, report }: Props) {
  const growing = bytesOf(plan.lines, "KV cache");
  const perToken = growing / plan.contextLength;
  const figures: readonly (readonly [TermName, string])[] = [
    ...(report
      ? ([
          ["live", formatBytes(report.liveBytes)],
          ["peak", formatBytes(report.peakBytes)],
        ] as const)
      : []),
    ["planned", formatBytes(plan.totalBytes)],
    ["budget", formatBytes(budgetBytes)],
    [
      "stays the same",
      `${formatBytes(plan.totalBytes - growing)} (${formatShare(1 - growing / plan.totalBytes)})`,
    ],
    ["grows", `${formatBytes(growing)}, ${formatBytes(perToken)} a token`],
  ];
  return (
    <section aria-label="Memory in short">
      <dl className={styles.memoryFigures}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>
              <Term name={name}>{sentence(name)}</Term>
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        Planned for a context of {counted(plan.contextLength, "token")}; on this device this model can have{" "}
        {formatCount(plan.longestContext)}. {formatBytes(bytesOf(plan.lines, "staging"))} of the plan are{" "}
        <Term name="staging" /> for loading, and given back after it.
      </p>
    </section>
  );
}
