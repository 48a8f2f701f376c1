import type { ModelConfig } from "../../weights/config/model-config";
import type { KvType } from "../../../ground/kv-type";
import { kvRowBytes } from "../../kernels/attention/kv-type";

/**
 * Columns of the activations of one token, in f32 values, and of the state. All follow from the
 * configuration.
 */
export interface Sizes {
  /** q | k | v of the convolution. */
  readonly convChannels: number;
  /** DeltaNet's value heads together. */
  readonly valueSize: number;
  /** Columns of a DeltaNet layer's projected row: qkv | z | b | a. */
  readonly deltaNet: { readonly row: number; readonly z: number; readonly b: number; readonly a: number };
  /** Columns of an attention layer's projected row: (query | gate) per head | keys | values. */
  readonly attention: { readonly row: number; readonly k: number; readonly v: number };
  /** Columns of a row of the router's logits, the shared expert's gate behind them; 0 of a dense model. */
  readonly routerRow: number;
  /** Query heads together. */
  readonly querySize: number;
  /** Widest row of any activation that exists once per token of a chunk. */
  readonly widest: number;
  readonly recurrentBytesPerLayer: number;
  readonly convBytesPerLayer: number;
}

export function sizesOf(config: ModelConfig): Sizes {
  const { attention, deltaNet, hiddenSize, intermediateSize } = config;
  const { nKeyHeads, nValueHeads, keyDim, valueDim } = deltaNet;
  const valueSize = nValueHeads * valueDim;
  const convChannels = 2 * nKeyHeads * keyDim + valueSize;
  const querySize = attention.nHeads * attention.headDim;
  const kvSize = attention.nKvHeads * attention.headDim;
  const z = convChannels;
  const b = z + valueSize;
  const a = b + nValueHeads;
  const deltaRow = Math.ceil((a + nValueHeads) / 4) * 4;
  const { experts } = config;
  const routerRow = experts ? Math.ceil((experts.count + 1) / 4) * 4 : 0;
  const chosenRow = experts ? experts.used * experts.width : 0;
  const attentionRow = 2 * querySize + 2 * kvSize;
  return {
    convChannels,
    valueSize,
    deltaNet: { row: deltaRow, z, b, a },
    attention: { row: attentionRow, k: 2 * querySize, v: 2 * querySize + kvSize },
    routerRow,
    querySize,
    widest: Math.max(hiddenSize, deltaRow, attentionRow, 2 * intermediateSize, routerRow, chosenRow),
    recurrentBytesPerLayer: nValueHeads * keyDim * valueDim * 4,
    convBytesPerLayer: 4 * convChannels * 4,
  };
}

/** Tokens of a segment of the cache at most: its keys, and its values, fill a binding. */
export const segmentTokens = (config: ModelConfig, kvType: KvType, maxBindingBytes: number): number =>
  Math.max(1, Math.floor(maxBindingBytes / kvBytesPerToken(config, kvType)));

/** Bytes of one layer's keys, and again of its values, of one token. */
export const kvBytesPerToken = ({ attention }: ModelConfig, kvType: KvType): number =>
  attention.nKvHeads * kvRowBytes(kvType, attention.headDim);
