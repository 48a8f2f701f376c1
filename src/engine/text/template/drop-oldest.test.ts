import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dropOldest, type DroppableMessage } from "./drop-oldest";

const message = (role: DroppableMessage["role"], tokens: number, isKept = false): DroppableMessage => ({
  role,
  tokens,
  isKept,
});

const chat = [
  message("system", 20),
  message("user", 500, true), // with a document
  message("assistant", 10),
  message("user", 30),
  message("assistant", 40),
  message("user", 50),
  message("assistant", 60),
  message("user", 5),
];

describe("dropOldest", () => {
  it("takes whole turns from the oldest on, until enough is free", () => {
    expect(dropOldest(chat, 1)).toEqual({ indexes: [3, 4], turns: 1, tokens: 70 });
    expect(dropOldest(chat, 70)).toEqual({ indexes: [3, 4], turns: 1, tokens: 70 });
    expect(dropOldest(chat, 71)).toEqual({ indexes: [3, 4, 5, 6], turns: 2, tokens: 180 });
  });

  it("instructions, documents and the last question stay, however much is wanted", () => {
    expect(dropOldest(chat, 1e6).indexes).toEqual([3, 4, 5, 6]);
    expect(dropOldest([message("user", 9000)], 1)).toEqual({ indexes: [], turns: 0, tokens: 0 });
  });

  it("a question without an answer is a turn, and nothing goes when nothing is wanted", () => {
    const messages = [message("user", 3), message("user", 4), message("assistant", 5), message("user", 6)];
    expect(dropOldest(messages, 3).indexes).toEqual([0]);
    expect(dropOldest(messages, 0).indexes).toEqual([]);
  });

  it("frees what is wanted where that much may go, with no turn more than needed", () => {
    const anyMessage = fc.record({
      role: fc.constantFrom("user" as const, "assistant" as const),
      tokens: fc.integer({ min: 1, max: 100 }),
      isKept: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(anyMessage, { maxLength: 30 }),
        fc.integer({ min: 1, max: 500 }),
        (messages, wanted) => {
          const { indexes, tokens, turns } = dropOldest(messages, wanted);
          const most = dropOldest(messages, Infinity);
          expect(tokens).toBe(indexes.reduce((sum, at) => sum + messages[at]!.tokens, 0));
          expect(tokens >= wanted || tokens === most.tokens).toBe(true);
          expect(indexes.every((at) => !messages[at]!.isKept)).toBe(true);
          if (turns > 0) {
            const lastTurn = indexes.slice(indexes.findLastIndex((at) => messages[at]!.role === "user"));
            expect(tokens - lastTurn.reduce((sum, at) => sum + messages[at]!.tokens, 0)).toBeLessThan(wanted);
          }
        },
      ),
    );
  });
});
