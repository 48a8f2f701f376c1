import type { Message } from "../storage/conversations";
import type { ChatMessage } from "../worker/protocol";

/**
 * The messages before an answer as the engine takes them: the system prompt first if there is one, answers that said
 * nothing (failed, or stopped at once) left out.
 */
export function promptOf(systemPrompt: string, history: readonly Message[]): readonly ChatMessage[] {
  const system: ChatMessage[] = systemPrompt.trim() === "" ? [] : [{ role: "system", content: systemPrompt }];
  return [
    ...system,
    ...history.flatMap((message): ChatMessage[] => {
      if (message.role === "user") return [{ role: "user", content: message.text }];
      if (message.text === "" && message.reasoning === "") return [];
      const reasoning = message.reasoning === "" ? {} : { reasoning: message.reasoning };
      return [{ role: "assistant", content: message.text, ...reasoning }];
    }),
  ];
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
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), longestTitle / 2))}…`;
}
