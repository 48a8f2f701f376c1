import { expect, it } from "vitest";
import type { Conversation } from "../../storage/chats/conversations";
import { addChild, linearTree } from "../../storage/chats/message-tree";
import { fileNameOf, uniqueNames } from "../files/file-names";
import { chatMarkdown } from "./chat-markdown";

const answer = {
  id: "a",
  role: "assistant",
  createdAt: 2,
  text: "It is $x^2$.\n\n```js\nlet x;",
  reasoning: "So </details> what",
  modelName: "Demo 6M",
  state: { kind: "done", finish: "length" },
  figures: null,
  quotations: [
    {
      text: "17 coins",
      found: { documentId: "d", unit: "page", number: 3, isExact: true, start: 0, end: 8 },
    },
    { text: "nowhere", found: null },
  ],
} as const;

const chat: Conversation = {
  id: "c",
  title: "Prices\nand more",
  createdAt: new Date(2026, 10, 30, 9, 5).getTime(),
  updatedAt: 2,
  messages: [
    {
      id: "q",
      role: "user",
      createdAt: 1,
      text: "How much?",
      documents: [
        {
          id: "d",
          name: "report.pdf",
          sizeBytes: 1,
          unit: "page",
          nUnits: 9,
          range: { start: 0, end: 9, label: "pages 3–4" },
          nTokens: null,
        },
      ],
    },
    answer,
    { ...answer, id: "b", text: "Another" },
  ],
  tree: { ...addChild(linearTree(["q", "a"]), "q", "b"), shown: { "": "q", q: "a" } },
};

it("writes the branch that is shown, with thoughts folded, sources, and fences closed", () => {
  expect(chatMarkdown(chat)).toBe(`# Prices and more

2026-11-30 09:05 · 1 message of other branches are not shown

---

## Question

Documents:

- report.pdf (pages 3–4)

How much?

## Answer of Demo 6M

<details>
<summary>Thoughts</summary>

So &lt;/details> what

</details>

It is $x^2$.

\`\`\`js
let x;
\`\`\`

Sources:

- “17 coins”: report.pdf, page 3

*The answer was cut off.*
`);
});

it("names of files hold nothing that a system refuses, and none twice", () => {
  expect(["a/b\\c:*?", "CON", "..", " x . ", "日本".repeat(60), "\u202egnp.exe"].map(fileNameOf)).toEqual([
    "a b c",
    "Chat CON",
    "Chat",
    "x",
    "日本".repeat(40),
    "gnp.exe",
  ]);
  const unique = uniqueNames();
  expect(["Chat", "chat", "Chat (2)", "Chat"].map(unique)).toEqual([
    "Chat",
    "chat (2)",
    "Chat (2) (2)",
    "Chat (3)",
  ]);
});
