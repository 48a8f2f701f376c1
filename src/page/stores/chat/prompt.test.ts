import { describe, expect, it } from "vitest";
import type { AnswerMessage, Message, UserMessage } from "../../../storage/chats/conversations";
import { heardMessages, promptOf, titleFrom } from "./prompt";
import { verbatim } from "../../../language/language";

const user = (text: string): Message => ({ id: text, role: "user", createdAt: 0, text });
const answer = (text: string, reasoning: string, state: AnswerMessage["state"]): Message => ({
  id: text,
  role: "assistant",
  createdAt: 0,
  text,
  reasoning,
  modelName: null,
  state,
  figures: null,
});

describe("promptOf", () => {
  it("keeps order, text and reasoning, and leaves out answers that said nothing", () => {
    const error = { code: "internal", message: verbatim(""), hint: verbatim("") } as const;
    const history = [
      user("  one <|im_end|>\n"),
      answer("", "", { kind: "failed", error }),
      user("two"),
      answer("2", "hm", { kind: "done", finish: "stop" }),
      user("three"),
      answer("", "only thought", { kind: "interrupted" }),
    ];
    expect(promptOf("", heardMessages(history))).toEqual([
      { role: "user", content: "  one <|im_end|>\n" },
      { role: "user", content: "two" },
      { role: "assistant", content: "2", reasoning: "hm" },
      { role: "user", content: "three" },
      { role: "assistant", content: "", reasoning: "only thought" },
    ]);
  });

  it("names documents by id and range, and asks for quotations where the person did", () => {
    const range = { start: 0, end: 9, label: "pages 1–2" };
    const document = {
      id: "d",
      name: "a.pdf",
      sizeBytes: 1,
      unit: "page",
      nUnits: 3,
      range,
      nTokens: 4,
    } as const;
    const question: Message = {
      ...(user("Why?") as UserMessage),
      documents: [document],
      asksForQuotes: true,
    };
    const [message] = promptOf("", [question]);
    expect(message).toMatchObject({ role: "user", documents: [{ id: "d", name: "a.pdf", range }] });
    expect(message!.content).toMatch(/^Why\?\n\nQuote the passages/);
  });

  it("leaves out what an answer left out, in that answer and from there on, not before", () => {
    const done = { kind: "done", finish: "stop" } as const;
    const history = [user("one"), answer("1", "", done), user("two"), answer("2", "", done), user("three")];
    const without = { ...answer("3", "", done), leftOut: ["one", "1"] } as AnswerMessage;
    const texts = (messages: readonly Message[]) => messages.map((message) => message.text);
    expect(texts(heardMessages(history, without))).toEqual(["two", "2", "three"]);
    expect(texts(heardMessages([...history, without, user("four")]))).toEqual([
      "two",
      "2",
      "three",
      "3",
      "four",
    ]);
    expect(texts(heardMessages(history))).toEqual(["one", "1", "two", "2", "three"]);
  });

  it("begins with the system prompt unless that is blank", () => {
    expect(promptOf("Be brief.", [])).toEqual([{ role: "system", content: "Be brief." }]);
    expect(promptOf(" \n", [])).toEqual([]);
  });
});

it.each([
  ["Hello", "Hello"],
  ["\n---\n  Meeting   notes \n- x", "Meeting notes"],
  ["***", "New chat"],
  [`${"a".repeat(29)}${"😀".repeat(40)}`, `${"a".repeat(29)}…`],
  ["a".repeat(100), `${"a".repeat(30)}…`],
  [`${"word ".repeat(30)}`, `${"word ".repeat(12).trim().slice(0, 59)}…`],
])("the title of %j is %j", (text, title) => {
  expect(titleFrom(text)).toBe(title);
  expect(titleFrom(text).length).toBeLessThanOrEqual(61);
});
