import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import { BLOCK_RECORD } from "../../kernels/delta-net/delta-rule-blocks";
import { ROUTE_BYTES } from "../../kernels/experts/route";
import { SAMPLE_BLOCK, SAMPLING_BYTES } from "../../kernels/sample";
import { STEP_BYTES } from "../../kernels/step";
import type { ModelConfig } from "../../weights/config/model-config";
import { MAX_POSITION, rotaryTable } from "./rotary";
import { nSigns, signsOf } from "./signs";
import { sizesOf } from "./sizes";

/** Tokens of a chunk at most: longer ones gain little and make each submit long. */
export const MAX_CHUNK = 512;

/** Splits of the cache in decode: enough workgroups to fill a device whatever the length. */
export const decodeSplits = (config: ModelConfig) => Math.max(8, Math.floor(128 / config.attention.nKvHeads));

/**
 * Splits of the cache in prefill: enough workgroups where few tokens look at many, as with a question on a
 * long document. Fixed, so that every chunk length gives the same sums.
 */
export const prefillSplits = (config: ModelConfig) => Math.max(1, Math.floor(16 / config.attention.nKvHeads));

/**
 * Working memory of one step; every layer uses the same. f32 rows per token of the chunk unless said
 * otherwise.
 */
export interface Activations {
  readonly chunk: number;
  readonly step: GpuRange;
  /** u32 [chunk] */
  readonly tokens: GpuRange;
  readonly rotary: GpuRange;
  /** The residual stream. */
  readonly x: GpuRange;
  readonly normed: GpuRange;
  /**
   * f32, in decode: sums of squares of the residual stream, at most one a row of the product that made it.
   */
  readonly squares: GpuRange;
  readonly projected: GpuRange;
  readonly convolved: GpuRange;
  /** The delta rule's reading, or the rotated queries. */
  readonly mixed: GpuRange;
  /** The input of the layer's output product. */
  readonly gated: GpuRange;
  /**
   * Results of attention's splits; or what the delta rule makes of blocks of tokens, which is less but in the
   * smallest models.
   */
  readonly partial: GpuRange;
  readonly extent: GpuRange;
  readonly gateUp: GpuRange;
  readonly swiglu: GpuRange;
  /** A mixture's: the router's logits, the chosen experts, and these between their two halves. */
  readonly routerLogits?: GpuRange;
  readonly routes?: GpuRange;
  readonly expertInner?: GpuRange;
  /** f32, in decode: the transformed input of a folded product; the plain one may follow. */
  readonly folded: GpuRange;
  /** f32: the signs of folded inputs, width after width. */
  readonly signs: GpuRange;
  /** f32 [vocabSize], or [chunk, vocabSize] where all rows are wanted. */
  readonly logits: GpuRange;
  readonly sampling: GpuRange;
  readonly seen: GpuRange;
  readonly blockBest: GpuRange;
}

interface ActivationSpec {
  readonly name: keyof Omit<Activations, "chunk">;
  readonly sizeBytes: number;
}

/** The chunk length that every activation fits a binding with. */
export function chunkFor(
  config: ModelConfig,
  maxBindingBytes: number,
  nSegments: number,
  allLogits = false,
): number {
  const { widest: layers, querySize } = sizesOf(config);
  const splits = nSegments * prefillSplits(config) * querySize;
  const widest = Math.max(layers, splits, blocksRow(config), allLogits ? config.vocabSize : 0);
  return Math.max(1, Math.min(MAX_CHUNK, Math.floor(maxBindingBytes / (4 * widest))));
}

/**
 * Columns of what the delta rule makes of blocks of tokens. Always there: which form the tuner finds faster
 * is known after the plan.
 */
const blocksRow = ({ deltaNet }: ModelConfig) => deltaNet.nValueHeads * BLOCK_RECORD;

/** The widest transformed input of one token, or the first norm's with the plain one behind it. */
function foldedWidth(config: ModelConfig): number {
  const { valueSize, querySize } = sizesOf(config);
  if (!config.hadamard) return 1;
  return Math.max(2 * config.hiddenSize, config.intermediateSize, valueSize, querySize);
}

/** Names and sizes of the working memory, for the plan and for the allocation. */
export function activationSpecs(
  config: ModelConfig,
  chunk: number,
  nSegments: number,
  allLogits = false,
): readonly ActivationSpec[] {
  const sizes = sizesOf(config);
  const { hiddenSize, intermediateSize, vocabSize, attention, hadamard, experts } = config;
  const splitRows = Math.max(chunk * prefillSplits(config), decodeSplits(config)) * nSegments;
  const rows = (width: number) => chunk * width * 4;
  return [
    { name: "step", sizeBytes: STEP_BYTES },
    { name: "tokens", sizeBytes: chunk * 4 },
    { name: "rotary", sizeBytes: (MAX_POSITION / 1024 + 1024) * attention.rotaryDim * 4 },
    { name: "x", sizeBytes: rows(hiddenSize) },
    { name: "normed", sizeBytes: rows(hiddenSize) },
    { name: "squares", sizeBytes: hiddenSize * 4 },
    { name: "projected", sizeBytes: rows(Math.max(sizes.deltaNet.row, sizes.attention.row)) },
    { name: "convolved", sizeBytes: rows(sizes.convChannels) },
    { name: "mixed", sizeBytes: rows(Math.max(sizes.valueSize, sizes.querySize, hadamard ? hiddenSize : 0)) },
    { name: "gated", sizeBytes: rows(Math.max(sizes.valueSize, sizes.querySize)) },
    { name: "partial", sizeBytes: Math.max(splitRows * sizes.querySize * 4, rows(blocksRow(config))) },
    { name: "extent", sizeBytes: splitRows * attention.nHeads * 8 },
    { name: "gateUp", sizeBytes: rows(2 * intermediateSize) },
    { name: "swiglu", sizeBytes: rows(intermediateSize) },
    ...(experts
      ? ([
          { name: "routerLogits", sizeBytes: rows(sizes.routerRow) },
          { name: "routes", sizeBytes: chunk * experts.used * ROUTE_BYTES },
          { name: "expertInner", sizeBytes: rows(experts.used * experts.width) },
        ] as const)
      : []),
    { name: "folded", sizeBytes: foldedWidth(config) * 4 },
    { name: "signs", sizeBytes: Math.max(1, nSigns(config)) * 4 },
    { name: "logits", sizeBytes: (allLogits ? chunk : 1) * vocabSize * 4 },
    { name: "sampling", sizeBytes: SAMPLING_BYTES },
    { name: "seen", sizeBytes: vocabSize * 4 },
    { name: "blockBest", sizeBytes: Math.ceil(vocabSize / SAMPLE_BLOCK) * 8 },
  ];
}

export function allocateActivations(
  scope: MemoryScope,
  config: ModelConfig,
  chunk: number,
  nSegments: number,
  allLogits: boolean,
): Activations {
  const ranges = Object.fromEntries(
    activationSpecs(config, chunk, nSegments, allLogits).map(({ name, sizeBytes }) => [
      name,
      scope.storage({ layer: null, kind: "activations", name }, sizeBytes),
    ]),
  ) as Omit<Activations, "chunk">;
  const signs = signsOf(config);
  // Only of a folded model: Deno ends where nothing is written.
  if (signs.length > 0) scope.memory.device.queue.writeBuffer(ranges.signs.buffer, 0, signs);
  scope.memory.device.queue.writeBuffer(ranges.rotary.buffer, 0, rotaryTable(config.attention));
  return { chunk, ...ranges };
}
