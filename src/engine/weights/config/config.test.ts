import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { UnsupportedModelError } from "../../../ground/errors";
import { makeModel } from "../../../testing/models/make-model";
import { configOf } from "../../../testing/models/make-model-configs";
import { memorySource } from "../../../testing/models/memory-source";
import { readModelConfig } from "./config";
import { readGguf, type GgufFile, type GgufTensor, type GgufValue } from "../gguf/gguf";
import { withKnownNames } from "./known-names";
import { expectedTensors } from "./tensor-names";

const nano = await readGguf(memorySource(makeModel({ config: "nano", quant: "MIX", seed: 1 })));

/** nano with some metadata and tensors changed; undefined takes them out. */
function changed(
  metadata: Readonly<Record<string, GgufValue | undefined>>,
  tensors: Readonly<Record<string, Partial<GgufTensor> | undefined>> = {},
): GgufFile {
  const values = new Map(nano.metadata);
  for (const [key, value] of Object.entries(metadata)) {
    if (value === undefined) values.delete(key);
    else values.set(key, value);
  }
  const infos = new Map(nano.tensors);
  for (const [name, change] of Object.entries(tensors)) {
    if (!change) infos.delete(name);
    else
      infos.set(name, { ...(infos.get(name) ?? nano.tensors.get("output_norm.weight")!), name, ...change });
  }
  return { ...nano, metadata: values, tensors: infos };
}

/** The tensors of a block that guesses the token after next, and none of the trunk's. */
function onlyBlock(block: number, metadata: Readonly<Record<string, GgufValue>>): GgufFile {
  const gone = [...nano.tensors.keys()].filter((name) => name.startsWith("blk."));
  return changed(metadata, {
    ...Object.fromEntries(gone.map((name) => [name, undefined])),
    [`blk.${block}.attn_norm.weight`]: {},
    [`blk.${block}.nextn.eh_proj.weight`]: {},
  });
}

it("expects exactly the tensors that a file of the model has", () => {
  const names = expectedTensors(configOf("nano")).map(({ name }) => name);
  expect(new Set(names)).toEqual(new Set(nano.tensors.keys()));
  expect(names).toHaveLength(nano.tensors.size);
});

it("the tensors of 35B-A3B have 34,660,610,688 parameters, 93 % of them in its experts", () => {
  const width = 512;
  const experts = { count: 256, used: 8, width, hasSharedGate: true, isFused: [] };
  const tensors = expectedTensors({
    ...configOf("qwen35-0.8b"),
    ...{ architecture: "qwen35moe", hiddenSize: 2048, intermediateSize: width, nLayers: 40, experts },
    ...{ vocabSize: 248_320, hasTiedHead: false },
    layerKinds: Array.from({ length: 40 }, (_, i) => (i % 4 === 3 ? "full" : "linear")),
    attention: { ...configOf("qwen35-0.8b").attention, nHeads: 16, nKvHeads: 2, headDim: 256 },
    deltaNet: { nKeyHeads: 16, nValueHeads: 32, keyDim: 128, valueDim: 128, convKernel: 4 },
  });
  const count = (of: typeof tensors) =>
    of.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
  expect(count(tensors)).toBe(34_660_610_688);
  expect(count(tensors.filter(({ unitRows }) => unitRows !== undefined))).toBe(40 * 256 * 3 * 2048 * width);
});

// Parameters of the official checkpoints' text models (docs/model.md#sizes); with the other parts they add up
// to the totals on the hub.
it.each([
  ["qwen35-0.8b", 752_393_024],
  ["qwen35-2b", 1_881_825_088],
  ["qwen35-4b", 4_205_751_296],
  ["qwen35-9b", 8_953_803_264],
  ["qwen35-27b", 26_895_998_464],
] as const)("the tensors of %s have %i parameters", (name, nParameters) => {
  const counts = expectedTensors(configOf(name)).map(({ shape }) =>
    shape.reduce((product, n) => product * n, 1),
  );
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(nParameters);
});

it("reads kv heads given by layer, zeros being linear layers", () => {
  const config = readModelConfig(changed({ "qwen35.attention.head_count_kv": [0, 0, 0, 1] }));
  expect(config).toEqual(configOf("nano"));
});

it("reads layer kinds from a list of recurrent layers, before the interval", () => {
  const file = changed({
    "qwen35.attention.recurrent_layers": [true, true, true, false],
    "qwen35.full_attention_interval": 2,
  });
  expect(readModelConfig(file)).toEqual(configOf("nano"));
});

describe("layers that count are those that are there", () => {
  const guess = {
    "blk.4.attn_norm.weight": {},
    "blk.4.nextn.eh_proj.weight": {},
    "blk.4.attn_q_norm.weight": {},
  };
  const bare = { "blk.4.attn_norm.weight": {}, "blk.4.attn_q_norm.weight": {} };
  const stray = { "blk.3.nextn.shared_head_norm.weight": {} };
  const tensors = { none: {}, guess, bare, stray, "a joint alone": { "blk.4.nextn.eh_proj.weight": {} } };
  it.each([
    [4, undefined, "none"],
    [4, 1, "none"],
    [5, undefined, "none"],
    [5, 1, "none"],
    [4, undefined, "guess"],
    [4, 1, "guess"],
    [5, undefined, "guess"],
    [5, 0, "guess"],
    [5, 1, "guess"],
    [5, 1, "bare"],
    [4, 0, "bare"],
    [4, 0, "stray"],
    [5, 1, "a joint alone"],
  ] as const)("block_count %i, nextn_predict_layers %s, with %s", (nBlocks, nPredicting, what) => {
    const metadata = { "qwen35.block_count": nBlocks, "qwen35.nextn_predict_layers": nPredicting };
    expect(readModelConfig(changed(metadata, tensors[what]))).toEqual(configOf("nano"));
  });
});

it("takes arrays of equal numbers for one of them", () => {
  const file = changed({
    "qwen35.feed_forward_length": [1, 1, 1, 1].map((n) => n * configOf("nano").intermediateSize),
    "qwen35.embedding_length": [configOf("nano").hiddenSize, configOf("nano").hiddenSize],
  });
  expect(readModelConfig(file)).toEqual(configOf("nano"));
});

describe("tensors under other names", () => {
  const shapeOf = (name: string) => nano.tensors.get(name)!.shape as [number, number];
  const start = 1 << 20;

  /** A file in which one tensor holds the rows of several, in f32. */
  function expectParts(fusedName: string, parts: readonly string[]): void {
    const rows = parts.map((part) => shapeOf(part)[0]);
    const columns = shapeOf(parts[0]!)[1];
    const shape = [rows.reduce((sum, n) => sum + n, 0), columns];
    const whole = { type: "F32", shape, offset: start, sizeBytes: shape[0]! * columns * 4 } as const;
    const gone = Object.fromEntries(parts.map((part) => [part, undefined]));
    const known = withKnownNames(changed({}, { ...gone, [fusedName]: whole }));
    expect(readModelConfig(known)).toEqual(configOf("nano"));
    const before = rows.map((_, i) => rows.slice(0, i).reduce((sum, n) => sum + n, 0));
    expect(parts.map((part) => known.tensors.get(part)!.offset)).toEqual(
      before.map((n) => start + n * columns * 4),
    );
  }

  it("ssm_dt of Ollama's converter", () => {
    const bias = nano.tensors.get("blk.0.ssm_dt.bias")!;
    const file = changed({}, { "blk.0.ssm_dt.bias": undefined, "blk.0.ssm_dt": bias });
    expect(readModelConfig(withKnownNames(file))).toEqual(configOf("nano"));
  });

  it("the scale of NVFP4 under both of its names, for each matrix of a fused one", () => {
    const scale = { type: "F32", shape: [1], sizeBytes: 4 } as const;
    const nvfp4 = { type: "NVFP4" } as const;
    const known = withKnownNames(
      changed(
        {},
        {
          "blk.0.ffn_down.weight": nvfp4,
          "blk.0.ffn_gate.weight": nvfp4,
          "blk.0.ffn_up.weight": nvfp4,
          "blk.0.ffn_down.weight.scale": scale,
          "blk.0.ffn_down.input_scale": scale,
          "blk.0.ffn_gate_up.scale": scale,
        },
      ),
    );
    expect(readModelConfig(known)).toEqual(configOf("nano"));
    for (const name of ["ffn_down", "ffn_gate", "ffn_up"])
      expect(known.tensors.get(`blk.0.${name}.scale`)).toMatchObject(scale);
  });

  it("a fused gate and up", () => {
    expectParts("blk.0.ffn_gate_up.weight", ["blk.0.ffn_gate.weight", "blk.0.ffn_up.weight"]);
  });

  it("fused queries, keys and values of a layer of full attention", () => {
    expectParts(
      "blk.3.attn_qkv.weight",
      ["attn_q", "attn_k", "attn_v"].map((name) => `blk.3.${name}.weight`),
    );
  });
});

it("takes every fourth layer as full where the file does not say", () => {
  expect(readModelConfig(changed({ "qwen35.full_attention_interval": undefined }))).toEqual(configOf("nano"));
});

it("takes YaRN's own numbers from the file", () => {
  const { yarn } = readModelConfig(
    changed({
      "qwen35.rope.scaling.type": "yarn",
      "qwen35.rope.scaling.factor": 4,
      "qwen35.rope.scaling.original_context_length": 1000,
      "qwen35.rope.scaling.yarn_beta_fast": 16,
      "qwen35.rope.scaling.attn_factor": 2,
    }),
  ).attention;
  const attentionFactor = 2 * (0.1 * Math.log(4) + 1);
  expect(yarn).toEqual({
    factor: 4,
    originalContextLength: 1000,
    betaFast: 16,
    betaSlow: 1,
    attentionFactor,
  });
});

it("small tensors may be halves", () => {
  const file = changed(
    {},
    { "blk.0.attn_norm.weight": { type: "BF16" }, "blk.0.ssm_conv1d.weight": { type: "F16" } },
  );
  expect(readModelConfig(file)).toEqual(configOf("nano"));
});

it("a vision tower in the same file is left alone", () => {
  expect(readModelConfig(changed({}, { "v.blk.0.attn_qkv.weight": {} }))).toEqual(configOf("nano"));
});

const sizes = (values: Readonly<Record<string, GgufValue>>) =>
  changed(Object.fromEntries(Object.entries(values).map(([key, value]) => [`qwen35.${key}`, value])));

it.each<[string, GgufFile, RegExp]>([
  ["Llama", changed({ "general.architecture": "llama" }), /architecture is "llama"; .*"qwen35"/],
  ["a file that names none", changed({ "general.architecture": undefined }), /does not say its architecture/],
  ["Qwen3-Next", changed({ "general.architecture": "qwen3next" }), /architecture is "qwen3next"/],
  [
    "a vision projector",
    changed({ "general.architecture": "clip" }),
    /The file is a vision projector \(mmproj\)/,
  ],
  [
    "a LoRA adapter",
    changed({ "general.type": "adapter", "adapter.type": "lora" }),
    /The file is a LoRA adapter/,
  ],
  ["an adapter by its tensors", changed({}, { "blk.0.attn_qkv.weight.lora_a": {} }), /is a LoRA adapter/],
  ["statistics", changed({ "general.type": "imatrix" }), /is an importance matrix \(imatrix\)/],
  ["a control vector", changed({ "general.architecture": "controlvector" }), /is a control vector/],
  ["a drafter of another kind", changed({ "general.architecture": "eagle3" }), /The file is a drafter/],
  ["a projector by its type", changed({ "general.type": "mmproj" }), /is a vision projector/],
  ["experts by number", sizes({ expert_count: 8 }), /mixture of experts \(8 experts\)/],
  [
    "experts by tensor",
    changed({}, { "blk.0.ffn_gate_exps.weight": {} }),
    /tensor "blk.0.ffn_gate_exps.weight"/,
  ],
  [
    "only an MTP block",
    onlyBlock(4, { "qwen35.block_count": 5, "qwen35.nextn_predict_layers": 1 }),
    /only multi-token-prediction layers \(1 of 5 blocks/,
  ],
  ["layers that are not there", sizes({ block_count: 6 }), /says it has 6 blocks; its tensors make 4 layers/],
  [
    "a layer without its first tensor",
    changed({}, { "blk.1.attn_norm.weight": undefined }),
    /"blk.1.attn_norm.weight"/,
  ],
  ["a missing key", changed({ "qwen35.ssm.state_size": undefined }), /does not say "qwen35.ssm.state_size"/],
  ["a text for a number", sizes({ block_count: "4" }), /"qwen35.block_count" is "4"; it must be a number/],
  ["half a layer", sizes({ block_count: 3.5 }), /"qwen35.block_count" is 3.5; it must be a whole number/],
  [
    "no heads",
    sizes({ "attention.head_count": 0 }),
    /"qwen35.attention.head_count" is 0; it must be above 0/,
  ],
  [
    "a billion layers",
    sizes({ block_count: 1e9 }),
    /says it has 1,000,000,000 blocks; its tensors make 4 layers/,
  ],
  [
    "a missing tensor",
    changed({}, { "blk.2.ssm_out.weight": undefined }),
    /"blk.2.ssm_out.weight" \[256, 256\] is missing/,
  ],
  ["no embedding", changed({}, { "token_embd.weight": undefined }), /no tensor "token_embd.weight"/],
  [
    "a wrong shape",
    changed({}, { "blk.0.ffn_up.weight": { shape: [128, 256] } }),
    /"blk.0.ffn_up.weight" has shape \[128, 256\]; the file's sizes make it \[256, 256\]/,
  ],
  [
    "a matrix type that is not run",
    changed({}, { "blk.0.ffn_up.weight": { type: "Q8_1" } }),
    /"blk.0.ffn_up.weight" is Q8_1; this app reads F32, F16, BF16, Q8_0/,
  ],
  [
    "a scale of a matrix that is not NVFP4",
    changed({}, { "blk.0.ffn_up.scale": { type: "F32", shape: [1] } }),
    /Layer 0, with linear attention, has a tensor "blk.0.ffn_up.scale"/,
  ],
  [
    "a scale of the embedding, which is not NVFP4",
    changed({}, { "token_embd.scale": { type: "F32", shape: [1] } }),
    /"token_embd.scale"; this app knows such a scale of NVFP4 matrices only/,
  ],
  [
    "a scale for each row of an NVFP4 matrix",
    changed(
      {},
      { "blk.0.ffn_up.weight": { type: "NVFP4" }, "blk.0.ffn_up.scale": { type: "F32", shape: [256] } },
    ),
    /"blk.0.ffn_up.scale" is F32 \[256\]; the scale of an NVFP4 matrix is one F32/,
  ],
  [
    "a quantized norm",
    changed({}, { "output_norm.weight": { type: "Q8_0" } }),
    /"output_norm.weight" is Q8_0; this app reads F32, F16, BF16 there/,
  ],
  [
    "fused q, k and v",
    changed({}, { "blk.3.attn_qkv.weight": { shape: [384, 256] } }),
    /Layer 3, with full attention, has a tensor "blk.3.attn_qkv.weight"/,
  ],
  [
    "a bias",
    changed({}, { "blk.0.ffn_up.bias": {} }),
    /Layer 0, with linear attention, has a tensor "blk.0.ffn_up.bias"/,
  ],
  ["a hidden size of 100", sizes({ embedding_length: 100 }), /hidden size 100; .* multiple of 32/],
  [
    "heads of 48",
    sizes({ "attention.key_length": 48, "attention.value_length": 48 }),
    /head size 48; .* multiple of 32/,
  ],
  [
    "heads of 512",
    sizes({ "attention.key_length": 512, "attention.value_length": 512 }),
    /head size 512; .* up to 256/,
  ],
  ["values unlike keys", sizes({ "attention.value_length": 32 }), /values have 32 dims and keys 64/],
  [
    "3 heads on 2",
    sizes({ "attention.head_count": 3, "attention.head_count_kv": 2 }),
    /3 query heads on 2 kv heads/,
  ],
  [
    "kv heads that differ",
    sizes({ "attention.head_count_kv": [1, 2, 1, 2] }),
    /all layers must have the same count/,
  ],
  [
    "too few kv heads",
    sizes({ "attention.head_count_kv": [0, 1] }),
    /an array of 2; .* for each of 4 layers/,
  ],
  ["too wide a rotation", sizes({ "rope.dimension_count": 128 }), /128 rotated dims of 64/],
  ["linear scaling", sizes({ "rope.scaling.type": "linear" }), /rotation by "linear"/],
  ["keys of 96", sizes({ "ssm.state_size": 96 }), /DeltaNet key size 96; .* 32, 64 or 128/],
  ["3 key heads of 4 values", sizes({ "ssm.group_count": 3 }), /4 value heads on 3 key heads/],
  [
    "an odd inner size",
    sizes({ "ssm.inner_size": 255 }),
    /inner_size" is 255, no multiple of the 4 value heads/,
  ],
  ["a convolution of 3", sizes({ "ssm.conv_kernel": 3 }), /convolution over 3 tokens; this app needs 4/],
  ["grouped value heads", sizes({ "ssm.v_head_reordered": false }), /value heads are grouped by key head/],
  [
    "more tokens than embeddings",
    changed({ "tokenizer.ggml.tokens": Array.from({ length: 321 }, String) }),
    /tokenizer has 321 tokens; "token_embd.weight" has rows for 320/,
  ],
])("refuses %s, naming what was found", (_, file, message) => {
  expect(() => readModelConfig(file)).toThrow(UnsupportedModelError);
  expect(() => readModelConfig(file)).toThrow(message);
});

it("a type that is not run comes with others of the same repository to choose", () => {
  const file = changed({}, { "blk.0.ffn_up.weight": { type: "Q8_1" } });
  expect(() => readModelConfig(file)).toThrow(
    expect.objectContaining({
      hint: expect.stringContaining("another file of the same repository: Q4_K_M") as string,
    }),
  );
});

describe("mixtures of experts", async () => {
  const read = async (name: string) => {
    const bytes = readFileSync(new URL(`../../../../goldens/${name}.gguf`, import.meta.url));
    return withKnownNames(await readGguf(memorySource(new Uint8Array(bytes))));
  };
  const apart = await read("moe-MIX");
  const without = (name: string): GgufFile => {
    const tensors = new Map(apart.tensors);
    tensors.delete(name);
    return { ...apart, tensors };
  };

  it("gates and ups apart, or in one tensor, with the sizes that the file gives", async () => {
    expect(readModelConfig(apart)).toMatchObject({
      architecture: "qwen35moe",
      intermediateSize: 96,
      experts: { count: 10, used: 4, width: 64, hasSharedGate: true, isFused: [false, false, false, false] },
    });
    expect(readModelConfig(await read("moe-k-MIX")).experts).toEqual({
      ...{ count: 7, used: 3, width: 256, hasSharedGate: true, isFused: [true, true] },
    });
  });

  it("the rows of an expert stay together", () => {
    const units = expectedTensors(readModelConfig(apart)).filter(({ layer }) => layer === 0);
    const of = (role: string) => units.find((tensor) => tensor.role === role)?.unitRows;
    expect([of("gateExperts"), of("downExperts"), of("router")]).toEqual([64, 256, undefined]);
  });

  it("one that lacks a tensor of its experts or its shared expert is refused by the tensor's name", () => {
    for (const name of [
      "blk.1.ffn_down_exps.weight",
      "blk.2.ffn_up_shexp.weight",
      "blk.0.ffn_gate_inp.weight",
    ])
      expect(() => readModelConfig(without(name))).toThrow(name);
  });

  it("more experts a token than there are is refused", () => {
    const metadata = new Map([...apart.metadata, ["qwen35moe.expert_used_count", 11]] as const);
    expect(() => readModelConfig({ ...apart, metadata })).toThrow("11 of 10 experts for a token");
  });
});
