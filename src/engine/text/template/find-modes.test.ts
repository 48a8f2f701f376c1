import { describe, expect, it } from "vitest";
import type { PromptMode } from "../../../ground/prompt-mode";
import { createTextModel } from "../text-model";
import { fixtureMetadata } from "../tokenizer/fixture-vocabulary";
import type { TemplateMessage } from "./template-message";

const modelOf = (template: string) =>
  createTextModel({
    kind: "gguf",
    metadata: fixtureMetadata("qwen35", { nMerges: 5000, template: "Qwen3.5-4B.jinja" }).set(
      "tokenizer.chat_template",
      template,
    ),
  });
const qwen35 = createTextModel({
  kind: "gguf",
  metadata: fixtureMetadata("qwen35", { nMerges: 5000, template: "Qwen3.5-4B.jinja" }),
});
const qwen38 = createTextModel({
  kind: "gguf",
  metadata: fixtureMetadata("qwen35", { nMerges: 5000, template: "Qwen3.8.jinja" }),
});

describe("what a template knows is read off what it makes of it:", () => {
  it("Qwen3.5's knows no effort, and drops earlier thoughts itself", () =>
    expect(qwen35.modes).toEqual({ efforts: [], usualEffort: null, keepsThoughts: null }));

  it("Qwen3.8's knows three efforts, and keeps earlier thoughts unless it is told not to", () =>
    expect(qwen38.modes).toEqual({
      efforts: ["low", "medium", "xhigh"],
      usualEffort: "xhigh",
      keepsThoughts: true,
    }));

  const turns =
    "{% for m in messages %}<|im_start|>{{ m.role }}{% if preserve_thinking and m.reasoning_content %}" +
    "{{ m.reasoning_content }}{% endif %}{{ m.content }}<|im_end|>{% endfor %}";

  it("one that keeps thoughts only when asked, as Qwen3.6's, does not by default", () =>
    expect(modelOf(turns).modes).toEqual({ efforts: [], usualEffort: null, keepsThoughts: false }));

  it("one that prints any word has the three levels that people know, and its default among them", () =>
    expect(modelOf(`{{ reasoning_effort|default('medium') }}${turns}`).modes).toMatchObject({
      efforts: ["low", "medium", "high"],
      usualEffort: "medium",
    }));

  it("a template that names levels and makes the same prompt of all has none", () =>
    expect(
      modelOf(`{% if reasoning_effort not in ('low', 'high') %}{% endif %}${turns}`).modes.efforts,
    ).toEqual([]));
});

const history: readonly TemplateMessage[] = [
  { role: "user", content: "Why?" },
  { role: "assistant", content: "So.", reasoning: "Pondered." },
];
const asked: readonly TemplateMessage[] = [...history, { role: "user", content: "And now?" }];
const modes: readonly PromptMode[] = [true, false].flatMap((thinking) =>
  (["low", "medium", "xhigh", undefined] as const).flatMap((effort) =>
    [true, false].map((keepsThoughts) => ({ thinking, keepsThoughts, ...(effort && { effort }) })),
  ),
);

describe("a prompt of Qwen3.8", () => {
  const prompt = (mode: PromptMode) => qwen38.decode(qwen38.renderChat(asked, mode).ids);

  it("asks for the effort in a turn before the first question, unless it is medium or nothing is thought", () => {
    expect(prompt({ thinking: true, effort: "low" })).toContain("system\nReasoning effort is set to low.");
    expect(prompt({ thinking: true })).toContain("system\nReasoning effort is set to xhigh.");
    expect(prompt({ thinking: true, effort: "medium" })).not.toContain("Reasoning effort");
    expect(prompt({ thinking: false, effort: "low" })).not.toContain("Reasoning effort");
  });

  it("has earlier thoughts in it or not, as asked", () => {
    expect(prompt({ thinking: true, keepsThoughts: true })).toContain("Pondered.");
    expect(prompt({ thinking: true, keepsThoughts: false })).not.toContain("Pondered.");
  });

  it("counts the turns of the messages, the template's own before them left out", () => {
    const turnsWith = (mode: PromptMode) => qwen38.renderChat(asked, mode).parts.turns;
    expect(turnsWith({ thinking: true, effort: "low" })).toEqual(
      turnsWith({ thinking: true, effort: "medium" }),
    );
    expect(turnsWith({ thinking: true, effort: "low" })).toHaveLength(asked.length);
  });

  it.each(modes)("of %o begins with what was read of the history in that mode", (mode) => {
    const { ids } = qwen38.renderHistory(history, mode);
    expect(ids.length).toBeGreaterThan(0);
    expect(qwen38.renderChat(asked, mode).ids.slice(0, ids.length)).toEqual(ids);
  });

  it.each(modes)("of %o shares as much with the next one as it says", (mode) => {
    const { ids, sharedPrefixLength } = qwen38.renderChat(asked, mode);
    const answer = {
      role: "assistant",
      content: "Now.",
      ...(mode.thinking && { reasoning: "Hm." }),
    } as const;
    const next = qwen38.renderChat([...asked, answer, { role: "user", content: "Oh." }], mode);
    expect(next.ids.slice(0, sharedPrefixLength)).toEqual(ids.slice(0, sharedPrefixLength));
    expect(sharedPrefixLength).toBeGreaterThan(0);
  });

  it("of another effort shares no more than the turn before the effort is named", () => {
    const low = qwen38.renderChat(asked, { thinking: true, effort: "low" }).ids;
    const usual = qwen38.renderChat(asked, { thinking: true }).ids;
    const differs = low.findIndex((id, at) => id !== usual[at]);
    expect(qwen38.decode(low.slice(0, differs))).toBe("<|im_start|>system\nReasoning effort is set to");
  });
});
