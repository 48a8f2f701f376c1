import fc from "fast-check";
import { expect, it } from "vitest";
import { contextParts } from "./context-parts";

it("tells system prompt, documents, chat and what is free", () => {
  const parts = contextParts(1000, { systemTokens: 20, documentTokens: 700 }, 4096);
  expect(parts.map(({ name, tokens }) => [name, tokens])).toEqual([
    ["System prompt", 20],
    ["Documents", 700],
    ["Chat", 280],
    ["Free", 3096],
  ]);
});

it("while a prompt is read, what is read fills the parts in the order they stand in", () => {
  const known = { systemTokens: 20, documentTokens: 700 };
  expect(contextParts(15, known, 100).map((part) => part.tokens)).toEqual([15, 0, 0, 85]);
  expect(contextParts(90, known, 100).map((part) => part.tokens)).toEqual([20, 70, 0, 10]);
});

it("adds up to the context, whatever the figures", () => {
  const count = fc.nat(10_000);
  fc.assert(
    fc.property(count, count, count, count, (used, systemTokens, documentTokens, contextLength) => {
      const parts = contextParts(used, { systemTokens, documentTokens }, contextLength);
      expect(parts.reduce((sum, part) => sum + part.tokens, 0)).toBe(contextLength);
      expect(parts.every((part) => part.tokens >= 0)).toBe(true);
    }),
  );
  expect(contextParts(50, null, 100).map((part) => part.tokens)).toEqual([0, 0, 50, 50]);
});
