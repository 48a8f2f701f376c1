import { format } from "prettier";
import { expect, it } from "vitest";
import { AppError } from "../../ground/errors";
import { makeModel } from "../../testing/models/make-model";
import { encodeHeader, type MetadataValue, type TensorEntry } from "../../testing/models/make-model-gguf";
import { memorySource } from "../../testing/models/memory-source";
import { openModelFiles } from "./model-files";

type Bytes = Uint8Array<ArrayBuffer>;
const text = (value: string): Bytes => new TextEncoder().encode(value);
const header = (metadata: Readonly<Record<string, string>>, tensors: readonly TensorEntry[] = []): Bytes => {
  const entries = Object.entries(metadata).map(([key, value]) => [key, { text: value }] as const);
  const written = encodeHeader(entries satisfies readonly (readonly [string, MetadataValue])[], tensors);
  const bytes = new Uint8Array(written.length + tensors.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  bytes.set(written);
  return bytes;
};
const eightBit = makeModel({ config: "nano", quant: "Q8_0", seed: 1 });
const made = makeModel({ config: "nano", quant: "PQ2_0", seed: 1, isFolded: true });

/** The made model with one word of its header put in another's place; both are as long. */
function changed(from: string, to: string): Bytes {
  const copy = made.slice();
  const at = new TextDecoder("latin1").decode(copy).indexOf(from);
  copy.set(text(to), at);
  return copy;
}

/** A model one tensor of which has this type id. */
function withType(id: number, bytes = made): Bytes {
  const copy = bytes.slice();
  const name = "blk.0.ffn_up.weight";
  // The name is in the list of folded tensors first.
  const at = new TextDecoder("latin1").decode(copy).lastIndexOf(name) + name.length + 4 + 16;
  new DataView(copy.buffer).setUint32(at, id, true);
  return copy;
}

/**
 * A header that gives every matrix type id 40 with the room of PrismML's older type: 6 bytes for 32 weights.
 */
function oldPrism(): Bytes {
  const shape = [256, 256];
  const entry = (name: string): TensorEntry => ({
    name,
    type: "NVFP4",
    shape,
    sizeBytes: (6 * 256 * 256) / 32,
  });
  return header({ "general.architecture": "qwen35" }, [
    entry("a.weight"),
    entry("b.weight"),
    entry("c.weight"),
  ]);
}

const patched = (at: number, ...values: number[]): Bytes => {
  const copy = made.slice();
  copy.set(values, at);
  return copy;
};

const refused: readonly (readonly [what: string, file: Bytes])[] = [
  ["a Git LFS pointer", text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 2740000000\n")],
  ["a web page", text("<!DOCTYPE html><html><head><title>Sign in</title></head></html>")],
  ["a server's error", text('{"error":"Invalid credentials"}')],
  ["a zip archive", text("PK\x03\x04 and what follows")],
  ["a gzip file", Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)],
  ["zeros: space that a program keeps for a download", new Uint8Array(4096)],
  ["an empty file", new Uint8Array(0)],
  ["a LoRA adapter", header({ "general.architecture": "qwen35", "general.type": "adapter" })],
  ["a vision projector", header({ "general.architecture": "clip" })],
  ["a drafter", header({ "general.architecture": "dspark" })],
  ["an importance matrix", header({ "general.architecture": "imatrix" })],
  ["another architecture", header({ "general.architecture": "llama" })],
  ["a newer version of GGUF", patched(4, 4)],
  ["a big-endian file", patched(4, 0, 0, 0, 3)],
  ["a file that was cut short", made.slice(0, -64)],
  ["a type of ggml's that is not run", withType(24, eightBit)],
  ["an older type of PrismML's under the id of another", oldPrism()],
  ["a type that ggml has withdrawn", withType(31)],
  ["a type of another program", withType(139)],
  ["a type that nothing is known of", withType(200)],
  ["a type id of no program", withType(100_000)],
  [
    "weights stored rotated, in a key that is not known",
    changed("prism.hadamard.axis", "prism.hadamard.spin"),
  ],
  ["weights stored rotated by another engine", changed("prism.hadamard.axis", "onebit.hadamard.q40")],
  ["weights stored rotated along another axis", changed("input-last-dimension", "input-1st--dimension")],
  [
    "weights stored rotated, with a list that lacks one",
    changed("blk.0.ffn_up.weight", "blk.9.ffn_up.weight"),
  ],
];

async function sentenceOf(file: Bytes): Promise<readonly [message: string, hint: string]> {
  const error: unknown = await openModelFiles(memorySource(file), "model.gguf", () =>
    Promise.resolve(undefined),
  ).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AppError);
  const { message, hint } = error as AppError;
  return [message, hint ?? ""];
}

it("docs/files.md says what each refused file is told", async () => {
  const rows: string[] = [];
  for (const [what, file] of refused) rows.push(`| ${[what, ...(await sentenceOf(file))].join(" | ")} |`);
  const page = `# Files that are refused

A file that this app does not run is named for what it is, and the sentence says what to do instead.
\`src/engine/weights/refusals.test.ts\` makes each of these files, and this page out of what it is
told.

| The file | What is said | What to do |
| --- | --- | --- |
${rows.join("\n")}
`;
  await expect(
    await format(page, { parser: "markdown", printWidth: 100, proseWrap: "preserve" }),
  ).toMatchFileSnapshot("../../../docs/files.md");
});

it.each(refused)("%s is not called damaged unless it is", async (what, file) => {
  const isDamaged = what === "a type id of no program";
  expect((await sentenceOf(file)).join(" ").includes("damaged")).toBe(isDamaged);
});
