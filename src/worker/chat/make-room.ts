import { dropOldest } from "../../engine/text/template/drop-oldest";
import type { TemplateMessage } from "../../engine/text/template/template-message";
import type { RenderOptions, TextModel } from "../../engine/text/text-model";
import type { FreedRoom } from "../rpc/protocol/chat";

/**
 * The share of the context that stays free for the answer and the next questions; freeing less would soon ask
 * again.
 */
const FREE_SHARE = 1 / 4;

/**
 * Finds the oldest turns to leave out so that a quarter of the context is free, counted by rendering what is
 * left.
 */
export function makeRoom(
  text: TextModel,
  messages: readonly TemplateMessage[],
  options: RenderOptions,
  contextLength: number,
): FreedRoom {
  const whole = text.renderChat(messages, options);
  const { turns } = whole.parts;
  const described = messages.map((message, at) => ({
    role: message.role,
    // A template without turns of its own: by the text's length.
    tokens: turns?.[at] ?? text.encode(message.content).length,
    isKept: (message.documents?.length ?? 0) > 0,
  }));
  const most = Math.floor(contextLength * (1 - FREE_SHARE));
  const found = dropOldest(described, whole.ids.length - most);
  const left = messages.filter((_, at) => !found.indexes.includes(at));
  const promptTokens = found.turns === 0 ? whole.ids.length : text.renderChat(left, options).ids.length;
  return {
    dropped: found.indexes,
    turns: found.turns,
    tokens: whole.ids.length - promptTokens,
    promptTokens,
    contextLength,
  };
}
