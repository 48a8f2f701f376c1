import { describe, expect, it } from "vitest";
import { makeModel } from "../../testing/models/make-model";
import { configOf } from "../../testing/models/make-model-configs";
import type { MetadataValue } from "../../testing/models/make-model-gguf";
import { memorySource } from "../../testing/models/memory-source";
import { rewriteModel, type Rewriting, type RewrittenTensor } from "../../testing/models/rewrite-model";
import { firstValues, sizesOf } from "./hub/gguf-peek";
import { openModelFiles } from "./model-files";

type Entries = (readonly [string, MetadataValue])[];
const made = makeModel({ config: "nano", quant: "Q8_0", seed: 3 });
const nano = configOf("nano");

async function opened(file: Uint8Array<ArrayBuffer>) {
  return openModelFiles(memorySource(file), "x.gguf", () => Promise.resolve(undefined));
}

const isTokenizer = ([key]: readonly [string, MetadataValue]) => key.startsWith("tokenizer.");
const isSize = ([key]: readonly [string, MetadataValue]) => key.startsWith("qwen35.");
const set = (entries: Entries, changes: Readonly<Record<string, MetadataValue | undefined>>): Entries => [
  ...entries.filter(([key]) => !(key in changes)),
  ...Object.entries(changes).flatMap(([key, value]) => (value ? [[key, value] as const] : [])),
];
const tensor = (name: string, ...shape: number[]): RewrittenTensor => ({ name, type: "F32", shape });
const alphabetical = (entries: Entries): Entries => entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
const mtp = [
  tensor("blk.4.nextn.eh_proj.weight", 256, 512),
  tensor("blk.4.nextn.enorm.weight", 256),
  tensor("blk.4.attn_norm.weight", 256),
  tensor("blk.4.attn_q.weight", 256, 256),
];

/** Keys and tensors as Ollama's own converter writes them. */
const ollama: Rewriting = {
  metadata: (entries) =>
    alphabetical(
      set(entries, {
        "qwen35.rope.dimension_sections": { i32s: [6, 5, 5] },
        "qwen35.mrope_sections": { i32s: [6, 5, 5] },
        "qwen35.rope.mrope_interleaved": { bool: true },
        "qwen35.image_token_id": { u32: 300 },
        "qwen35.vision.block_count": { u32: 2 },
        "qwen35.ssm.v_head_reordered": { bool: true },
        "qwen35.attention.head_count_kv": { i32s: [0, 0, 0, nano.attention.nKvHeads] },
        "general.sampling.temp": { f32: 0.7 },
      }),
    ),
  tensors: (all) => [
    ...all.map((one) => ({ ...one, name: one.name.replace("ssm_dt.bias", "ssm_dt") })),
    tensor("v.blk.0.attn_q.weight", 8, 8),
    tensor("v.patch_embed.weight", 8, 8),
    tensor("mtp.layers.0.self_attn.q_proj.weight", 8, 8),
    tensor("mtp.fc.weight", 8, 16),
  ],
};

const odd: readonly (readonly [string, Rewriting])[] = [
  [
    "sizes behind the tokenizer",
    { metadata: (all) => [...all.filter((one) => !isSize(one)), ...all.filter(isSize)] },
  ],
  [
    "sizes before all else",
    { metadata: (all) => [...all.filter(isSize), ...all.filter((one) => !isSize(one))] },
  ],
  ["all keys backwards", { metadata: (all) => all.toReversed() }],
  ["tensors backwards", { tensors: (all) => all.toReversed() }],
  ["keys and tensors of Ollama's", ollama],
  ["an MTP block that no key tells of", { tensors: (all) => [...all, ...mtp] }],
  [
    "an MTP block that block_count tells of and nextn_predict_layers does not",
    { metadata: (all) => set(all, { "qwen35.block_count": { u32: 5 } }), tensors: (all) => [...all, ...mtp] },
  ],
  [
    "nextn_predict_layers without its block",
    {
      metadata: (all) =>
        set(all, { "qwen35.nextn_predict_layers": { u32: 1 }, "qwen35.block_count": { u32: 5 } }),
    },
  ],
  [
    "nextn_predict_layers with block_count of the trunk alone",
    { metadata: (all) => set(all, { "qwen35.nextn_predict_layers": { u32: 1 } }) },
  ],
  [
    "a stray nextn tensor in the trunk",
    { tensors: (all) => [...all, tensor("blk.1.nextn.shared_head_norm.weight", 256)] },
  ],
  [
    "a width for each layer",
    {
      metadata: (all) =>
        set(all, {
          "qwen35.feed_forward_length": { i32s: [1, 1, 1, 1].map((n) => n * nano.intermediateSize) },
        }),
    },
  ],
  ["no name", { metadata: (all) => set(all, { "general.name": undefined }) }],
  ["no alignment", { metadata: (all) => set(all, { "general.alignment": undefined }) }],
  [
    "keys that nobody knows",
    { metadata: (all) => set(all, { "qwen35.some.new_key": { text: "x" }, "vendor.key": { i32s: [] } }) },
  ],
  [
    "no interval, four layers to a full one",
    { metadata: (all) => set(all, { "qwen35.full_attention_interval": undefined }) },
  ],
  [
    "rotation said to be scaled by none",
    { metadata: (all) => set(all, { "qwen35.rope.scaling.type": { text: "none" } }) },
  ],
  [
    "the tokenizer before all else",
    { metadata: (all) => [...all.filter(isTokenizer), ...all.filter((one) => !isTokenizer(one))] },
  ],
  [
    "no tokenizer, as it is in a file beside it",
    { metadata: (all) => all.filter((one) => !isTokenizer(one)) },
  ],
  [
    "a vision tower and its projector",
    { tensors: (all) => [...all, tensor("v.blk.0.ln1.weight", 8), tensor("mm.0.weight", 8, 8)] },
  ],
  [
    "Ollama's keys with sizes behind the tokenizer and an MTP block",
    {
      metadata: (all) => {
        const written = [...ollama.metadata!(all)];
        return [...written.filter((one) => !isSize(one)), ...written.filter(isSize)];
      },
      tensors: (all) => [...ollama.tensors!(all), ...mtp],
    },
  ],
];

describe("a file of an odd kind opens as the model it is:", () => {
  it.each(odd)("%s", async (what, rewriting) => {
    const { config } = await opened(await rewriteModel(made, rewriting));
    expect(config).toEqual({ ...nano, ...(what === "no name" && { name: "unnamed" }) });
  });
});

describe("sizes in the first bytes of a file on a hub", () => {
  const peek = async (rewriting: Rewriting) =>
    sizesOf(await firstValues((await rewriteModel(made, rewriting)).slice(0, 16_384)));

  it("are those of the model", async () => {
    expect(await peek({})).toMatchObject({ hiddenSize: nano.hiddenSize, nLayers: nano.nLayers });
    expect(await peek(ollama)).toMatchObject({ hiddenSize: nano.hiddenSize, nLayers: nano.nLayers });
  });

  it("that stand behind the tokenizer are not known, which refuses no model", async () => {
    const [, behind] = odd[0]!;
    expect(await peek(behind)).toBeUndefined();
    const some: Rewriting = {
      metadata: (all) => [
        ...all.filter((one) => one[0] !== "qwen35.block_count"),
        ...all.filter((one) => one[0] === "qwen35.block_count"),
      ],
    };
    expect(await peek(some)).toBeUndefined();
  });

  it("refuse another architecture, wherever its sizes stand", async () => {
    const other: Rewriting = {
      metadata: (all) =>
        set(all, { "general.architecture": { text: "qwen4exp" } }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    };
    await expect(peek(other)).rejects.toThrow(/architecture is "qwen4exp"/);
  });
});
