import type { LayerPlan, MemoryReport } from "../../../../worker/rpc/protocol/inspect";
import { counted, formatBytes, formatCount, formatShare } from "../../parts/words/format";
import type { TermName } from "../../parts/words/glossary";
import { Term } from "../../parts/words/Term";
import { bytesOf, sentence } from "./kinds";
import { t } from "../../../../language/language";
import { rich } from "../../parts/words/rich";
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
    [
      "grows",
      t("{bytes}, {perToken} a token", { bytes: formatBytes(growing), perToken: formatBytes(perToken) }),
    ],
  ];
  return (
    <section aria-label={t("Memory in short")}>
      <dl className={styles.memoryFigures}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>
              <Term name={name}>{sentence(t(name))}</Term>
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        {rich(
          "Planned for a context of {tokens}; on this device this model can have {longestContext}. {stagingBytes} of the plan are {term} for loading, and given back after it.",
          {
            tokens: counted(plan.contextLength, "token"),
            longestContext: formatCount(plan.longestContext),
            stagingBytes: formatBytes(bytesOf(plan.lines, "staging")),
            term: <Term name="staging" />,
          },
        )}
      </p>
    </section>
  );
}
