import fc from "fast-check";
import { CarryError } from "../ground/errors";
import { readRecord } from "../storage/chats/conversation-record";
import { allIds, shownPath } from "../storage/chats/message-tree";
import {
  chatGptChat,
  llamaCppChat,
  llamaCppLines,
  oldLlamaCppChat,
  openWebUiChat,
} from "./foreign/cases/cases";
import { openExport } from "./read-file";

/** The time that one case may take; a real chat takes some ms. */
const maxMs = 3000;

const own = {
  format: "qwen-in-browser/chats",
  version: 1,
  chats: [
    {
      id: "c1",
      title: "Prices",
      createdAt: 1,
      updatedAt: 2,
      tree: { children: { "": ["q"], q: ["a"] }, shown: { "": "q", q: "a" } },
      messages: [
        { id: "q", role: "user", createdAt: 1, text: "How much?" },
        {
          id: "a",
          role: "assistant",
          createdAt: 2,
          text: "17",
          reasoning: "",
          modelName: null,
          state: { kind: "done", finish: "stop" },
          figures: null,
        },
      ],
    },
  ],
  documents: [],
};

/** The exports that are changed, by the program that writes them. */
const seeds: Readonly<Record<string, unknown>> = {
  "this app": own,
  ChatGPT: [chatGptChat],
  "Open WebUI": [openWebUiChat],
  "llama.cpp": [llamaCppChat],
  "llama.cpp in lines": llamaCppLines.split("\n").map((line) => JSON.parse(line) as unknown),
  "llama.cpp's first UI": oldLlamaCppChat,
};

/** A changed export as its program would write it. */
function textOf(name: string, value: unknown): string {
  if (name !== "llama.cpp in lines") return JSON.stringify(value) ?? "";
  return (value as readonly unknown[]).map((line) => JSON.stringify(line)).join("\n");
}

export const exportNames: readonly string[] = Object.keys(seeds);

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1e300,
    2 ** 53,
    "",
    "__proto__",
    "constructor",
    "q1",
    "a",
    "root",
    [],
    {},
    [[]],
    [null],
  ),
  fc.anything({ maxDepth: 2 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom('<details type="reasoning">', "```", "<details ".repeat(2000), "\ue200cite", "\ud800"),
);

/** A place in the export, as a number that walks down it, and what to do there. */
const change = fc.record({
  path: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 8 }),
  kind: fc.constantFrom("put", "drop", "copy", "rename"),
  value: strange,
});

type Change = { readonly path: readonly number[]; readonly kind: string; readonly value: unknown };

/** Changes a value of JSON somewhere inside. */
function changed(root: unknown, { path, kind, value }: Change): unknown {
  const clone = structuredClone(root);
  let at = clone as Record<string, unknown>;
  let last = "";
  for (const [depth, step] of path.entries()) {
    const keys = Object.keys(at);
    if (keys.length === 0) break;
    last = keys[step % keys.length]!;
    const inner = at[last];
    if (depth === path.length - 1 || typeof inner !== "object" || inner === null) break;
    at = inner as Record<string, unknown>;
  }
  if (last === "") return clone;
  const define = (name: string, what: unknown) =>
    Object.defineProperty(at, name, { value: what, enumerable: true, configurable: true, writable: true });
  if (kind === "put") define(last, value);
  else if (kind === "drop") delete at[last];
  else if (!Object.hasOwn(at, last))
    return clone; // the walk ended in what is empty
  else if (kind === "copy") define(`${last}2`, structuredClone(at[last]));
  else if (typeof value === "string" && !Array.isArray(at)) {
    define(value, at[last]);
    delete at[last];
  }
  return clone;
}

/**
 * Reads `nCases` changed exports of a program. Each has to be refused with a sentence, be no export, or give
 * chats that can be stored and shown as they are.
 */
export async function fuzzExports(
  name: string,
  nCases: number,
  seed: number,
): Promise<{ readonly refused: number; readonly nChats: number }> {
  const whole = seeds[name];
  let refused = 0;
  let nChats = 0;
  const property = fc.asyncProperty(
    fc.array(change, { minLength: 1, maxLength: 4 }),
    fc.nat({ max: 20 }),
    async (changes, cut) => {
      const text = textOf(name, changes.reduce(changed, whole));
      // One in twenty is cut off.
      const file = new File([cut === 0 ? text.slice(0, text.length * 0.8) : text], "export.json");
      const startedAt = performance.now();
      try {
        const opened = await openExport(file);
        if (!opened) return;
        for await (const one of opened.chats()) {
          if (one.kind === "refused") {
            refused++;
            continue;
          }
          nChats++;
          const { conversation } = one.chat;
          const { isWhole, tree, messages } = readRecord(JSON.parse(JSON.stringify(conversation)));
          if (!isWhole) throw new Error(`The chat ${conversation.id} could not be stored as it is.`);
          if (!/^[\w-]{1,64}$/.test(conversation.id)) throw new Error(`No address holds ${conversation.id}.`);
          if (allIds(tree).length !== messages.length || shownPath(tree).length === 0)
            throw new Error("Its branches do not hold its messages.");
        }
      } catch (error) {
        if (!(error instanceof CarryError)) throw error;
        refused++;
      }
      const ms = performance.now() - startedAt;
      if (ms > maxMs) throw new Error(`It took ${ms.toFixed(0)} ms.`);
    },
  );
  await fc.assert(property, { numRuns: nCases, seed });
  return { refused, nChats };
}
