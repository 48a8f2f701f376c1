import { expect, it } from "vitest";
import type { AnswerFigures, AnswerMessage } from "../../../stores/chat/chat";
import { describeFigures, figureRows } from "./answer-figures";

const whole: AnswerFigures = {
  promptTokens: 2000,
  reusedTokens: 1500,
  generatedTokens: 50,
  contextUsed: 2050,
  contextLength: 4096,
  prefillMs: 100,
  decodeMs: 1000,
  seed: 1,
};

it("tells tokens, rate and what was reused", () => {
  expect(describeFigures(whole)).toBe("50 tokens · 50.0 a second · reused 1,500 of 2,000 tokens");
  expect(describeFigures({ ...whole, reusedTokens: 0 })).toBe("50 tokens · 50.0 a second");
});

it.each<[string, object]>([
  ["", {}],
  ["", { ...whole, generatedTokens: NaN, promptTokens: "2000" }],
  ["50 tokens", { generatedTokens: 50, reusedTokens: 1 }],
  ["reused 1 of 2 tokens", { reusedTokens: 1, promptTokens: 2, decodeMs: 1000 }],
])("leaves out what is no number: “%s”", (text, damaged) => {
  expect(describeFigures(damaged as AnswerFigures)).toBe(text);
});

const answer: AnswerMessage = {
  id: "a",
  role: "assistant",
  createdAt: 0,
  text: "17 coins.",
  reasoning: "",
  modelName: "Demo",
  state: { kind: "done", finish: "stop" },
  figures: whole,
};

it("all figures: read tokens at the rate of reading, settings as the answer was drawn with", () => {
  const sampling = {
    temperature: 0.7,
    topK: 20,
    topP: 0.8,
    minP: 0,
    presencePenalty: 1.5,
    repetitionPenalty: 1,
    seed: null,
  };
  const drawnWith = { systemPrompt: "Be brief.", thinking: true, sampling };
  const rows = figureRows({ ...answer, firstTokenMs: 1234, thinkingMs: 8000, drawnWith });
  expect(rows).toEqual([
    ["Model", "Demo"],
    ["Prompt", "2,000 tokens"],
    ["Reused", "1,500 tokens"],
    ["Reading", "5,000 tokens a second"],
    ["Time to the first token", "1.23\u00a0s"],
    ["Answer", "50 tokens"],
    ["Writing", "50.0 tokens a second"],
    ["Thoughts", "8\u00a0s"],
    ["Context", "2,050 of 4,096 tokens"],
    ["Seed", "1"],
    ["Thinks first", "yes"],
    ["Temperature", "0.7"],
    ["Top-k", "20"],
    ["Top-p", "0.8"],
    ["Min-p", "0"],
    ["Presence penalty", "1.5"],
    ["Repetition penalty", "1"],
    ["System prompt", "Be brief."],
  ]);
});

it("of an older or a damaged answer only what is known", () => {
  expect(figureRows({ ...answer, figures: null })).toEqual([["Model", "Demo"]]);
  const damaged = { generatedTokens: 5, seed: NaN } as AnswerFigures;
  expect(figureRows({ ...answer, figures: damaged })).toEqual([
    ["Model", "Demo"],
    ["Answer", "5 tokens"],
  ]);
});
