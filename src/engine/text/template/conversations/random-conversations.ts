import type { PromptMode } from "../../../../ground/prompt-mode";
import type { TemplateMessage } from "../template-message";

export interface Conversation {
  readonly messages: readonly TemplateMessage[];
  readonly mode: PromptMode;
}

/**
 * Conversations as people have them: with a system message or none, one to five questions, answers with
 * thoughts and without, in several scripts, with odd whitespace around them. No text has a token in it that
 * stands for control: those are data here and control in Python.
 */
export function randomConversations(count: number, random: () => number): Conversation[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const ends = ["", "", "", " ", "\n", "\n\n", "\t", "\u00a0", "\u2028", "\ufeff", "\u0085"];
  const words = [
    ...["Hello", "world", "the", "7", "3.14", "don't", "we'll", "café", "e\u0301", "naïve", "Straße", "x=1"],
    ...[
      "你好",
      "世界",
      "こんにちは",
      "한국어",
      "हिन्दी",
      "ไทย",
      "مرحبا",
      "שלום",
      "Привет",
      "👩‍👩‍👧",
      "🇩🇪",
      "½",
      "²",
    ],
    ...[
      "```js\nf(x);\n```",
      "| a | b |\n|---|---|",
      "$x^2$",
      "<b>",
      "</p>",
      "&amp;",
      "{{ x }}",
      "{% if %}",
      "#",
    ],
    ...[
      "\\n",
      "\r\n",
      "\n\n\n",
      "  ",
      "...",
      "—",
      "“q”",
      "'",
      '"',
      "%s",
      "http://a.b/c?d=e&f",
      "\u200b",
      "\ue000",
    ],
  ];
  const text = (most: number): string => {
    const n = Math.floor(random() * most);
    let written = pick(ends);
    for (let i = 0; i < n; i++) written += pick(words) + pick([" ", " ", " ", "", "\n", ", ", ". "]);
    return written + pick(ends);
  };
  const question = (): TemplateMessage => ({ role: "user", content: `${text(20)}?` });
  const answer = (): TemplateMessage => ({
    role: "assistant",
    content: text(30),
    ...(random() < 0.4 && { reasoning: text(15) }),
  });
  return Array.from({ length: count }, () => {
    const messages: TemplateMessage[] = random() < 0.5 ? [{ role: "system", content: text(12) }] : [];
    for (let turn = Math.floor(random() * 5); turn > 0; turn--) messages.push(question(), answer());
    messages.push(question());
    const mode: PromptMode = {
      thinking: random() < 0.5,
      ...(random() < 0.5 && { effort: pick(["low", "medium", "xhigh"] as const) }),
      ...(random() < 0.5 && { keepsThoughts: random() < 0.5 }),
    };
    return { messages, mode };
  });
}
