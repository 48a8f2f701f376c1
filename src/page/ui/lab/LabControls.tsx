import type { KeyKind, LabRequest } from "../../../worker/rpc/protocol/measure";
import { formatCount } from "../parts/words/format";
import { Field } from "../parts/fields/Field";
import { keyKinds } from "./texts";
import { Select, TextInput } from "../parts/fields/Input";
import { t } from "../../../language/language";
import styles from "./Lab.module.css";

interface Props {
  request: LabRequest;
  onChange: (request: LabRequest) => void;
}

const SIZES = [16, 32, 64, 128];
const MOST_SEED = 2 ** 24;

export function LabControls({ request, onChange }: Props) {
  const { size, mostPairs, keys, halfLife, window, seed } = request;
  /** Lengths keep their share of the state's size. */
  const resize = (next: number) => {
    const scaled = (length: number) => (length * next) / size;
    onChange({
      ...request,
      size: next,
      mostPairs: scaled(mostPairs),
      halfLife: halfLife === null ? null : scaled(halfLife),
      window: scaled(window),
    });
  };
  const times = (factors: readonly number[]) =>
    factors.map((factor) => [factor * size, formatCount(factor * size)] as const);
  return (
    <div className={styles.controls}>
      <Choice
        label={t("State")}
        hint={t("{size} numbers in each state. Qwen3.5 has 128 × 128 a head.", {
          size: formatCount(size * size),
        })}
        value={size}
        options={SIZES.map((n) => [n, `${n} × ${n}`])}
        onChange={resize}
      />
      <Choice
        label={t("Pairs at most")}
        hint={t("The right end of the curves.")}
        value={mostPairs}
        options={times([1, 2, 4, 8])}
        onChange={(next) => onChange({ ...request, mostPairs: next })}
      />
      <Field label={t("Keys")} hint={t(keyKinds[keys].hint)}>
        {(id, hintId) => (
          <Select
            id={id}
            aria-describedby={hintId}
            value={keys}
            onChange={({ target }) => onChange({ ...request, keys: target.value as KeyKind })}
          >
            {Object.entries(keyKinds).map(([kind, { name }]) => (
              <option key={kind} value={kind}>
                {t(name)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Choice
        label={t("Half-life of what decays")}
        hint={t("Pairs after which half is left, for rules that decay.")}
        value={halfLife ?? 0}
        options={[...times([0.5, 1, 2, 4, 8]), [0, t("No decay but at a switch")]]}
        onChange={(next) => onChange({ ...request, halfLife: next === 0 ? null : next })}
      />
      <Choice
        label={t("Window")}
        hint={t("Pairs that exact attention sees, beside the state.")}
        value={window}
        options={times([0.25, 0.5, 1, 2])}
        onChange={(next) => onChange({ ...request, window: next })}
      />
      <Field label={t("Seed")} hint={t("The same number makes the same pairs.")}>
        {(id, hintId) => (
          <TextInput
            id={id}
            type="number"
            inputMode="numeric"
            min={0}
            max={MOST_SEED}
            aria-describedby={hintId}
            value={seed}
            onChange={({ target }) => {
              const value = Math.trunc(target.valueAsNumber);
              if (!Number.isNaN(value))
                onChange({ ...request, seed: Math.min(MOST_SEED, Math.max(0, value)) });
            }}
          />
        )}
      </Field>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  hint: string;
  value: number;
  options: readonly (readonly [value: number, name: string])[];
  onChange: (value: number) => void;
}

function Choice({ label, hint, value, options, onChange }: ChoiceProps) {
  return (
    <Field label={label} hint={hint}>
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={value}
          onChange={({ target }) => onChange(Number(target.value))}
        >
          {options.map(([option, name]) => (
            <option key={option} value={option}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
