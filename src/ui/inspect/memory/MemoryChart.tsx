import type { MeasuredMemory } from "../../../stores/inspect-memory";
import type { LayerPlan } from "../../../worker/protocol";
import { formatBytes } from "../../format";
import { logScale, powersBetween } from "./log-scale";
import { formatTokens } from "./tokens";

interface Props {
  plan: LayerPlan;
  measured: readonly MeasuredMemory[];
  budgetBytes: number;
  /** Where the reader is looking. */
  contextLength: number;
}

const WIDTH = 640;
const HEIGHT = 300;
const LEFT = 62;
const RIGHT = WIDTH - 12;
const TOP = 12;
const BOTTOM = HEIGHT - 34;

/** Memory over the length of the context, both logarithmic. Its figures stand in the table below it. */
export function MemoryChart({ plan, measured, budgetBytes, contextLength }: Props) {
  const { overContext, longestContext } = plan;
  const lengths = overContext.map((at) => at.contextLength);
  const shortest = Math.min(lengths[0]!, ...measured.map(({ usedTokens }) => usedTokens));
  const totals = overContext.flatMap(({ totalBytes, allFullBytes }) => [totalBytes, allFullBytes]);
  const lowest = Math.min(...totals, ...measured.map(({ inUseBytes }) => inUseBytes), budgetBytes);
  const x = logScale([shortest, lengths.at(-1)!], [LEFT, RIGHT]);
  const y = logScale([lowest / 1.2, Math.max(...totals, budgetBytes) * 1.2], [BOTTOM, TOP]);
  const line = (key: "totalBytes" | "allFullBytes") =>
    overContext.map((at) => `${x(at.contextLength).toFixed(1)},${y(at[key]).toFixed(1)}`).join(" ");
  return (
    <svg
      className="memory-chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`GPU memory from ${formatTokens(shortest)} to ${formatTokens(lengths.at(-1)!)} tokens of context; the table below has the figures`}
    >
      {powersBetween(shortest, lengths.at(-1)!, 4, 7).map((length) => (
        <g key={length}>
          <line className="chart-grid" x1={x(length)} x2={x(length)} y1={TOP} y2={BOTTOM} />
          <text x={x(length)} y={BOTTOM + 20} textAnchor="middle">
            {formatTokens(length)}
          </text>
        </g>
      ))}
      {powersBetween(lowest / 1.2, Math.max(...totals, budgetBytes) * 1.2, 10, 6).map((bytes) => (
        <g key={bytes}>
          <line className="chart-grid" x1={LEFT} x2={RIGHT} y1={y(bytes)} y2={y(bytes)} />
          <text x={LEFT - 8} y={y(bytes) + 4} textAnchor="end">
            {formatBytes(bytes).replace(/\.0+ /, " ")}
          </text>
        </g>
      ))}
      <line className="chart-budget" x1={LEFT} x2={RIGHT} y1={y(budgetBytes)} y2={y(budgetBytes)} />
      <polyline className="chart-all-full" points={line("allFullBytes")} />
      <polyline className="chart-planned" points={line("totalBytes")} />
      <line className="chart-longest" x1={x(longestContext)} x2={x(longestContext)} y1={TOP} y2={BOTTOM} />
      {measured.map(({ usedTokens, inUseBytes, liveBytes }) => (
        <g key={usedTokens}>
          <circle className="chart-live" cx={x(usedTokens)} cy={y(liveBytes)} r={3} />
          <circle className="chart-in-use" cx={x(usedTokens)} cy={y(inUseBytes)} r={3.5} />
        </g>
      ))}
      <line className="chart-cursor" x1={x(contextLength)} x2={x(contextLength)} y1={TOP} y2={BOTTOM} />
    </svg>
  );
}
