import { chatAnswers, layersUpTo } from "../../../stores/chat/chat-answers";
import { useChat } from "../../../stores/chat/chat";
import { useNewChatAnswers, type ChatAnswers } from "../../../stores/chat/new-chat-answers";
import { useEngine } from "../../../stores/models/engine";
import type { AnswerLayers, AnswersLayer } from "../../../stores/settings/answer-layers";
import { useSettings } from "../../../stores/settings/settings";
import type { ModelDescription } from "../../../../worker/rpc/protocol/model";

/** Follows all that a chat's answers depend on besides the model. */
function useAnswerStores(chatId: string | null): void {
  useSettings();
  useNewChatAnswers();
  useChat((s) => s.summaries.find(({ id }) => id === chatId));
}

/** The preset and the own settings of a chat, as they change. */
export function useChatAnswers(chatId: string | null): ChatAnswers {
  useAnswerStores(chatId);
  return chatAnswers(chatId);
}

export const useModelDescription = (): ModelDescription | null =>
  useEngine(({ status }) => (status.phase === "ready" ? status.loaded.description : null));

/** The layers up to one, as they change; without `model` where none is loaded. */
export function useLayers(
  layer: AnswersLayer,
): Omit<AnswerLayers, "model"> & { readonly model: AnswerLayers["model"] | null } {
  useAnswerStores(layer.kind === "chat" ? layer.id : null);
  return { model: useModelDescription(), ...layersUpTo(layer) };
}
