import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { KvSegmentArgs, KvType } from "../kernels/kv-type";
import type { ModelConfig } from "../weights/config";
import { kvBytesPerToken, sizesOf } from "./sizes";

export interface DeltaNetState {
  readonly kind: "linear";
  /** f32 [nValueHeads, keyDim / 4, valueDim, 4] */
  readonly recurrent: GpuRange;
  /** f32 [4, convChannels], slot = token & 3 */
  readonly ring: GpuRange;
}

/** Keys and values of consecutive tokens of one layer. */
export type KvSegment = KvSegmentArgs;

/** A layer's keys and values, a token's behind those of the token before: any stretch of tokens is a stretch of bytes. */
export interface KvCache {
  readonly kind: "full";
  /** In order, each beginning where the one before ends. */
  readonly segments: readonly KvSegment[];
  /** Of a token's keys, and again of its values. */
  readonly bytesPerToken: number;
}

/** Bytes of a buffer, to be copied from or to; both a multiple of 4. */
export interface KvRange {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly sizeBytes: number;
}

export type LayerState = DeltaNetState | KvCache;

/** What a model remembers of its sequence. KV is cut by setting a length; the rest only by {@link copyRecurrent}. */
export function allocateState(
  scope: MemoryScope,
  config: ModelConfig,
  kvType: KvType,
  capacity: number,
): readonly LayerState[] {
  const sizes = sizesOf(config);
  return config.layerKinds.map((kind, layer): LayerState => {
    if (kind === "full") {
      const bytesPerToken = kvBytesPerToken(config, kvType);
      const allocate = (name: string) =>
        scope.storage({ layer, kind: "KV cache", name }, capacity * bytesPerToken);
      const segment = { firstToken: 0, capacity, keys: allocate("keys"), values: allocate("values") };
      return { kind, segments: [segment], bytesPerToken };
    }
    return allocateRecurrent(scope, layer, "recurrent state", "convolution state", sizes);
  });
}

/** Room for one copy of everything that can not be cut back. */
export function allocateCheckpoint(
  scope: MemoryScope,
  config: ModelConfig,
): readonly (DeltaNetState | null)[] {
  const sizes = sizesOf(config);
  return config.layerKinds.map((kind, layer) =>
    kind === "linear" ? allocateRecurrent(scope, layer, "checkpoints", "checkpoints", sizes) : null,
  );
}

function allocateRecurrent(
  scope: MemoryScope,
  layer: number,
  recurrentKind: "recurrent state" | "checkpoints",
  ringKind: "convolution state" | "checkpoints",
  sizes: ReturnType<typeof sizesOf>,
): DeltaNetState {
  return {
    kind: "linear",
    recurrent: scope.storage(
      { layer, kind: recurrentKind, name: "recurrent state" },
      sizes.recurrentBytesPerLayer,
    ),
    ring: scope.storage({ layer, kind: ringKind, name: "convolution ring" }, sizes.convBytesPerLayer),
  };
}

/** Encodes the copy of every recurrent and convolution state; to take a checkpoint and to go back to one. */
export function copyRecurrent(
  encoder: GPUCommandEncoder,
  from: readonly (LayerState | null)[],
  to: readonly (LayerState | null)[],
): void {
  from.forEach((source, i) => {
    const target = to[i];
    if (source?.kind !== "linear" || target?.kind !== "linear") return;
    for (const part of ["recurrent", "ring"] as const) {
      encoder.copyBufferToBuffer(source[part].buffer, 0, target[part].buffer, 0, source[part].sizeBytes);
    }
  });
}

/** Encodes the state of an empty sequence. KV needs nothing: its length is 0. */
export function clearRecurrent(encoder: GPUCommandEncoder, state: readonly LayerState[]): void {
  for (const layer of state) {
    if (layer.kind !== "linear") continue;
    encoder.clearBuffer(layer.recurrent.buffer);
    encoder.clearBuffer(layer.ring.buffer);
  }
}

/**
 * Where the keys and values of tokens [from, to) of one layer lie: the keys' bytes in order, then the values'. Joined, they are the
 * same bytes however the cache is cut into segments, and belong to the same tokens in any other cache of that type.
 */
export function kvRanges({ segments, bytesPerToken }: KvCache, from: number, to: number): readonly KvRange[] {
  const held = segments.reduce((sum, { capacity }) => sum + capacity, 0);
  if (from < 0 || to < from || to > held) {
    throw new RangeError(`Tokens ${from} to ${to} of a cache that has room for ${held}.`);
  }
  return (["keys", "values"] as const).flatMap((part) =>
    segments.flatMap((segment) => {
      const first = Math.max(from, segment.firstToken) - segment.firstToken;
      const end = Math.min(to - segment.firstToken, segment.capacity);
      if (first >= end) return [];
      const { buffer, offset } = segment[part];
      return [
        {
          buffer,
          offset: offset + first * bytesPerToken,
          sizeBytes: (end - first) * bytesPerToken,
        },
      ];
    }),
  );
}
