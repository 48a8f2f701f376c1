import type { MemoryPlan } from "../../../../worker/rpc/protocol/load";
import { counted, formatBytes } from "../../parts/words/format";
import { MemoryMeter } from "./MemoryMeter";
import { t } from "../../../../language/language";
import styles from "./MemoryPlan.module.css";

interface Props {
  plan: MemoryPlan;
}

/** A model's use of the GPU's memory, by kind, against what may be used. */
export function MemoryPlanTable({ plan }: Props) {
  return (
    <div className={styles.table}>
      <table>
        <caption>
          {t("GPU memory with a context of {tokens}", { tokens: counted(plan.contextLength, "token") })}
        </caption>
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
            <th scope="row">
              {t("Total, of a budget of {budgetBytes}", { budgetBytes: formatBytes(plan.budgetBytes) })}
            </th>
            <td>{formatBytes(plan.totalBytes)}</td>
          </tr>
        </tfoot>
      </table>
      <MemoryMeter plan={plan} />
    </div>
  );
}
