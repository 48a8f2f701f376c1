import { samplingRanges, withSampling } from "../../../../ground/answer-settings";
import type { SamplingName } from "../../../../ground/sampling";
import { mark, t, type Key } from "../../../../language/language";
import { Field } from "../../parts/fields/Field";
import { NumberBox } from "../../parts/fields/NumberBox";
import type { AnswerFieldsOf } from "./use-answer-fields";

const sliders: readonly (readonly [name: SamplingName, label: Key, hint: Key])[] = [
  [
    "temperature",
    mark("Temperature"),
    mark("How freely words are chosen. 0 always takes the likeliest; higher is livelier, and less sure."),
  ],
  [
    "topK",
    mark("Top-k"),
    mark("Only this many of the likeliest words are considered at each step. 0 considers all."),
  ],
  [
    "topP",
    mark("Top-p"),
    mark("Only the likeliest words that together make up this share. 1 considers all."),
  ],
  [
    "minP",
    mark("Min-p"),
    mark("Words less likely than this share of the likeliest one are left out. 0 leaves none out."),
  ],
  [
    "presencePenalty",
    mark("Presence penalty"),
    mark("Steers away from words already used in the answer, so that it goes on to new things."),
  ],
  [
    "repetitionPenalty",
    mark("Repetition penalty"),
    mark("Makes every word of the chat so far less likely to come again. 1 is off."),
  ],
];

/** The numbers that a draw goes by, each as a slider and as a number to type. */
export function SamplingSliders({ fields: { loaded, originOf, edit } }: { fields: AnswerFieldsOf }) {
  const { sampling } = loaded!.effective;
  return sliders.map(([name, label, hint]) => {
    const range = { ...samplingRanges[name], value: sampling[name] };
    const change = (value: number) => edit((answers) => withSampling(answers, name, value));
    return (
      <Field
        key={name}
        label={t(label)}
        hint={t(hint)}
        origin={originOf(name)}
        control={(_, hintId) => <NumberBox label={t(label)} hintId={hintId} {...range} onChange={change} />}
      >
        {(id, hintId) => (
          <input
            id={id}
            type="range"
            aria-describedby={hintId}
            {...range}
            onChange={({ target }) => change(target.valueAsNumber)}
          />
        )}
      </Field>
    );
  });
}
