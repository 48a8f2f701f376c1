import type { Segment } from "../tokenizer/added-token-text";
import type { TemplateMessage } from "./template-message";

/**
 * Makes up ways in which the conversation may go on: an answer and the next question. The real next prompt
 * shares what the prompts of all of these share. They differ from the first character on. One begins with a
 * newline, which a template that does not trim joins to its own; and a model that thinks may also have
 * thought nothing.
 */
export function continuations(
  messages: readonly TemplateMessage[],
  thinking: boolean,
): readonly (readonly TemplateMessage[])[] {
  const answers: TemplateMessage[] = [
    { role: "assistant", content: "a", ...(thinking ? { reasoning: "b" } : {}) },
    { role: "assistant", content: "\n1", ...(thinking ? { reasoning: "\n2" } : {}) },
  ];
  if (thinking) answers.push({ role: "assistant", content: "1" });
  return answers.map((answer) => [...messages, answer, { role: "user", content: answer.content }]);
}

/**
 * Beginnings of made-up questions: they share no character, and one a template may join to its own newline.
 */
const questions = ["a", "\n1"];

/** The conversation with made-up next questions, or with made-up ends of the one that is being typed. */
export function nextQuestions(messages: readonly TemplateMessage[]): readonly (readonly TemplateMessage[])[] {
  const last = messages.at(-1);
  return questions.map((content) =>
    last?.role === "user"
      ? [...messages.slice(0, -1), { ...last, content: last.content + content }]
      : [...messages, { role: "user", content }],
  );
}

/**
 * Another conversation under the same system prompt, whose question begins as hardly one does; undefined
 * without one.
 */
export function systemAlone(messages: readonly TemplateMessage[]): readonly TemplateMessage[] | undefined {
  const first = messages[0];
  return first?.role === "system" ? [first, { role: "user", content: "¤" }] : undefined;
}

/**
 * Counts the ids that two prompts have in common from the start. Only the first segments that differ are
 * encoded again.
 */
export function sharedLength(
  a: readonly Segment[],
  b: readonly Segment[],
  idsOf: (segment: Segment) => readonly number[],
): number {
  let length = 0;
  for (const [at, segment] of a.entries()) {
    const other = b[at];
    if (other === undefined) break;
    const ids = idsOf(segment);
    if (isSame(segment, other)) {
      length += ids.length;
      continue;
    }
    const otherIds = idsOf(other);
    const differs = ids.findIndex((id, i) => id !== otherIds[i]);
    length += differs < 0 ? ids.length : differs;
    break;
  }
  return length;
}

const isSame = (a: Segment, b: Segment): boolean =>
  a.kind === "token" ? b.kind === "token" && a.id === b.id : b.kind === "text" && a.text === b.text;
