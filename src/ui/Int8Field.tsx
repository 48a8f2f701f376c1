import { useEngine } from "../stores/engine";
import { chooseInt8 } from "../stores/plans";
import { useSettings } from "../stores/settings";
import type { ModelId } from "../worker/protocol";
import { Field } from "./parts/Field";

interface Props {
  /** The model that is planned anew; `null` when none is there. */
  modelId: ModelId | null;
}

export function Int8Field({ modelId }: Props) {
  const isChosen = useSettings((s) => s.int8);
  const device = useEngine((s) => s.device);
  const hint =
    device && !device.hasInt8Dot
      ? "This device does not multiply 8-bit numbers, so prompts are read exactly."
      : "With numbers rounded to 8 bits some devices read long documents faster; answers can differ a little. The bench page tells what it gains here.";
  return (
    <Field label="Reading prompts" hint={hint}>
      {(id, hintId) => (
        <select
          id={id}
          aria-describedby={hintId}
          className="select"
          value={isChosen ? "int8" : "exact"}
          onChange={({ target }) => chooseInt8(target.value === "int8", modelId)}
        >
          <option value="exact">Exact</option>
          <option value="int8">Rounded to 8 bits</option>
        </select>
      )}
    </Field>
  );
}
