import { chooseLength, useInspectMemory, type MeasuredMemory } from "../../../stores/inspect/inspect-memory";
import type { LayerPlan } from "../../../../worker/rpc/protocol/inspect";
import { counted, formatBytes, formatCount, formatRoundBytes } from "../../parts/words/format";
import { LineChart, type Measured } from "../../parts/charts/LineChart";
import { formatTokens } from "./tokens";
import { t } from "../../../../language/language";
import styles from "./Memory.module.css";

interface Props {
  plan: LayerPlan;
  budgetBytes: number;
  isInUse: boolean;
}

/** The cost of a longer context: planned to any length, and as it was while the context grew. */
export function MemoryOverContext({ plan, budgetBytes, isInUse }: Props) {
  const exponent = useInspectMemory((s) => s.lengthExponent);
  const points = useInspectMemory((s) => s.measured);
  const measured = isInUse ? points : [];
  const { overContext, longestContext } = plan;
  const lengths = overContext.map((one) => one.contextLength);
  const contextLength = Math.round(2 ** exponent);
  const index = lengths.indexOf(contextLength);
  const at = overContext[index]!;
  return (
    <section className={styles.overContext} aria-label={t("Memory over context")}>
      <LineChart
        title={t("Memory over context")}
        xName="Context"
        yName={t("GPU memory")}
        xs={lengths}
        series={[
          { name: t("This model"), ys: overContext.map((one) => one.totalBytes), look: 3 },
          {
            name: t("The same with full attention in every layer"),
            ys: overContext.map((one) => one.allFullBytes),
            look: 6,
          },
        ]}
        levels={[{ name: t("budget of this device"), y: budgetBytes }]}
        marks={[{ name: t("longest here"), x: longestContext }]}
        {...(measured.length > 0 && { measured: asMeasured(measured) })}
        xScale="log2"
        yScale="log10"
        formatX={formatTokens}
        formatY={formatRoundBytes}
        chosen={{
          index,
          onChoose: (i) => chooseLength(Math.log2(lengths[0]!) + i / stepsPerDoubling(lengths)),
        }}
      />
      <p role="status">
        {t(
          "At {tokens} {totalBytes}, of which {kvBytes} keys and values; with full attention in every layer {allFullBytes}.{overBudget}{overModel}",
          {
            tokens: counted(contextLength, "token"),
            totalBytes: formatBytes(at.totalBytes),
            kvBytes: formatBytes(at.kvBytes),
            allFullBytes: formatBytes(at.allFullBytes),
            overBudget:
              at.totalBytes > budgetBytes &&
              t(" This is {bytes} over the budget.", {
                bytes: formatBytes(at.totalBytes - budgetBytes),
              }),
            overModel:
              contextLength > longestContext &&
              t(" This model can have {longestContext} here at most.", {
                longestContext: formatCount(longestContext),
              }),
          },
        )}
      </p>
    </section>
  );
}

/** The lengths of the plan are even on a logarithmic scale. */
const stepsPerDoubling = (lengths: readonly number[]) =>
  lengths.findIndex((length) => length === 2 * lengths[0]!);

function asMeasured(points: readonly MeasuredMemory[]): Measured {
  return {
    title: t("Measured while the context grew"),
    xs: points.map(({ usedTokens }) => usedTokens),
    series: [
      { name: t("Measured, in use"), ys: points.map(({ inUseBytes }) => inUseBytes), look: 0 },
      { name: t("Measured, reserved"), ys: points.map(({ liveBytes }) => liveBytes), look: 1 },
    ],
  };
}
