import type { AnswerSettings } from "../../../ground/answer-settings";
import type { PromptMode } from "../../../ground/prompt-mode";
import type { SamplingName, SamplingSettings } from "../../../ground/sampling";
import type { ModelDescription } from "../../../worker/rpc/protocol/model";

/**
 * The layers that say how a chat's answers are written, the lowest first: the model with its card and file,
 * then the chat's preset or, without one, the usual settings, then what is the chat's own.
 */
export interface AnswerLayers {
  readonly model: ModelDescription;
  readonly preset: AnswerSettings;
  readonly chat: AnswerSettings;
}

/** The settings that the layers come to, for one answer. */
export interface EffectiveAnswers extends PromptMode {
  readonly systemPrompt: string;
  readonly sampling: SamplingSettings;
  /** New tokens at most; `null`: until the context is full. */
  readonly maxNewTokens: number | null;
}

/**
 * The settings that a person can edit: those of all chats, of a preset, or of a chat; `null`: the new one.
 */
export type AnswersLayer =
  | { readonly kind: "usual" }
  | { readonly kind: "preset"; readonly id: string }
  | { readonly kind: "chat"; readonly id: string | null };

/** The layer that a value is of; of the model's, whether its file or its card says so. */
export type AnswerOrigin = "model" | "file" | "preset" | "chat";

/** A setting, or one number of the sampling. */
export type AnswerField = Exclude<keyof AnswerSettings, "sampling"> | keyof SamplingSettings;

// A model this small can fall into repeating one word without end; its README asks for a limit.
const smallModelParameters = 50e6;

export function effectiveAnswers({ model, preset, chat }: AnswerLayers): EffectiveAnswers {
  const set: AnswerSettings = { ...preset, ...chat };
  const mode = modeKnownTo(model, { thinking: model.thinking.byDefault, ...set });
  return {
    ...mode,
    systemPrompt: set.systemPrompt ?? "",
    sampling: {
      ...model.sampling[mode.thinking ? "thinking" : "answering"],
      ...preset.sampling,
      ...chat.sampling,
    },
    maxNewTokens: limitOf(set, model),
  };
}

function limitOf({ maxNewTokens }: AnswerSettings, { nParameters }: ModelDescription): number | null {
  if (maxNewTokens === undefined) return nParameters < smallModelParameters ? 256 : null;
  return maxNewTokens === "none" ? null : maxNewTokens;
}

/** The part of a mode that the model's template knows; the rest would change nothing, or be refused. */
export function modeKnownTo({ thinking, modes }: ModelDescription, mode: PromptMode): PromptMode {
  const { effort, keepsThoughts } = mode;
  return {
    thinking: mode.thinking && thinking.supported,
    ...(effort !== undefined && modes.efforts.includes(effort) && { effort }),
    ...(keepsThoughts !== undefined && modes.keepsThoughts !== null && { keepsThoughts }),
  };
}

/** The uppermost layer that states a value. */
export function originOf({ model, preset, chat }: AnswerLayers, field: AnswerField): AnswerOrigin {
  if (states(chat, field)) return "chat";
  if (states(preset, field)) return "preset";
  return model.sampling.ofFile.includes(field as SamplingName) ? "file" : "model";
}

/** Returns whether these settings state a value of their own. */
export const states = (settings: AnswerSettings, field: AnswerField): boolean =>
  field in settings || field in (settings.sampling ?? {});
