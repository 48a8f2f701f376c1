import { isEmpty, type AnswerSettings } from "../../../ground/answer-settings";
import type { DrawnWith } from "../../../storage/chats/conversations";
import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import {
  effectiveAnswers,
  type AnswerLayers,
  type AnswersLayer,
  type EffectiveAnswers,
} from "../settings/answer-layers";
import { changePreset, presetOf } from "../settings/presets";
import { editUsualAnswers, usualAnswers, useSettings, type Preset } from "../settings/settings";
import { changeChat, useChat } from "./chat";
import { newChatAnswers, useNewChatAnswers, type ChatAnswers } from "./new-chat-answers";

type Loaded = Pick<LoadedModel, "description">;

/** The preset and the own settings of a chat. */
export function chatAnswers(chatId: string | null): ChatAnswers {
  if (chatId === null) return newChatAnswers();
  return useChat.getState().summaries.find(({ id }) => id === chatId) ?? {};
}

/** The preset that a chat follows; none where that was deleted. */
export function chatPreset(chatId: string | null): Preset | undefined {
  const { preset } = chatAnswers(chatId);
  return preset ? presetOf(preset.id) : undefined;
}

/** The layers over the model, up to one; none of a chat's own where that one is below. */
export function layersUpTo(layer: AnswersLayer): Omit<AnswerLayers, "model"> {
  if (layer.kind !== "chat") return { preset: answersOf(layer), chat: {} };
  const preset = chatPreset(layer.id)?.answers ?? usualAnswers(useSettings.getState());
  return { preset, chat: answersOf(layer) };
}

/** The settings that the next answer in a chat is written with. */
export const answersFor = (id: string | null, { description }: Loaded): EffectiveAnswers =>
  effectiveAnswers({ model: description, ...layersUpTo({ kind: "chat", id }) });

/** The settings that an answer in a chat would be drawn with now. */
export function drawnWithNow(chatId: string | null, loaded: Loaded): DrawnWith {
  const { maxNewTokens: _, ...drawnWith } = answersFor(chatId, loaded);
  return drawnWith;
}

/** The settings of one layer alone. */
export function answersOf(layer: AnswersLayer): AnswerSettings {
  if (layer.kind === "usual") return usualAnswers(useSettings.getState());
  if (layer.kind === "preset") return presetOf(layer.id)?.answers ?? {};
  return chatAnswers(layer.id).answers ?? {};
}

export function editAnswers(layer: AnswersLayer, edit: (answers: AnswerSettings) => AnswerSettings): void {
  if (layer.kind === "usual") editUsualAnswers(edit);
  else if (layer.kind === "preset")
    changePreset(layer.id, (preset) => ({ ...preset, answers: edit(preset.answers) }));
  else if (layer.id === null) useNewChatAnswers.setState(({ answers }) => ({ answers: edit(answers) }));
  else changeChat(layer.id, { answers: edit(chatAnswers(layer.id).answers ?? {}) });
}

/** Has a chat follow a preset, `null` for the usual settings; what is its own stays over it. */
export function choosePreset(chatId: string | null, preset: Preset | null): void {
  const chosen = preset && { id: preset.id, name: preset.name };
  if (chatId === null) useNewChatAnswers.setState({ preset: chosen });
  else changeChat(chatId, { preset: chosen });
}

/**
 * The layer that the switches beside the message box change: the chat's own where it follows a preset or has
 * settings of its own, else the usual ones.
 */
export function nearestLayer(chatId: string | null): AnswersLayer {
  const { preset, answers = {} } = chatAnswers(chatId);
  return preset || !isEmpty(answers) ? { kind: "chat", id: chatId } : { kind: "usual" };
}
