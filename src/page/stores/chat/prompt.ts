import type { AnswerMessage, Message, UserMessage } from "../../../storage/chats/conversations";
import type { ChatMessage } from "../../../worker/rpc/protocol/chat";

/**
 * The messages before an answer that the model reads: not answers that said nothing (failed, or stopped at
 * once), and not what the person chose to leave out when the context was full.
 */
export function heardMessages(history: readonly Message[], answer?: AnswerMessage): readonly Message[] {
  const leftOut = leftOutOf(answer ? [...history, answer] : history);
  return history.filter((message) => {
    const isSilent = message.role === "assistant" && message.text === "" && message.reasoning === "";
    return !isSilent && !leftOut.has(message.id);
  });
}

/**
 * Ids of the messages that are left out at the end of a path: what the last answer on it left out, which has
 * those before in it.
 */
export function leftOutOf(path: readonly Message[]): ReadonlySet<string> {
  const last = path.findLast((message) => message.role === "assistant" && message.leftOut !== undefined);
  return new Set(last?.role === "assistant" ? last.leftOut : []);
}

/**
 * The messages before an answer as the engine takes them: the system prompt first if there is one, answers
 * that said nothing (failed, or stopped at once) left out.
 */
export function promptOf(systemPrompt: string, history: readonly Message[]): readonly ChatMessage[] {
  const system: ChatMessage[] = systemPrompt.trim() === "" ? [] : [{ role: "system", content: systemPrompt }];
  return [
    ...system,
    ...history.flatMap((message): ChatMessage[] => {
      if (message.role === "user") return [questionOf(message)];
      if (message.text === "" && message.reasoning === "") return [];
      const reasoning = message.reasoning === "" ? {} : { reasoning: message.reasoning };
      return [{ role: "assistant", content: message.text, ...reasoning }];
    }),
  ];
}

const askForQuotes =
  'Quote the passages of the document that your answer rests on, word for word, in double quotation marks ("…").';

function questionOf({ text, documents = [], asksForQuotes = false }: UserMessage): ChatMessage {
  return {
    role: "user",
    content: asksForQuotes ? `${text}\n\n${askForQuotes}` : text,
    ...(documents.length > 0 && { documents: documents.map(({ id, name, range }) => ({ id, name, range })) }),
  };
}

const longestTitle = 60;

/** A chat's name from its first message: the first line with words in it, cut at a word. */
export function titleFrom(text: string): string {
  const line =
    text
      .split("\n")
      .find((l) => /\p{L}|\p{N}/u.test(l))
      ?.trim()
      .replace(/\s+/g, " ") ?? "New chat";
  if (line.length <= longestTitle) return line;
  const cut = line.slice(0, longestTitle);
  const atWord = cut.slice(0, Math.max(cut.lastIndexOf(" "), longestTitle / 2));
  return `${atWord.replace(/[\uD800-\uDBFF]$/, "")}…`; // not in the middle of a character
}
