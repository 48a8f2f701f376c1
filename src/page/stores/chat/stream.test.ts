import { describe, expect, it } from "vitest";
import type { AnswerMessage } from "../../../storage/chats/conversations";
import type { GenerateEvent } from "../../../worker/rpc/protocol/chat";
import { addBatch, addEvent, finishAnswer, secondsLeft, tokensPerSecond, type Batch } from "./stream";

const parts = { systemTokens: 5, documentTokens: 0 };
const writing = (reasoning: string, answer: string, generatedTokens: number): GenerateEvent => ({
  kind: "writing",
  reasoning,
  answer,
  generatedTokens,
  tokensPerSecond: 10,
  contextUsed: 100 + generatedTokens,
  parts,
});
const reading = (readTokens: number): GenerateEvent => ({
  kind: "reading",
  readTokens,
  totalTokens: 50,
  reusedTokens: 20,
  tokensPerSecond: 4,
  parts,
});

const message: AnswerMessage = {
  id: "m",
  role: "assistant",
  createdAt: 0,
  text: "The ",
  reasoning: "",
  modelName: null,
  state: { kind: "streaming" },
  figures: null,
};

const batchOf = (events: readonly GenerateEvent[]) => events.reduce<Batch | null>(addEvent, null)!;

describe("a batch of stream events", () => {
  it("holds all the text in order and the last figures", () => {
    const batch = batchOf([
      writing("Let ", "", 1),
      writing("me", "", 2),
      writing("", "red ", 3),
      writing("", "lantern", 4),
    ]);
    expect(batch).toEqual({
      reasoning: "Let me",
      answer: "red lantern",
      progress: { phase: "writing", generatedTokens: 4, tokensPerSecond: 10, contextUsed: 104, parts },
    });
  });

  it("cut anywhere, adds up to the same message", () => {
    const events = [reading(30), writing("a", "", 1), writing("b", "c", 2), writing("", "d", 3)];
    const whole = addBatch(message, batchOf(events));
    for (let cut = 1; cut < events.length; cut++) {
      const parts = [events.slice(0, cut), events.slice(cut)].map(batchOf);
      expect(parts.reduce(addBatch, message)).toEqual(whole);
    }
    expect(whole).toMatchObject({ reasoning: "ab", text: "The cd" });
  });

  it("keeps text that came before a reading event", () => {
    expect(batchOf([writing("", "x", 1), reading(40)])).toMatchObject({
      answer: "x",
      progress: { phase: "reading" },
    });
  });

  it("without text leaves the message itself, so that nothing is drawn again", () => {
    expect(addBatch(message, batchOf([reading(10), reading(30)]))).toBe(message);
  });
});

it("a finished answer has its reason and figures, and its text as streamed", () => {
  const result = {
    finish: "length",
    seed: 7,
    promptTokens: 50,
    reusedTokens: 20,
    generatedTokens: 30,
    contextUsed: 80,
    contextLength: 8192,
    parts: { systemTokens: 0, documentTokens: 0 },
    prefillMs: 12,
    decodeMs: 600,
  } as const;
  const finished = finishAnswer(message, result);
  expect(finished.state).toEqual({ kind: "done", finish: "length" });
  expect(finished.text).toBe("The ");
  expect(tokensPerSecond(finished.figures!)).toBe(50);
  expect(tokensPerSecond({ generatedTokens: 0, decodeMs: 0 })).toBeNull();
});

it("an answer that went on has taken what it took before as well", () => {
  const result = {
    finish: "length" as const,
    seed: 1,
    promptTokens: 50,
    reusedTokens: 20,
    contextUsed: 60,
    contextLength: 100,
    parts: { systemTokens: 0, documentTokens: 0 },
    prefillMs: 5,
    generatedTokens: 10,
    decodeMs: 100,
  } as const;
  const first = finishAnswer(message, result);
  const second = finishAnswer(
    first,
    { ...result, contextUsed: 70, generatedTokens: 8, decodeMs: 50 },
    first.figures,
  );
  expect(second.figures).toMatchObject({ generatedTokens: 18, decodeMs: 150, contextUsed: 70 });
});

it("tells how long reading will still take, once there is a rate", () => {
  const progress = { phase: "reading", readTokens: 30, totalTokens: 50, reusedTokens: 0, parts } as const;
  expect(secondsLeft({ ...progress, tokensPerSecond: 4 })).toBe(5);
  expect(secondsLeft({ ...progress, tokensPerSecond: null })).toBeNull();
});

describe("an answer that turns out to be thoughts", () => {
  const message = { reasoning: "", text: "The user " } as AnswerMessage;
  const ends: GenerateEvent = { ...writing("", "Hel", 3), wasThoughts: true } as GenerateEvent;

  it("becomes reasoning, in one batch with what comes before and after the tag", () => {
    const batch = [writing("", "greets me.\n", 2), ends, writing("", "lo.", 4)].reduce<Batch | null>(
      addEvent,
      null,
    )!;
    expect(addBatch(message, batch)).toEqual({ reasoning: "The user greets me.", text: "Hello." });
  });

  it("becomes reasoning where the tag comes in a batch of its own", () => {
    const before = addBatch(message, addEvent(null, writing("", "greets me.\n", 2)));
    expect(addBatch(before, addEvent(null, ends))).toEqual({
      reasoning: "The user greets me.",
      text: "Hel",
    });
  });
});
