import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { ModelConfig } from "../../weights/config/model-config";
import type { KvType } from "../../../ground/kv-type";
import type { KvCache } from "./kv-cache";
import { allocateSegments, type GrowingCache } from "./kv-room";
import { kvBytesPerToken, sizesOf } from "../shape/sizes";

export interface DeltaNetState {
  readonly kind: "linear";
  /** f32 [nValueHeads, keyDim / 4, valueDim, 4] */
  readonly recurrent: GpuRange;
  /** f32 [4, convChannels], slot = token & 3 */
  readonly ring: GpuRange;
}

export type LayerState = DeltaNetState | KvCache;

export type GrowingState = DeltaNetState | GrowingCache;

/** A model as the memory of its sequence sees it. */
export interface StatefulModel {
  readonly config: ModelConfig;
  readonly state: readonly LayerState[];
  readonly kvType: KvType;
  /** Tokens the context may hold. */
  readonly capacity: number;
}

export interface KvOptions {
  readonly kvType: KvType;
  /** Tokens to begin with. */
  readonly room: number;
  /** Tokens of a segment at most. */
  readonly segmentTokens: number;
}

/**
 * Allocates a model's memory of its sequence. KV is cut by setting a length; the rest only by {@link
 * copyRecurrent}.
 */
export function allocateState(
  scope: MemoryScope,
  config: ModelConfig,
  { kvType, room, segmentTokens }: KvOptions,
): readonly GrowingState[] {
  const sizes = sizesOf(config);
  return config.layerKinds.map((kind, layer): GrowingState => {
    if (kind === "full") {
      const bytesPerToken = kvBytesPerToken(config, kvType);
      const segments = allocateSegments(scope, layer, bytesPerToken, room, segmentTokens);
      return { kind, layer, segments, bytesPerToken };
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
