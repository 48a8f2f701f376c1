import type { KvType } from "../../../ground/kv-type";
import kvF16Store from "../../../../shaders/lib/kv/f16-store.wgsl?raw";
import kvF16 from "../../../../shaders/lib/kv/f16.wgsl?raw";
import kvQ8Store from "../../../../shaders/lib/kv/q8-store.wgsl?raw";
import kvQ8 from "../../../../shaders/lib/kv/q8.wgsl?raw";
import type { GpuRange } from "../../gpu/buffers";

/**
 * The type that was chosen, or else the one that takes half the memory and the reading, from the context on
 * at which these begin to count.
 */
export const kvTypeFor = (chosen: KvType | null | undefined, contextLength: number): KvType =>
  chosen ?? (contextLength >= 8192 ? "q8" : "f16");

/** Functions that read the cache, and those that store a row of it. */
export const kvReadFile: Readonly<Record<KvType, string>> = { f16: kvF16, q8: kvQ8 };
export const kvStoreFile: Readonly<Record<KvType, string>> = { f16: kvF16Store, q8: kvQ8Store };

/** Bytes of one kv head's key, or value, of one token; `headDim` is a multiple of 32. */
export function kvRowBytes(kvType: KvType, headDim: number): number {
  if (kvType === "f16") return headDim * 2;
  return headDim + Math.ceil(headDim / 128) * 8; // scales in units of four
}

/**
 * The part of a cache that a dispatch works on: tokens [firstToken, firstToken + capacity) of the sequence.
 */
export interface KvSegmentArgs {
  /** [capacity, nKvHeads] rows of {@link kvRowBytes} */
  readonly keys: GpuRange;
  readonly values: GpuRange;
  readonly firstToken: number;
  readonly capacity: number;
}

/** The place of a dispatch's splits among those of all segments. */
export interface SplitArgs {
  readonly nSplits: number;
  readonly firstSplit: number;
  readonly nAllSplits: number;
}
