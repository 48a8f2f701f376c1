import {
  samplingRanges,
  withChange,
  withSampling,
  type AnswerSettings,
} from "../../../../ground/answer-settings";
import { t } from "../../../../language/language";
import { answersOf, chatPreset, editAnswers } from "../../../stores/chat/chat-answers";
import { notify } from "../../../stores/notices";
import {
  effectiveAnswers,
  originOf,
  states,
  type AnswerField,
  type AnswersLayer,
  type EffectiveAnswers,
} from "../../../stores/settings/answer-layers";
import type { ModelDescription } from "../../../../worker/rpc/protocol/model";
import type { Origin } from "../../parts/fields/Field";
import { useLayers } from "../../parts/hooks/use-answers";

/**
 * The fields of one layer: their values with all that stands below it, where each is from, and their change.
 */
export interface AnswerFieldsOf {
  readonly layer: AnswersLayer;
  readonly systemPrompt: string;
  /** `null` while no model is loaded. */
  readonly loaded: { readonly model: ModelDescription; readonly effective: EffectiveAnswers } | null;
  readonly originOf: (field: AnswerField) => Origin | undefined;
  readonly edit: (edit: (answers: AnswerSettings) => AnswerSettings) => void;
  /** Takes back all that the layer says but what is kept, and offers for a while to put it back. */
  readonly resetAll: (kept: readonly AnswerField[], said: string) => void;
}

type NumberName = keyof typeof samplingRanges | "seed";
const isNumberName = (field: AnswerField): field is NumberName =>
  field === "seed" || Object.hasOwn(samplingRanges, field);

export function useAnswerFields(layer: AnswersLayer): AnswerFieldsOf {
  const { model, ...layers } = useLayers(layer);
  const own = layer.kind === "chat" ? layers.chat : layers.preset;
  const edit: AnswerFieldsOf["edit"] = (change) => editAnswers(layer, change);
  const reset = (field: AnswerField) => {
    const { systemPrompt } = answersOf(layer);
    edit((answers) =>
      isNumberName(field)
        ? withSampling(answers, field, undefined)
        : withChange(answers, { [field]: undefined }),
    );
    // Words are work; a number is soon chosen again.
    if (field === "systemPrompt")
      notify(t("The system prompt is reset."), {
        action: { label: t("Undo"), run: () => edit((answers) => withChange(answers, { systemPrompt })) },
      });
  };
  const resetAll: AnswerFieldsOf["resetAll"] = (kept, said) => {
    const before = answersOf(layer);
    const isKept = (name: string) => kept.some((field) => field === name);
    edit((answers) => Object.fromEntries(Object.entries(answers).filter(([name]) => isKept(name))));
    // What was chosen since stays.
    const putBack = (answers: AnswerSettings) => {
      const sampling = { ...before.sampling, ...answers.sampling };
      return { ...before, ...answers, ...(before.sampling && { sampling }) };
    };
    notify(said, { action: { label: t("Undo"), run: () => edit(putBack) } });
  };
  return {
    layer,
    resetAll,
    systemPrompt: { ...layers.preset, ...layers.chat }.systemPrompt ?? "",
    loaded: model && { model, effective: effectiveAnswers({ model, ...layers }) },
    originOf: (field) => {
      if (states(own, field)) return { text: ownWords(layer), onReset: () => reset(field) };
      const text = model ? inheritedWords(layer, originOf({ model, ...layers }, field), field, model) : null;
      return text === null ? undefined : { text };
    },
    edit,
  };
}

function ownWords({ kind }: AnswersLayer): string {
  if (kind === "chat") return t("this chat's own");
  return kind === "preset" ? t("this preset's") : t("your own");
}

/** `null` where there is nothing to say: no prompt and no seed are nobody's. */
function inheritedWords(
  layer: AnswersLayer,
  origin: ReturnType<typeof originOf>,
  field: AnswerField,
  { sampling }: ModelDescription,
): string | null {
  if (origin === "preset" && layer.kind === "chat") {
    const preset = chatPreset(layer.id);
    return preset ? t("from “{name}”", { name: preset.name }) : t("from your usual settings");
  }
  if (origin === "file") return t("from the model's file");
  if (field === "systemPrompt" || field === "seed") return null;
  return isNumberName(field) && sampling.card !== null
    ? t("from {card}'s model card", { card: sampling.card })
    : t("the model's own");
}
