import type { LayerPlan, MemoryLine } from "../../../../worker/rpc/protocol/inspect";
import { counted, formatBytes } from "../../parts/words/format";
import { Term } from "../../parts/words/Term";
import { bytesOf, colourOf, kinds, sentence } from "./kinds";
import { t } from "../../../../language/language";
import styles from "./Memory.module.css";
import inspectStyles from "../Inspect.module.css";

interface Props {
  lines: readonly MemoryLine[];
  layerKinds: LayerPlan["layerKinds"];
}

/** All of it in one bar, and a bar for each layer. The figures stand in the table. */
export function MemoryPicture({ lines, layerKinds }: Props) {
  const layers = lines.filter(({ layer }) => layer !== null);
  const totalBytes = lines.reduce((sum, line) => sum + line.totalBytes, 0);
  const highest = Math.max(...layers.map((line) => line.totalBytes));
  const present = kinds.filter((kind) => bytesOf(lines, kind) > 0);
  const nFull = layerKinds.filter((kind) => kind === "full").length;
  return (
    <figure className={styles.picture}>
      <div
        role="img"
        aria-label={`${formatBytes(totalBytes)}: ${present.map((kind) => `${kind} ${formatBytes(bytesOf(lines, kind))}`).join(", ")}`}
        className={styles.bar}
      >
        {present.map((kind) => (
          <span
            key={kind}
            style={{ flexGrow: bytesOf(lines, kind), background: colourOf(kind) }}
            title={`${sentence(t(kind))}: ${formatBytes(bytesOf(lines, kind))}`}
          />
        ))}
      </div>
      <ul className={styles.legend}>
        {present.map((kind) => (
          <li key={kind}>
            <span style={{ background: colourOf(kind) }} /> <Term name={kind}>{sentence(t(kind))}</Term>{" "}
            {formatBytes(bytesOf(lines, kind))}
          </li>
        ))}
      </ul>
      {layers.length > 0 && (
        <div
          role="img"
          aria-label={t("{layers}, the largest {highest}; {nFull} of them have keys and values that grow", {
            layers: counted(layers.length, "layer"),
            highest: formatBytes(highest),
            nFull,
          })}
          className={styles.layers}
        >
          {layers.map((line) => (
            <div
              key={line.name}
              className={styles.layer}
              data-kind={layerKinds[line.layer!]}
              title={`${sentence(line.name)}: ${formatBytes(line.totalBytes)}`}
            >
              {kinds.toReversed().map((kind) => {
                const bytes = line.bytes[kind];
                return bytes ? (
                  <span
                    key={kind}
                    style={{ height: `${(100 * bytes) / highest}%`, background: colourOf(kind) }}
                  />
                ) : null;
              })}
            </div>
          ))}
        </div>
      )}
      <figcaption className={inspectStyles.note}>
        {t("Each bar is a layer, on one scale of {highest}; every fourth has full attention.", {
          highest: formatBytes(highest),
        })}
      </figcaption>
    </figure>
  );
}
