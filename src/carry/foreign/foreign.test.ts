import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readRecord } from "../../storage/chats/conversation-record";
import type { AnswerMessage, Conversation, UserMessage } from "../../storage/chats/conversations";
import { shownPath } from "../../storage/chats/message-tree";
import { Omissions, type CarriedChat, type Omission } from "../chats";
import { openExport } from "../read-file";
import { chatGptChat, llamaCppChat, llamaCppLines, oldLlamaCppChat, openWebUiChat } from "./cases/cases";

async function read(value: unknown, name = "export.json") {
  return readFile(new File([typeof value === "string" ? value : JSON.stringify(value)], name));
}

async function readFile(file: File) {
  const opened = await openExport(file);
  if (!opened) throw new Error("no export");
  const chats: CarriedChat[] = [];
  const refused: string[] = [];
  for await (const one of opened.chats()) {
    if (one.kind === "read") chats.push(one.chat);
    else refused.push(`${one.refused.title}: ${one.refused.reason}`);
  }
  const omissions = Object.fromEntries(opened.omissions.counts) as Partial<Record<Omission, number>>;
  return { source: opened.source, chats, refused, omissions };
}

describe("an archive with several files of chats", () => {
  it("names those that are damaged or of another program, and reads the others", async () => {
    const files = {
      "a/conversations-000.json": JSON.stringify([chatGptChat]),
      "a/conversations-001.json": '[{"mapping": {',
      "a/conversations-002.json": JSON.stringify([openWebUiChat]),
    };
    const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
    const { chats, refused } = await readFile(new File([zipSync(Object.fromEntries(entries))], "export.zip"));
    expect(chats).toHaveLength(1);
    expect(refused).toEqual([
      "a/conversations-001.json: It is damaged.",
      "a/conversations-002.json: It is of another program than the rest of the archive.",
    ]);
  });
});

/** The messages of the branch that is shown, without their ids. */
function shown({ messages, tree }: Conversation) {
  return shownPath(tree).map((id) => messages.find((message) => message.id === id)!);
}

describe("ChatGPT's conversations.json", () => {
  it("becomes questions and answers; thoughts and tools go into the thoughts of their turn", async () => {
    const { source, chats, omissions } = await read([chatGptChat]);
    expect(source).toBe("chat-gpt");
    const { conversation } = chats[0]!;
    expect(conversation).toMatchObject({
      id: `chat-gpt-${chatGptChat.conversation_id}`,
      title: "Lanterns",
      isArchived: true,
      createdAt: 1_700_000_000_123,
      updatedAt: 1_700_000_900_000,
    });
    const [question, answer, second, last] = shown(conversation) as [
      UserMessage,
      AnswerMessage,
      UserMessage,
      AnswerMessage,
    ];
    expect(question.text).toBe("How much is the lantern?");
    expect(answer).toMatchObject({
      text: "It costs 17 coins.",
      reasoning: "**Prices**\n\nIt is red.\n\n```python\nprint(17)\n```\n\n```\n17\n```",
      thinkingMs: 8000,
      modelName: "gpt-5-thinking",
      state: { kind: "done", finish: "stop" },
    });
    expect(second.text).toBe("[list.pdf]\n\n[picture]\n\nAnd this?");
    expect(last.text).toBe("A picture.");
    expect(omissions).toEqual({ instructions: 1, image: 1, file: 1 });
  });

  it("keeps the other version of an answer beside the one that was open", async () => {
    const { conversation } = (await read([chatGptChat])).chats[0]!;
    const first = conversation.tree.children[""]![0]!;
    expect(conversation.tree.children[first]!.map((id) => id.split(":")[1])).toEqual(["a1", "b1"]);
    const other = (await read([{ ...chatGptChat, current_node: "b1" }])).chats[0]!.conversation;
    expect(shown(other).map(({ text }) => text)).toEqual(["How much is the lantern?", "Seventeen."]);
  });

  it("an answer that goes on past a question of another branch is two answers with one beginning", async () => {
    const step = (role: string, text: string) => ({
      author: { role },
      content: { content_type: "text", parts: [text] },
    });
    const mapping = {
      q: { parent: null, children: ["a"], message: step("user", "Q") },
      a: { parent: "q", children: ["b", "q2"], message: step("assistant", "one") },
      b: { parent: "a", children: [], message: step("assistant", "two") },
      q2: { parent: "a", children: [], message: step("user", "Q2") },
    };
    const { conversation } = (await read([{ mapping, current_node: "b" }])).chats[0]!;
    expect(shown(conversation).map(({ text }) => text)).toEqual(["Q", "one\n\ntwo"]);
    expect(conversation.messages.map(({ text }) => text).sort()).toEqual(["Q", "Q2", "one", "one\n\ntwo"]);
  });

  it("marks of sources become what the file says they stand for", async () => {
    const mark = "\ue200cite\ue202turn0search1\ue201";
    const metadata = { content_references: [{ matched_text: mark, alt: "([source](https://a.example))" }] };
    const message = {
      author: { role: "assistant" },
      content: { content_type: "text", parts: [`Yes ${mark}.`] },
      metadata,
    };
    const { conversation } = (await read([{ mapping: { a: { parent: null, children: [], message } } }]))
      .chats[0]!;
    expect(shown(conversation)[0]!.text).toBe("Yes ([source](https://a.example)).");
  });
});

describe("Open WebUI's export", () => {
  it("becomes a chat with both models' answers; its folded blocks are thoughts", async () => {
    const { source, chats, omissions } = await read([openWebUiChat]);
    expect(source).toBe("open-webui");
    const { conversation, documents } = chats[0]!;
    expect(conversation).toMatchObject({ title: "Bread", isPinned: true, createdAt: 1_700_000_000_000 });
    expect(conversation.isArchived).toBeUndefined();
    const [question, open] = shown(conversation) as [UserMessage, AnswerMessage];
    expect(question).toMatchObject({ text: "[picture]\n\nHow long?" });
    expect(question.documents).toMatchObject([{ name: "recipe.txt", id: documents[0]!.id, nUnits: 1 }]);
    expect(documents[0]!.text).toBe("Bake it.");
    expect(open).toMatchObject({ text: "An hour", modelName: "llama3", state: { kind: "interrupted" } });
    const other = conversation.messages.find(({ id }) => id.endsWith(":a1")) as AnswerMessage;
    expect(other).toMatchObject({
      text: "Forty minutes.",
      reasoning: "It's bread.\nLong.",
      thinkingMs: 4000,
      modelName: "Qwen 3",
    });
    expect(omissions).toEqual({ image: 1, file: 1 });
  });

  it("a list of early versions, and a chat alone, are read too", async () => {
    const messages = [
      { role: "user", content: "Q" },
      {
        role: "assistant",
        content: 'A<details type="tool_calls" name="clock" result="&quot;noon&quot;"></details>',
      },
    ];
    const { conversation } = (await read({ title: "T", chat: { messages, history: {} } })).chats[0]!;
    const [, answer] = shown(conversation) as [UserMessage, AnswerMessage];
    expect(answer).toMatchObject({ text: "A", reasoning: '**clock**\n\n```\n"noon"\n```' });
    expect((await read(openWebUiChat.chat)).chats[0]!.conversation.title).toBe("Bread");
  });
});

describe("llama.cpp's export", () => {
  it("becomes a chat with both answers, its texts, thoughts and figures", async () => {
    const { source, chats, omissions } = await read([llamaCppChat]);
    expect(source).toBe("llama-cpp");
    const { conversation, documents } = chats[0]!;
    const [question, answer] = shown(conversation) as [UserMessage, AnswerMessage];
    expect(question.text).toBe("[picture]\n\nWhich is longest?");
    expect(documents.map(({ text }) => text)).toEqual(["Nile, Amazon"]);
    expect(answer).toMatchObject({
      text: "The Nile.",
      reasoning: "Longest: the Nile.",
      modelName: "Qwen3.5-4B",
      firstTokenMs: 200,
      figures: { promptTokens: 50, reusedTokens: 10, generatedTokens: 30, prefillMs: 200, decodeMs: 1000 },
    });
    expect(conversation.messages).toHaveLength(3);
    expect(omissions).toEqual({ instructions: 1, image: 1, audio: 1 });
  });

  it("lines of JSON, and one chat alone, say the same", async () => {
    const [list] = (await read([llamaCppChat])).chats;
    expect((await read(llamaCppLines, "a.jsonl")).chats[0]!.conversation).toEqual(list!.conversation);
    expect((await read(llamaCppChat)).chats[0]!.conversation).toEqual(list!.conversation);
  });

  it("a PDF that was given as pictures is left out and counted, for its text is none", async () => {
    const extra = [{ type: "PDF", name: "a.pdf", content: "PDF file with 3 pages", processedAsImages: true }];
    const message = { id: "q", role: "user", content: "What is it?", parent: null, timestamp: 1, extra };
    const { chats, omissions } = await read([{ conv: llamaCppChat.conv, messages: [message] }]);
    expect(shown(chats[0]!.conversation)).toMatchObject([{ text: "What is it?" }]);
    expect(chats[0]!.documents).toEqual([]);
    expect(omissions).toEqual({ file: 1 });
  });

  it("a damaged line is counted, and what follows it stays in its place", async () => {
    const lines = llamaCppLines.split("\n");
    const answer = lines.findIndex((line) => line.includes('"id":"a1"'));
    expect(answer).toBeGreaterThan(1);
    const other = [
      JSON.stringify({ type: "session", id: "another-chat", name: "Other" }).slice(0, -5),
      JSON.stringify({
        type: "message",
        message: { id: "z", convId: "another-chat", parent: null, role: "user", content: "Lost" },
      }),
    ];
    const damaged = lines.map((line, at) => (at === answer ? line.slice(0, -9) : line));
    const { chats, omissions } = await read([...damaged, ...other].join("\n"), "a.jsonl");
    // The answer's line, the line that begins the other chat, and its message, which is of no chat.
    expect(omissions["line"]).toBe(3);
    expect(chats).toHaveLength(1);
    const whole = (await read(llamaCppLines, "a.jsonl")).chats[0]!.conversation;
    const { conversation } = chats[0]!;
    expect(conversation.tree.children[""]).toEqual(whole.tree.children[""]);
    expect(conversation.messages.map(({ text }) => text)).not.toContain("Lost");
    expect(conversation.messages.length).toBe(whole.messages.length - 1);
  });

  it("its first UI's chat, a list with thoughts in the text, is read too", async () => {
    const { conversation } = (await read(oldLlamaCppChat)).chats[0]!;
    expect(shown(conversation)).toMatchObject([
      { text: "Hello", createdAt: 1_730_000_000_001 },
      { text: "Hello!", reasoning: "Greet." },
    ]);
    expect(conversation.title).toBe("Hello");
  });
});

describe("sources of answers", () => {
  const answered = (text: string, metadata: object) => ({
    title: "Sources",
    pinned_time: 1_700_000_000.5,
    current_node: "a",
    mapping: {
      q: {
        parent: null,
        children: ["a"],
        message: { author: { role: "user" }, content: { content_type: "text", parts: ["Q"] } },
      },
      a: {
        parent: "q",
        children: [],
        message: {
          author: { role: "assistant" },
          content: { content_type: "text", parts: [text] },
          metadata,
        },
      },
    },
  });

  it("of ChatGPT's old marks become links, those without an address go, and other brackets stay", async () => {
    const text = "Long【3†source】, wide【4:1†page】 and 【注】.";
    const of = (mark: string) => text.indexOf(mark);
    const citations = [
      { start_ix: of("【3"), metadata: { title: "On [rivers]", url: "https://rivers.test/a?b=1" } },
      { start_ix: of("【4"), metadata: { title: "Bad", url: "javascript:alert(1)" } },
    ];
    const { conversation } = (await read([answered(text, { citations })])).chats[0]!;
    expect(shown(conversation)[1]!.text).toBe(
      "Long ([On  rivers](https://rivers.test/a?b=1)), wide and 【注】.",
    );
    expect(conversation.isPinned).toBe(true);
  });

  it("of Open WebUI's answers are left out, and counted", async () => {
    const sources = [{ source: { name: "a.pdf" }, document: ["Text"] }, { source: { name: "b" } }];
    const messages = {
      q: { id: "q", parentId: null, childrenIds: ["a"], role: "user", content: "Q" },
      a: { id: "a", parentId: "q", childrenIds: [], role: "assistant", content: "A [1]", sources },
    };
    const chat = { history: { messages, currentId: "a" } };
    expect((await read([{ id: "c", title: "T", chat }])).omissions).toEqual({ source: 2 });
  });
});

describe("a hostile export", () => {
  const asked = (parent: unknown, children: unknown = []) => ({
    parent,
    children,
    message: { author: { role: "user" }, content: { content_type: "text", parts: ["Q"] } },
  });

  it.each([
    [
      "ids like prototype keys",
      { mapping: JSON.parse('{"__proto__": {}, "constructor": {}, "toString": {}}') as object },
    ],
    ["nothing in it", { mapping: {} }],
    [
      "messages of all wrong kinds",
      { mapping: { a: 7, b: { message: [] }, c: { message: { content: "x" } } } },
    ],
  ])("with %s has no chat, and says so", async (_, chat) => {
    const { chats, refused } = await read([chat]);
    expect(chats).toEqual([]);
    expect(refused).toEqual(["Untitled chat: It has no message to show."]);
  });

  it("whose messages follow each other in a circle has none that is first, and says so", async () => {
    const { refused } = await read([{ mapping: { a: asked("b"), b: asked("a") } }]);
    expect(refused).toEqual(["Q: Its 2 messages follow each other in a circle."]);
  });

  it("whose parents are missing stands as first messages", async () => {
    const { chats } = await read([{ mapping: { a: asked("gone"), __proto__x: asked("a") } }]);
    expect(shown(chats[0]!.conversation)).toHaveLength(2);
  });

  it("of 100,000 messages, or of answers that branch everywhere, is refused in seconds with its numbers", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, n) => [`m${n}`, asked(n === 0 ? null : `m${n - 1}`)]),
    );
    const before = process.cpuUsage();
    expect((await read([{ title: "Long", mapping: many }])).refused).toEqual([
      "Long: It has 100,000 messages; 10,000 messages can be taken in at most.",
    ]);
    const answer = { author: { role: "assistant" }, content: { content_type: "text", parts: ["A"] } };
    const comb = Object.fromEntries(
      Array.from({ length: 4000 }, (_, n) => [
        [`a${n}`, { parent: n === 0 ? null : `a${n - 1}`, children: [], message: answer }],
        [`q${n}`, asked(`a${n}`)],
      ]).flat() as [string, unknown][],
    );
    expect((await read([{ title: "Comb", mapping: comb }])).refused[0]).toMatch(/^Comb: Its answers branch/);
    // A second on a quiet machine; what takes a square of the messages takes minutes.
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(10);
  });

  it("of none but null, numbers and lists is no export", async () => {
    for (const text of ["null", "[]", "[1,2]", "{}", '{"messages": []}', "[[[]]]", "not JSON", ""])
      expect(await openExport(new File([text], "a.json"))).toBeNull();
    expect(
      await openExport(new File(['{"name": "lib", "messages": [{"role": "user"}]}'], "a.json")),
    ).toBeNull();
  });

  it("that is cut off says so", async () => {
    const text = JSON.stringify([chatGptChat]);
    await expect(openExport(new File([text.slice(0, -100)], "a.json"))).rejects.toThrow(/damaged or cut off/);
  });

  it("every chat that is read can be stored as it is", async () => {
    for (const value of [[chatGptChat], [openWebUiChat], [llamaCppChat], oldLlamaCppChat])
      for (const { conversation } of (await read(value)).chats) {
        const { isWhole } = readRecord(JSON.parse(JSON.stringify(conversation)));
        expect(isWhole).toBe(true);
        expect(conversation.id).toMatch(/^[\w-]{1,64}$/);
      }
    expect(new Omissions().counts.size).toBe(0);
  });
});
