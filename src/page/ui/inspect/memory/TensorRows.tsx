import type { LayerPlan } from "../../../../worker/rpc/protocol/inspect";
import { formatBytes, formatCount } from "../../parts/words/format";
import { t } from "../../../../language/language";
import styles from "./Memory.module.css";

interface Props {
  tensors: LayerPlan["tensors"];
  nColumns: number;
}

/** The tensors of a row of the memory table, as they lie in the file and on the GPU. */
export function TensorRows({ tensors, nColumns }: Props) {
  return tensors.map(({ name, shape, type, format, sizeBytes }) => (
    <tr key={name} className={styles.tensorRow}>
      <th scope="row">{name}</th>
      <td>{formatBytes(sizeBytes)}</td>
      <td colSpan={nColumns - 2}>
        {shape.map(formatCount).join(" × ")}, {type}
        {type !== format && t(", on the GPU {format}", { format })}
      </td>
    </tr>
  ));
}
