import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createTextModel } from "../../text-model";
import {
  addedTokensOf,
  fixtureMetadata,
  fixtureText,
  randomNumbers,
  templateNames,
} from "../../tokenizer/fixture-vocabulary";
import { randomConversations, type Conversation } from "./random-conversations";

const nConversations = 300; // for each of three templates
const nMerges = 20_000;

const conversationsOf = (name: string): Conversation[] =>
  randomConversations(nConversations, randomNumbers(templateNames.findIndex((other) => other === name) + 1));

const path = (name: string) => new URL(name, import.meta.url).pathname;

/** RECORD=python3 has Python make the hashes anew, with jinja2 and tokenizers. */
function record(python: string): void {
  const metadata = fixtureMetadata("qwen35", { nMerges });
  const byName = <T>(of: (name: string) => T) =>
    Object.fromEntries(templateNames.map((name) => [name, of(name)]));
  const input = JSON.stringify({
    tokens: (metadata.get("tokenizer.ggml.tokens") as string[]).slice(0, 256 + nMerges),
    merges: metadata.get("tokenizer.ggml.merges"),
    added: addedTokensOf("qwen35"),
    templates: byName(fixtureText),
    conversations: byName((name) =>
      conversationsOf(name).map(({ messages, mode: { thinking, effort, keepsThoughts } }) => ({
        messages: messages.map(({ role, content, reasoning }) => ({
          role,
          content,
          ...(reasoning !== undefined && { reasoning_content: reasoning }),
        })),
        enable_thinking: thinking,
        ...(effort !== undefined && { reasoning_effort: effort }),
        ...(keepsThoughts !== undefined && { preserve_thinking: keepsThoughts }),
      })),
    ),
  });
  const { stdout, stderr, status } = spawnSync(python, [path("record.py")], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(stderr);
  writeFileSync(path("conversations.fixture.json"), stdout);
}

const python = process.env["RECORD"];
if (python !== undefined) record(python);

const recorded = JSON.parse(readFileSync(path("conversations.fixture.json"), "utf8")) as Readonly<
  Record<string, readonly string[]>
>;

it.each(templateNames)("300 random conversations with %s have the ids that Python gives them", (name) => {
  const model = createTextModel({
    kind: "gguf",
    metadata: fixtureMetadata("qwen35", { nMerges, template: name }),
  });
  const hashes = conversationsOf(name).map(({ messages, mode }) =>
    createHash("sha256").update(model.renderChat(messages, mode).ids.join(",")).digest("hex").slice(0, 12),
  );
  expect(recorded[name]).toHaveLength(nConversations);
  const differing = hashes.flatMap((hash, i) => (hash === recorded[name]![i] ? [] : [i]));
  expect(differing).toEqual([]);
});
