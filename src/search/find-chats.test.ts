import fc from "fast-check";
import { expect, it } from "vitest";
import { findChats, type SearchedChat } from "./find-chats";
import { fold } from "./fold";

const chat = (id: string, title: string, ...texts: readonly string[]): SearchedChat => ({
  id,
  title,
  messages: texts.map((text, i) => ({
    id: `${id}${i}`,
    role: i % 2 === 0 ? "user" : "assistant",
    text,
    folded: fold(text),
  })),
});
const idsOf = (chats: readonly SearchedChat[], query: string) => findChats(chats, query).map(({ id }) => id);

const chats = [
  chat("a", "Harbour", "Where is the old hotel?", "The old hotel stands by the harbour. It has a table."),
  chat("b", "Äpfel und Birnen", "Was kostet ein Apfel?", "Die Äpfel kosten 3 €."),
  chat("c", "首都", "中国的首都是哪里？", "北京是中华人民共和国的首都。"),
];

it("finds words in any message, whatever their case and marks", () => {
  expect(idsOf(chats, "HOTEL")).toEqual(["a"]);
  expect(idsOf(chats, "apfel")).toEqual(["b"]);
  expect(idsOf(chats, "Äpfel")).toEqual(["b"]);
  expect(idsOf(chats, "北京")).toEqual(["c"]);
  expect(idsOf(chats, "A\u0308PFEL")).toEqual(["b"]); // as some keyboards write it
  expect(idsOf(chats, "")).toEqual([]);
  expect(idsOf(chats, "nowhere")).toEqual([]);
});

it("wants every word, in the title or in any of the messages", () => {
  expect(idsOf(chats, "table old")).toEqual(["a"]);
  expect(idsOf(chats, "birnen kosten")).toEqual(["b"]);
  expect(idsOf(chats, "hotel kosten")).toEqual([]);
});

it("shows the message with most of the words, with its text as it is written", () => {
  expect(findChats(chats, "hotel harbour")).toEqual([
    {
      id: "a",
      messageId: "a1",
      role: "assistant",
      before: "The old hotel stands by the ",
      match: "harbour",
      after: ". It has a table.",
    },
  ]);
  expect(findChats(chats, "apfel")[0]).toMatchObject({ messageId: "b1", before: "Die ", match: "Äpfel" });
  const long = chat("d", "Long", `${"a ".repeat(100)}NEEDLE\n\n${"b ".repeat(100)}`);
  const { before, match, after } = findChats([long], "needle")[0]!;
  expect([before.length, match, after.length]).toEqual([61, "NEEDLE", 60]);
  expect([before[0], after.at(-1)]).toEqual(["…", "…"]);
});

it("stops at the most that are shown", () => {
  const many = Array.from({ length: 100 }, (_, i) => chat(String(i), "Same", "the same words"));
  expect(findChats(many, "same").length).toBe(30);
});

it("a folded text is as long as the text, so a place in one is a place in the other", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      expect(fold(text).length).toBe(text.length);
    }),
    { numRuns: 300 },
  );
  expect(fold("İSTANBUL ＡＢＣ Ёлка ΆΛΦΑ ﬁ")).toBe("istanbul abc елка αλφα ﬁ");
});
