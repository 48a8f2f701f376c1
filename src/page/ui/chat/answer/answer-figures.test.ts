import { expect, it } from "vitest";
import type { AnswerFigures } from "../../../stores/chat/chat";
import { describeFigures } from "./answer-figures";

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
