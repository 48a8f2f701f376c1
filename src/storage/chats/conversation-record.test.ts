import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRecord } from "./conversation-record";
import { addChild, allIds, linearTree, shownPath } from "./message-tree";

const question = (id: string) => ({ id, role: "user", createdAt: 1, text: `Question ${id}` });
const answer = (id: string) => ({
  id,
  role: "assistant",
  createdAt: 2,
  text: "48213",
  reasoning: "",
  modelName: "Demo",
  state: { kind: "done", finish: "stop" },
  figures: null,
});
const tree = addChild(linearTree(["q", "a"]), "q", "b");
const whole = {
  title: "Crates",
  createdAt: 1,
  updatedAt: 2,
  messages: [question("q"), answer("a"), answer("b")],
  tree,
};

describe("readRecord", () => {
  it("gives a whole record as it is", () => {
    const { title, ...rest } = whole;
    const facts = { title, titledBy: "person", isPinned: true, isArchived: false, folder: "Work" };
    expect(readRecord({ ...rest, ...facts })).toEqual({ ...rest, facts, isWhole: true });
  });

  it("a fact of another kind than it should be is left out, and takes nothing else with it", () => {
    const { title, ...rest } = whole;
    const broken = { titledBy: "nobody", isPinned: 1, folder: {}, isArchived: true };
    const facts = { title, isArchived: true };
    expect(readRecord({ ...whole, ...broken })).toEqual({ ...rest, facts, isWhole: true });
  });

  it.each([
    [
      "a circle",
      { children: { "": ["q"], q: ["a"], a: ["b"], b: ["q"] }, shown: { "": "q", q: "a", a: "b", b: "q" } },
    ],
    [
      "a circle beside the root",
      { children: { "": ["q"], a: ["b"], b: ["a"] }, shown: { "": "q", a: "b", b: "a" } },
    ],
    ["a message left out", linearTree(["q", "a"])],
    ["a message that is not there", linearTree(["q", "a", "b", "c"])],
    ["what is shown missing", { children: tree.children, shown: {} }],
    ["a list in its place", []],
    ["children that are no lists", { children: { "": "q" }, shown: { "": "q" } }],
  ])("a tree with %s gives way to the messages' own order", (_, broken) => {
    const record = readRecord({ ...whole, tree: broken });
    expect(record.isWhole).toBe(false);
    expect(shownPath(record.tree)).toEqual(["q", "a", "b"]);
    expect(record.messages).toEqual(whole.messages);
  });

  it("what is missing of a message is left empty, and the others stay", () => {
    const { figures: _f, state: _s, ...bare } = answer("a");
    const record = readRecord({ ...whole, messages: [question("q"), { ...bare, text: 7 }, answer("b")] });
    expect(record.messages[1]).toMatchObject({
      id: "a",
      text: "",
      state: { kind: "interrupted" },
      figures: null,
    });
    expect(record.messages[2]).toEqual(answer("b"));
    expect(readRecord({ ...whole, messages: [{ ...answer("q"), figures: {} }] }).messages[0]).toMatchObject({
      figures: null,
    });
  });

  it.each([
    ["state", { kind: "done", finish: "of a later version" }, { kind: "interrupted" }],
    ["state", { kind: "failed" }, { kind: "interrupted" }],
    ["quotations", [{ text: 1 }], undefined],
    ["leftOut", "q", undefined],
    ["overflow", {}, undefined],
    ["drawnWith", { systemPrompt: "" }, undefined],
  ])("an answer whose %s is %j has %j in its place, and its text", (name, broken, read) => {
    const message = readRecord({ ...whole, messages: [question("q"), { ...answer("a"), [name]: broken }] })
      .messages[1]!;
    expect(message).toMatchObject({ id: "a", text: "48213" });
    expect(message[name as keyof typeof message]).toEqual(read);
  });

  it("documents that could not be shown are left out, sound ones stay as they are", () => {
    const documents = [{ id: "d", name: "report.pdf", range: null }];
    const of = (list: unknown) =>
      readRecord({ ...whole, messages: [{ ...question("q"), documents: list }] }).messages[0];
    expect(of(documents)).toMatchObject({ documents });
    expect(of([{ id: "d" }])).toEqual(question("q"));
  });

  it("a message that stands there twice, or has no name of its own, is there once", () => {
    const messages = [
      question("q"),
      answer("a"),
      question("q"),
      question(""),
      answer("toString"),
      answer("b"),
    ];
    const record = readRecord({ ...whole, messages });
    expect(record.messages.map(({ id }) => id)).toEqual(["q", "a", "b"]);
    expect(record.isWhole).toBe(false);
  });

  it("whatever lies there, the path that is shown ends and names messages that are there", () => {
    const piece = fc.oneof(fc.anything(), fc.constantFrom("", "q", "a", "b", ["q"], ["a", "b"]));
    const ids = fc.constantFrom("", "q", "a", "b", "__proto__");
    const anyTree = fc.record({
      children: fc.dictionary(ids, fc.array(ids)),
      shown: fc.dictionary(ids, ids),
    });
    const record = fc.record(
      {
        title: piece,
        messages: fc.oneof(piece, fc.array(fc.oneof(piece, fc.constantFrom(...whole.messages)))),
        tree: fc.oneof(piece, anyTree),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(record, fc.anything()), (stored) => {
        const { messages, tree: read } = readRecord(stored);
        const known = new Set(messages.map(({ id }) => id));
        for (const id of shownPath(read)) expect(known).toContain(id);
        expect(new Set(allIds(read))).toEqual(known);
      }),
      { numRuns: 2000 },
    );
  });
});
