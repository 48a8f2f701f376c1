import type { ContextParts } from "../../../../ground/answer";

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
    { name: "System prompt", tokens: system },
    { name: "Documents", tokens: documents },
    { name: "Chat", tokens: taken - system - documents },
    { name: "Free", tokens: contextLength - taken },
  ];
}
