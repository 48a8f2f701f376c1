import type { TranscodedTensors } from "../../../../worker/rpc/protocol/load";
import { counted, formatBytes } from "../../parts/words/format";
import { mark, t } from "../../../../language/language";
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
        <caption>{t("Stored in another format on the GPU")}</caption>
        <tbody>
          {transcoded.map((tensors) => (
            <tr key={`${tensors.type} ${tensors.format}`}>
              <th scope="row">
                {t(
                  tensors.isLossless
                    ? mark("{type} as {format}, every value kept")
                    : mark("{type} as {format}, rounded"),
                  {
                    type: tensors.type,
                    format: tensors.format,
                  },
                )}
                <br />
                <small>
                  {counted(tensors.nTensors, "tensor")}: {tensors.names.join(", ")}
                </small>
              </th>
              <td>{costOf(tensors)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function costOf({ fileBytes, gpuBytes }: TranscodedTensors): string {
  const more = gpuBytes - fileBytes;
  return t(more < 0 ? mark("{bytes} less") : mark("{bytes} more"), { bytes: formatBytes(Math.abs(more)) });
}
