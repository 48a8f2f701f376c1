import type { ContextParts } from "../../../../ground/answer";
import { mark } from "../../../../language/language";

export interface ContextPart {
  readonly name: "System prompt" | "Documents" | "Chat" | "Free";
  readonly tokens: number;
}

/** The uses of the context; together the whole of it. Without counts by part all that is used is the chat. */
export function contextParts(
  used: number,
  parts: ContextParts | null,
  contextLength: number,
): readonly ContextPart[] {
  const within = (tokens: number, room: number) => Math.max(0, Math.min(tokens, room));
  const taken = within(used, contextLength);
  const system = within(parts?.systemTokens ?? 0, taken);
  const documents = within(parts?.documentTokens ?? 0, taken - system);
  return [
    { name: mark("System prompt"), tokens: system },
    { name: mark("Documents"), tokens: documents },
    { name: mark("Chat"), tokens: taken - system - documents },
    { name: mark("Free"), tokens: contextLength - taken },
  ];
}
