import type { MemoryPlan } from "../worker/protocol";
import { formatBytes, formatCount } from "./format";
import { Meter } from "./parts/Meter";

interface Props {
  plan: MemoryPlan;
}

/** What a model takes of the GPU's memory, by kind, against what may be used. */
export function MemoryPlanTable({ plan }: Props) {
  const isOver = plan.totalBytes > plan.budgetBytes;
  const summary = `${formatBytes(plan.totalBytes)} of ${formatBytes(plan.budgetBytes)}`;
  return (
    <div className="memory-plan">
      <table>
        <caption>GPU memory with a context of {formatCount(plan.contextLength)} tokens</caption>
        <tbody>
          {plan.rows
            .filter((row) => row.bytes > 0)
            .map((row) => (
              <tr key={row.kind}>
                <th scope="row">{row.kind[0]!.toUpperCase() + row.kind.slice(1)}</th>
                <td>{formatBytes(row.bytes)}</td>
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total, of a budget of {formatBytes(plan.budgetBytes)}</th>
            <td>{formatBytes(plan.totalBytes)}</td>
          </tr>
        </tfoot>
      </table>
      <Meter
        role="meter"
        label="Planned GPU memory"
        valueText={summary}
        value={plan.totalBytes}
        max={plan.budgetBytes}
        isOver={isOver}
      />
      {isOver && (
        <p className="memory-plan-warning" role="alert">
          This is {formatBytes(plan.totalBytes - plan.budgetBytes)} over the budget. Choose a shorter context
          or a smaller model. You may try all the same; if the GPU refuses, nothing is lost.
        </p>
      )}
    </div>
  );
}
