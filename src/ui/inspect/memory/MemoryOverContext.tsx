import { chooseLength, useInspectMemory } from "../../../stores/inspect-memory";
import type { LayerPlan } from "../../../worker/protocol";
import { formatBytes, formatCount } from "../../format";
import { MemoryChart } from "./MemoryChart";
import { MemoryChartTable } from "./MemoryChartTable";
import { formatTokens } from "./tokens";

interface Props {
  plan: LayerPlan;
  budgetBytes: number;
  isInUse: boolean;
}

const marks: readonly (readonly [className: string, text: string])[] = [
  ["mark-planned", "this model"],
  ["mark-all-full", "the same with full attention in every layer"],
  ["mark-budget", "budget of this device"],
  ["mark-in-use", "measured, in use"],
  ["mark-live", "measured, reserved"],
  ["mark-longest", "longest context here"],
];

/** What a longer context costs: planned to any length, and as it was while the context grew. */
export function MemoryOverContext({ plan, budgetBytes, isInUse }: Props) {
  const exponent = useInspectMemory((s) => s.lengthExponent);
  const points = useInspectMemory((s) => s.measured);
  const measured = isInUse ? points : [];
  const contextLength = Math.round(2 ** exponent);
  const at = plan.overContext.find((one) => one.contextLength === contextLength)!;
  return (
    <section className="memory-over-context" aria-label="Memory over context">
      <h3>Memory over context</h3>
      <MemoryChart {...{ plan, measured, budgetBytes, contextLength }} />
      <ul className="chart-legend" aria-hidden>
        {marks
          .filter(([name]) => measured.length > 0 || (name !== "mark-in-use" && name !== "mark-live"))
          .map(([name, text]) => (
            <li key={name}>
              <span className={name} /> {text}
            </li>
          ))}
      </ul>
      <label className="chart-slider">
        Context
        <input
          type="range"
          min={10}
          max={20}
          step={0.25}
          value={exponent}
          aria-valuetext={`${formatCount(contextLength)} tokens`}
          onChange={({ target }) => chooseLength(Number(target.value))}
        />
        <output>{formatTokens(contextLength)}</output>
      </label>
      <p role="status">
        At {formatCount(contextLength)} tokens {formatBytes(at.totalBytes)}, of which{" "}
        {formatBytes(at.kvBytes)} keys and values; with full attention in every layer{" "}
        {formatBytes(at.allFullBytes)}.
        {at.totalBytes > budgetBytes &&
          ` This is ${formatBytes(at.totalBytes - budgetBytes)} over the budget.`}
        {contextLength > plan.longestContext &&
          ` Longer than this device or this model takes: ${formatCount(plan.longestContext)}.`}
      </p>
      <MemoryChartTable {...{ plan, measured, budgetBytes }} />
    </section>
  );
}
