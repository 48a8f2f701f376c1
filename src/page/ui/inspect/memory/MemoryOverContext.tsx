import { chooseLength, useInspectMemory, type MeasuredMemory } from "../../../stores/inspect/inspect-memory";
import type { LayerPlan } from "../../../../worker/rpc/protocol/inspect";
import { counted, formatBytes, formatCount, formatRoundBytes } from "../../parts/words/format";
import { LineChart, type Measured } from "../../parts/charts/LineChart";
import { formatTokens } from "./tokens";
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
    <section className={styles.overContext} aria-label="Memory over context">
      <LineChart
        title="Memory over context"
        xName="Context"
        yName="GPU memory"
        xs={lengths}
        series={[
          { name: "This model", ys: overContext.map((one) => one.totalBytes), look: 3 },
          {
            name: "The same with full attention in every layer",
            ys: overContext.map((one) => one.allFullBytes),
            look: 6,
          },
        ]}
        levels={[{ name: "budget of this device", y: budgetBytes }]}
        marks={[{ name: "longest here", x: longestContext }]}
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
        At {counted(contextLength, "token")} {formatBytes(at.totalBytes)}, of which {formatBytes(at.kvBytes)}{" "}
        keys and values; with full attention in every layer {formatBytes(at.allFullBytes)}.
        {at.totalBytes > budgetBytes &&
          ` This is ${formatBytes(at.totalBytes - budgetBytes)} over the budget.`}
        {contextLength > longestContext &&
          ` This model can have ${formatCount(longestContext)} here at most.`}
      </p>
    </section>
  );
}

/** The lengths of the plan are even on a logarithmic scale. */
const stepsPerDoubling = (lengths: readonly number[]) =>
  lengths.findIndex((length) => length === 2 * lengths[0]!);

function asMeasured(points: readonly MeasuredMemory[]): Measured {
  return {
    title: "Measured while the context grew",
    xs: points.map(({ usedTokens }) => usedTokens),
    series: [
      { name: "Measured, in use", ys: points.map(({ inUseBytes }) => inUseBytes), look: 0 },
      { name: "Measured, reserved", ys: points.map(({ liveBytes }) => liveBytes), look: 1 },
    ],
  };
}
