import { rich } from "../../parts/words/rich";
import styles from "../Inspect.module.css";
interface Props {
  /** The thing that is chosen, e.g. "DeltaNet". */
  name: string;
  layers: readonly { readonly layer: number; readonly nHeads: number }[];
  layer: number;
  head: number;
  onChange: (layer: number, head: number) => void;
}

/** Chooses a layer and one of its heads. */
export function HeadPicker({ name, layers, layer, head, onChange }: Props) {
  const nHeads = layers.find((one) => one.layer === layer)?.nHeads ?? 0;
  return (
    <div className={styles.planPicker}>
      <label>
        {rich("{name} layer {select}", {
          name,
          select: (
            <select value={layer} onChange={({ target }) => onChange(Number(target.value), head)}>
              {layers.map((one) => (
                <option key={one.layer} value={one.layer}>
                  {one.layer}
                </option>
              ))}
            </select>
          ),
        })}
      </label>
      <label>
        {rich("Head {select}", {
          select: (
            <select value={head} onChange={({ target }) => onChange(layer, Number(target.value))}>
              {Array.from({ length: nHeads }, (_, i) => (
                <option key={i} value={i}>
                  {i}
                </option>
              ))}
            </select>
          ),
        })}
      </label>
    </div>
  );
}
