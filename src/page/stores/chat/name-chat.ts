import { modeOf } from "../../../ground/prompt-mode";
import { engine } from "../../../worker/rpc/client";
import { useEngine } from "../models/engine";
import { useSettings } from "../settings/settings";
import { answersFor } from "./chat-answers";
import { changeChat, messagesOf, useChat } from "./chat";
import { inIdleTime, isIdleReading } from "./idle-reading";
import { heardMessages, promptOf } from "./prompt";

/** Later than this many messages a chat is known by the name it has. */
const mostMessages = 4;

/**
 * Has the model name a chat after its first answer, in idle time: once the answer was read for the next
 * question, so that its state is there, and until anything else is asked of the engine. Not where a person
 * named it, nor by the demo model, which can only answer about a text.
 */
export async function nameChat(id: string): Promise<void> {
  const { status } = useEngine.getState();
  const { titlesByModel } = useSettings.getState();
  if (!titlesByModel || status.phase !== "ready" || status.model.origin.kind === "bundled") return;
  if (isIdleReading()) return; // documents for the next question
  const messages = messagesOf(id);
  if (!isUnnamed(id) || messages.length < 2 || messages.length > mostMessages) return;
  const answers = answersFor(id, status.loaded);
  const request = {
    chatId: id,
    messages: promptOf(answers.systemPrompt, heardMessages(messages)),
    ...modeOf(answers),
  };
  const title = await inIdleTime((signal) => engine.call("suggestTitle", [request], { signal }));
  if (title && isUnnamed(id)) changeChat(id, { title, titledBy: "model" });
}

const isUnnamed = (id: string) =>
  useChat.getState().summaries.some((chat) => chat.id === id && chat.titledBy === undefined);
