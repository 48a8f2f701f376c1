import { efforts, type Effort, type KnownModes, type PromptMode } from "../../../ground/prompt-mode";
import type { TemplateMessage } from "./template-message";

type Render = (messages: readonly TemplateMessage[], mode: Partial<PromptMode>) => string;

/** No template names it as a level of effort: one that takes it takes any word. */
const noEffort = "colourless" as Effort;

/** The levels that most people know, for a template that takes any word. */
const usualEfforts: readonly Effort[] = ["low", "medium", "high"];

const withThoughts: readonly TemplateMessage[] = [
  { role: "user", content: "?" },
  { role: "assistant", content: "!", reasoning: "thought" },
  { role: "user", content: "?" },
];

/**
 * Reads off what a template makes of `reasoning_effort` and `preserve_thinking`, whatever the model's name.
 */
export function findModes(render: Render): KnownModes {
  const prompt = (mode: Partial<PromptMode>) => renderedOr(undefined, render, { thinking: true, ...mode });
  const usual = prompt({});
  const takesAny = prompt({ effort: noEffort }) !== undefined;
  const named = (takesAny ? usualEfforts : efforts).flatMap((effort) => {
    const text = prompt({ effort });
    return text === undefined ? [] : [{ effort, text }];
  });
  // Levels that the template takes without making another prompt of them are none.
  const distinct = named.filter(({ text }, at) => named.findIndex((other) => other.text === text) === at);
  const known = distinct.length > 1 ? distinct : [];
  const [kept, dropped, open] = [true, false, undefined].map((keepsThoughts) =>
    renderedOr("", render, { thinking: true, ...(keepsThoughts !== undefined && { keepsThoughts }) }),
  );
  return {
    efforts: known.map(({ effort }) => effort),
    usualEffort: known.find(({ text }) => text === usual)?.effort ?? null,
    keepsThoughts: kept === dropped ? null : open === kept,
  };
}

/** @returns `otherwise` where the template refuses */
function renderedOr<T>(otherwise: T, render: Render, mode: Partial<PromptMode>): string | T {
  try {
    return render(withThoughts, mode);
  } catch {
    return otherwise;
  }
}
