import { changeSampling } from "../../stores/settings/settings";
import { Field } from "../parts/fields/Field";
import { TextInput } from "../parts/fields/Input";

interface Props {
  /** `null`: a new one for every answer. */
  seed: number | null;
}

const largestSeed = 0xffff_ffff;

export function SeedField({ seed }: Props) {
  return (
    <Field
      label="Seed"
      hint="Leave it empty for a new answer every time. The same number gives the same answer to the same chat."
    >
      {(id, hintId) => (
        <TextInput
          id={id}
          type="number"
          inputMode="numeric"
          min={0}
          max={largestSeed}
          step={1}
          placeholder="A new one for every answer"
          aria-describedby={hintId}
          value={seed ?? ""}
          onChange={({ target }) => {
            const value = target.valueAsNumber;
            changeSampling({
              seed: Number.isNaN(value) ? null : Math.min(largestSeed, Math.max(0, Math.trunc(value))),
            });
          }}
        />
      )}
    </Field>
  );
}
