import type { ModelConfig } from "../../engine/weights/config/model-config";
import { sizeBytesOf, type RunType } from "../../engine/weights/types/type-facts";
import {
  expectedTensors,
  type ExpectedTensor,
  type TensorRole,
} from "../../engine/weights/config/tensor-names";
import { configOf, type ConfigName, type YarnOptions } from "./make-model-configs";
import { encodeHeader, padded, type MetadataValue } from "./make-model-gguf";
import { hadamardMetadata } from "./make-model-hadamard";
import { outlierScale } from "./make-model-outliers";
import { randomRows } from "./make-model-rows";
import { tokenizerMetadata } from "./make-model-tokenizer";
import { typeOfTensor, type QuantName } from "./make-model-types";
import { Random } from "../../ground/random";

export interface MakeModelOptions {
  readonly config: ConfigName;
  readonly quant: QuantName;
  readonly seed: number;
  /** Only its first layers: a large shape at full width, for a slow machine. */
  readonly nLayers?: number;
  /** A few channels are this many times larger; 1e3 to 1e5 is what the f16 path has to stand. */
  readonly outliers?: number;
  readonly yarn?: YarnOptions;
  /** Adds a multi-token-prediction block, which the engine leaves out. */
  readonly hasMtp?: boolean;
  /** Says that the weights are stored Hadamard-folded, with decay and beta in BF16 beside them. */
  readonly isFolded?: boolean;
  /** False leaves the tokenizer and the chat template out. */
  readonly hasTokenizer?: boolean;
}

interface MadeTensor extends ExpectedTensor {
  readonly type: RunType;
  readonly sizeBytes: number;
}

/** A model with random weights as a whole GGUF file in memory. For small shapes; `modelPieces` streams. */
export function makeModel(options: MakeModelOptions): Uint8Array<ArrayBuffer> {
  return joined([...modelPieces(options)]);
}

/**
 * The same model in `count` files, as llama.cpp's gguf-split writes them: all but the first describe their
 * tensors only.
 */
export function makeShards(options: MakeModelOptions, count: number): Uint8Array<ArrayBuffer>[] {
  const config = configOf(options.config, options.yarn, options.nLayers);
  const tensors = madeTensors(config, options);
  const perShard = Math.ceil(tensors.length / count);
  return Array.from({ length: count }, (_, number) => {
    const own = tensors.slice(number * perShard, (number + 1) * perShard);
    const metadata: (readonly [string, MetadataValue])[] = [
      ...(number === 0 ? metadataOf(config, options) : []),
      ["split.no", { u32: number }],
      ["split.count", { u32: count }],
      ["split.tensors.count", { u32: tensors.length }],
    ];
    return joined([
      encodeHeader(metadata, own),
      ...own.flatMap((tensor) => [...paddedPieces(tensor, options)]),
    ]);
  });
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

/**
 * The bytes of a GGUF file with random weights, in order, in pieces of a few MiB. The same options give the
 * same bytes.
 */
export function* modelPieces(options: MakeModelOptions): Generator<Uint8Array> {
  const config = configOf(options.config, options.yarn, options.nLayers);
  const tensors = madeTensors(config, options);
  yield encodeHeader(metadataOf(config, options), tensors);
  for (const tensor of tensors) yield* paddedPieces(tensor, options);
}

function* paddedPieces(tensor: MadeTensor, options: MakeModelOptions): Generator<Uint8Array> {
  yield* tensorPieces(tensor, options);
  yield new Uint8Array(padded(tensor.sizeBytes) - tensor.sizeBytes);
}

/** Bytes of the file that `modelPieces` makes, the header left out. */
export function tensorBytes(options: MakeModelOptions): number {
  return madeTensors(configOf(options.config, options.yarn, options.nLayers), options).reduce(
    (sum, { sizeBytes }) => sum + padded(sizeBytes),
    0,
  );
}

function madeTensors(config: ModelConfig, { quant, hasMtp, isFolded }: MakeModelOptions): MadeTensor[] {
  const expected = [...expectedTensors(config), ...(hasMtp ? mtpTensors(config) : [])];
  return expected.map((tensor) => {
    const isGate = tensor.role === "inProjA" || tensor.role === "inProjB";
    const type = isFolded && isGate ? "BF16" : typeOfTensor(tensor, quant, config);
    const nElements = tensor.shape.reduce((product, n) => product * n, 1);
    return { ...tensor, type, sizeBytes: sizeBytesOf(type, nElements) };
  });
}

/**
 * One more full-attention block after the trunk, and the four tensors that join it to the model.
 * docs/model.md#multi-token-prediction
 */
function mtpTensors(config: ModelConfig): ExpectedTensor[] {
  const layer = config.nLayers;
  const block = expectedTensors({ ...config, layerKinds: [...config.layerKinds, "full"] });
  const joint = (name: string, role: TensorRole, ...shape: number[]): ExpectedTensor => ({
    name: `blk.${layer}.nextn.${name}.weight`,
    layer,
    role,
    shape,
    kind: shape.length === 2 ? "matrix" : "vector",
  });
  const { hiddenSize } = config;
  return [
    ...block.filter((tensor) => tensor.layer === layer),
    joint("eh_proj", "oProj", hiddenSize, 2 * hiddenSize),
    joint("enorm", "inputNorm", hiddenSize),
    joint("hnorm", "inputNorm", hiddenSize),
    joint("shared_head_norm", "outputNorm", hiddenSize),
  ];
}

function* tensorPieces(tensor: MadeTensor, { seed, outliers = 1 }: MakeModelOptions): Generator<Uint8Array> {
  // Seeded by name: a tensor's bytes do not depend on which others the model has.
  const tensorSeed = hash(tensor.name, seed);
  const random = new Random(tensorSeed);
  const scale = outlierScale(tensor, outliers, tensorSeed);
  if (tensor.kind === "matrix") {
    const shape = tensor.shape as readonly [number, number];
    yield* randomRows(tensor.type, shape, shape[1] ** -0.5, scale, random);
    return;
  }
  const draw = draws[tensor.role] ?? drawNorm;
  const rowLength = tensor.shape[1] ?? 1;
  const values = new Float32Array(tensor.sizeBytes / 4).map(
    (_, i) => draw(random) * scale(Math.floor(i / rowLength)),
  );
  yield new Uint8Array(values.buffer);
}

/** Draws the entries of a vector; roles that are not named are norms. */
const draws: Readonly<Partial<Record<TensorRole, (random: Random) => number>>> = {
  conv1d: (random) => 0.5 * random.normal(),
  dtBias: (random) => random.between(-4, 0),
  a: (random) => -random.between(0.05, 4), // −exp(aLog): slow and fast forgetting
};
const drawNorm = (random: Random) => 1 + 0.1 * random.normal();

/** FNV-1a over the name, from the seed. */
function hash(name: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return h;
}

function metadataOf(
  config: ModelConfig,
  { hasMtp, yarn, isFolded, seed, hasTokenizer = true }: MakeModelOptions,
): (readonly [string, MetadataValue])[] {
  const { attention, deltaNet } = config;
  const pairs = attention.rotaryDim / 2;
  const third = Math.ceil(pairs / 3);
  const sections = [third, third, pairs - 2 * third, 0]; // 11, 11, 10 for the real 64 rotated dims
  const own: Record<string, MetadataValue> = {
    block_count: { u32: config.nLayers + (hasMtp ? 1 : 0) },
    ...(hasMtp && { nextn_predict_layers: { u32: 1 } }),
    context_length: { u32: config.contextLength },
    embedding_length: { u32: config.hiddenSize },
    feed_forward_length: { u32: config.intermediateSize },
    "attention.head_count": { u32: attention.nHeads },
    "attention.head_count_kv": { u32: attention.nKvHeads },
    "attention.key_length": { u32: attention.headDim },
    "attention.value_length": { u32: attention.headDim },
    "attention.layer_norm_rms_epsilon": { f32: config.rmsNormEps },
    "rope.freq_base": { f32: attention.ropeTheta },
    "rope.dimension_count": { u32: attention.rotaryDim },
    "rope.dimension_sections": { i32s: sections },
    ...(yarn && {
      "rope.scaling.type": { text: "yarn" },
      "rope.scaling.factor": { f32: yarn.factor },
      "rope.scaling.original_context_length": { u32: yarn.originalContextLength },
    }),
    "ssm.conv_kernel": { u32: deltaNet.convKernel },
    "ssm.state_size": { u32: deltaNet.keyDim },
    "ssm.group_count": { u32: deltaNet.nKeyHeads },
    "ssm.time_step_rank": { u32: deltaNet.nValueHeads },
    "ssm.inner_size": { u32: deltaNet.nValueHeads * deltaNet.valueDim },
    full_attention_interval: { u32: 4 },
  };
  return [
    ["general.architecture", { text: config.architecture }],
    ["general.name", { text: config.name }],
    ["general.alignment", { u32: 32 }],
    ...Object.entries(own).map(([key, value]) => [`${config.architecture}.${key}`, value] as const),
    ...(isFolded ? hadamardMetadata(config, seed) : []),
    ...(hasTokenizer ? tokenizerMetadata(config.vocabSize) : []),
  ];
}
