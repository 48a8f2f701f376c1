import type { MeasuredMemory } from "../../../stores/inspect-memory";
import type { LayerPlan } from "../../../worker/protocol";
import { formatBytes, formatCount } from "../../format";
import { ScrollBox } from "../ScrollBox";

interface Props {
  plan: LayerPlan;
  measured: readonly MeasuredMemory[];
  budgetBytes: number;
}

/** What the chart draws, in figures: every power of two, and each length that was measured. */
export function MemoryChartTable({ plan: { overContext }, measured, budgetBytes }: Props) {
  const rows = overContext.filter(({ contextLength }) => Number.isInteger(Math.log2(contextLength)));
  return (
    <details>
      <summary>Figures of the chart</summary>
      <ScrollBox label="Figures">
        <table>
          <caption>Planned GPU memory over context, of a budget of {formatBytes(budgetBytes)}</caption>
          <thead>
            <tr>
              <th scope="col">Tokens</th>
              <th scope="col">This model</th>
              <th scope="col">of it keys and values</th>
              <th scope="col">All full attention</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.contextLength}>
                <th scope="row">{formatCount(row.contextLength)}</th>
                <td>{formatBytes(row.totalBytes)}</td>
                <td>{formatBytes(row.kvBytes)}</td>
                <td>{formatBytes(row.allFullBytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {measured.length > 0 && (
          <table>
            <caption>Measured while the context grew</caption>
            <thead>
              <tr>
                <th scope="col">Tokens</th>
                <th scope="col">In use</th>
                <th scope="col">Reserved</th>
              </tr>
            </thead>
            <tbody>
              {measured.map(({ usedTokens, inUseBytes, liveBytes }) => (
                <tr key={usedTokens}>
                  <th scope="row">{formatCount(usedTokens)}</th>
                  <td>{formatBytes(inUseBytes)}</td>
                  <td>{formatBytes(liveBytes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </ScrollBox>
    </details>
  );
}
