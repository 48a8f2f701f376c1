import type { TranscodedTensors } from "../../../../worker/rpc/protocol/load";
import { counted, formatBytes } from "../../parts/words/format";
import styles from "./MemoryPlan.module.css";

interface Props {
  transcoded: readonly TranscodedTensors[];
}

/**
 * Which tensors lie on the GPU in another format than in the file, and what that costs. Nothing where there
 * are none.
 */
export function TranscodedTable({ transcoded }: Props) {
  if (transcoded.length === 0) return null;
  return (
    <div className={styles.table}>
      <table>
        <caption>Stored in another format on the GPU</caption>
        <tbody>
          {transcoded.map((t) => (
            <tr key={`${t.type} ${t.format}`}>
              <th scope="row">
                {t.type} as {t.format}, {t.isLossless ? "every value kept" : "rounded"}
                <br />
                <small>
                  {counted(t.nTensors, "tensor")}: {t.names.join(", ")}
                </small>
              </th>
              <td>{costOf(t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function costOf({ fileBytes, gpuBytes }: TranscodedTensors): string {
  const more = gpuBytes - fileBytes;
  return `${formatBytes(Math.abs(more))} ${more < 0 ? "less" : "more"}`;
}
