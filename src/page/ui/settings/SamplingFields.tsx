import { useEngine } from "../../stores/models/engine";
import {
  changeSampling,
  changeSettings,
  effectiveMaxNewTokens,
  effectiveSampling,
  samplingRanges,
  useSettings,
} from "../../stores/settings/settings";
import type { SamplingSettings } from "../../../ground/sampling";
import { counted, formatCount } from "../parts/words/format";
import { Field } from "../parts/fields/Field";
import { SeedField } from "./SeedField";
import { Select } from "../parts/fields/Input";
import { Hint } from "../parts/fields/Hint";

type SliderName = keyof typeof samplingRanges;

const sliders: readonly (readonly [name: SliderName, label: string, hint: string])[] = [
  [
    "temperature",
    "Temperature",
    "How freely words are chosen. 0 always takes the likeliest; higher is livelier, and less sure.",
  ],
  ["topK", "Top-k", "Only this many of the likeliest words are considered at each step. 0 considers all."],
  ["topP", "Top-p", "Only the likeliest words that together make up this share. 1 considers all."],
  [
    "minP",
    "Min-p",
    "Words less likely than this share of the likeliest one are left out. 0 leaves none out.",
  ],
  [
    "presencePenalty",
    "Presence penalty",
    "Steers away from words already used in the answer, so that it goes on to new things.",
  ],
  [
    "repetitionPenalty",
    "Repetition penalty",
    "Makes every word of the chat so far less likely to come again. 1 is off.",
  ],
];

/** Sampling as the next answer will have it: the model's own values until a slider is moved. */
export function SamplingFields() {
  const description = useEngine((s) => (s.status.phase === "ready" ? s.status.loaded.description : null));
  const settings = useSettings();
  if (!description) return <Hint>Load a model to see and change how it chooses its words.</Hint>;
  const sampling = effectiveSampling(settings, description);
  return (
    <>
      {sliders.map(([name, label, hint]) => (
        <SamplingSlider
          key={name}
          name={name}
          label={label}
          hint={hint}
          sampling={sampling}
          chosen={settings.sampling}
        />
      ))}
      <SeedField seed={sampling.seed} />
      <LengthField limit={effectiveMaxNewTokens(settings, description)} />
    </>
  );
}

interface SliderProps {
  name: SliderName;
  label: string;
  hint: string;
  sampling: SamplingSettings;
  chosen: Partial<SamplingSettings>;
}

function SamplingSlider({ name, label, hint, sampling, chosen }: SliderProps) {
  const value = sampling[name];
  return (
    <Field label={label} hint={hint} value={`${value}${name in chosen ? "" : " (the model's own)"}`}>
      {(id, hintId) => (
        <input
          id={id}
          type="range"
          aria-describedby={hintId}
          {...samplingRanges[name]}
          value={value}
          onChange={({ target }) => changeSampling({ [name]: target.valueAsNumber })}
        />
      )}
    </Field>
  );
}

const lengths = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768];

function LengthField({ limit }: { limit: number | null }) {
  const chosen = useSettings((s) => s.maxNewTokens);
  const own = chosen === "model" ? ` (${limit === null ? "until it is done" : formatCount(limit)})` : "";
  return (
    <Field label="Longest answer" hint="An answer ends after this many new tokens, thoughts included.">
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={chosen}
          onChange={({ target: { value } }) =>
            changeSettings({ maxNewTokens: value === "model" || value === "none" ? value : Number(value) })
          }
        >
          <option value="model">The model's own{own}</option>
          <option value="none">Until it is done, or the context is full</option>
          {lengths.map((length) => (
            <option key={length} value={length}>
              {counted(length, "token")}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
