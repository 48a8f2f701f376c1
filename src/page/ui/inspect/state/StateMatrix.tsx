import { formatSignificant } from "../../parts/words/format";
import { useEffect, useRef } from "react";
import type { StateReport } from "../../../../worker/rpc/protocol/inspect";
import { Term } from "../../parts/words/Term";
import { t } from "../../../../language/language";
import { rich } from "../../parts/words/rich";
import styles from "./State.module.css";
import inspectStyles from "../Inspect.module.css";

interface Props {
  matrices: StateReport["matrices"];
  layer: number;
  head: number;
}

const MOST_ENTRIES = 12;

/**
 * One head's state after the last token: rows are values, columns keys; its largest entries stand in the
 * table behind.
 */
export function StateMatrix({ matrices: { valueDim, keyDim, layers }, layer, head }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { values } = layers.find((one) => one.layer === layer)!; // every DeltaNet layer has one
  const S = values.subarray(head * valueDim * keyDim, (head + 1) * valueDim * keyDim);
  const largest = S.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(keyDim, valueDim);
    S.forEach((value, i) => {
      // Square roots show what is small beside the few that are large.
      const depth = Math.sqrt(Math.abs(value) / (largest || 1));
      const [r, g, b] = value < 0 ? ([60, 110, 220] as const) : ([225, 140, 30] as const);
      image.data.set([r, g, b, Math.round(255 * depth)], i * 4);
    });
    context.putImageData(image, 0, 0);
  }, [S, largest, keyDim, valueDim]);
  const entries = [...S.keys()].sort((a, b) => Math.abs(S[b]!) - Math.abs(S[a]!)).slice(0, MOST_ENTRIES);
  return (
    <figure className={styles.stateMatrix}>
      <canvas
        ref={canvas}
        width={keyDim}
        height={valueDim}
        role="img"
        aria-label={t(
          "State of layer {layer}, head {head}: {valueDim} values by {keyDim} keys, at most {largest}",
          { layer, head, valueDim, keyDim, largest: formatSignificant(largest, 3) },
        )}
      />
      <figcaption className={inspectStyles.note}>
        {rich(
          "State of layer {layer}, head {head} after the last token: {valueDim} {term} (down) by {keyDim} {term2} (across), orange positive, blue negative, at most {largest}.",
          {
            layer,
            head,
            valueDim,
            term: <Term name="value">{t("values")}</Term>,
            keyDim,
            term2: <Term name="key">{t("keys")}</Term>,
            largest: formatSignificant(largest, 3),
          },
        )}
      </figcaption>
      <details>
        <summary>{t("Its largest entries")}</summary>
        <table>
          <caption>{t("Largest entries of the state")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("Value")}</th>
              <th scope="col">{t("Key")}</th>
              <th scope="col">{t("Entry")}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((i) => (
              <tr key={i}>
                <th scope="row">{Math.floor(i / keyDim)}</th>
                <td>{i % keyDim}</td>
                <td>{formatSignificant(S[i]!, 3)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
