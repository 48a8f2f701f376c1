import { counted } from "../../../ground/figures";
import type { Gpu } from "../../gpu/device";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import { kvRanges, type KvCache, type KvSegment } from "./kv-cache";
import { t } from "../../../language/language";

/** Tokens that a cache, and each further segment, begins with. */
export const FIRST_ROOM = 1024;

/** The capacities of the segments that hold `nTokens`: all but the last are full. */
export function segmentSizes(nTokens: number, segmentTokens: number): readonly number[] {
  const nFull = Math.floor(nTokens / segmentTokens);
  const rest = nTokens - nFull * segmentTokens;
  return [...Array.from({ length: nFull }, () => segmentTokens), ...(rest > 0 ? [rest] : [])];
}

/**
 * Tokens to make room for so that `needed` fit: the last segment is doubled until it is as long as a binding,
 * then the next one begins small.
 */
export function grownRoom(room: number, needed: number, segmentTokens: number, limit: number): number {
  let grown = room;
  while (grown < needed) {
    const inLast = grown % segmentTokens;
    grown += inLast === 0 ? Math.min(FIRST_ROOM, segmentTokens) : Math.min(inLast, segmentTokens - inLast);
  }
  return Math.min(grown, limit);
}

/**
 * Bytes that one more layer takes while its last segment moves to a larger one, at most, on the way to
 * `limit` tokens: the old keys and values live until they are copied.
 */
export function growthBytes(limit: number, segmentTokens: number, bytesPerToken: number): number {
  let room = Math.min(FIRST_ROOM, limit);
  let moved = 0;
  while (room < limit) {
    moved = Math.max(moved, room % segmentTokens);
    room = grownRoom(room, room + 1, segmentTokens, limit);
  }
  return 2 * moved * bytesPerToken;
}

/** A layer's cache, of which this module alone changes the segments. */
export interface GrowingCache extends KvCache {
  readonly layer: number;
  segments: readonly KvSegment[];
}

/** Allocates segments for `nTokens` tokens of one layer. */
export function allocateSegments(
  scope: MemoryScope,
  layer: number,
  bytesPerToken: number,
  nTokens: number,
  segmentTokens: number,
): readonly KvSegment[] {
  return segmentSizes(nTokens, segmentTokens).map((capacity, i) => ({
    firstToken: i * segmentTokens,
    capacity,
    keys: allocatePart(scope, layer, "keys", capacity * bytesPerToken),
    values: allocatePart(scope, layer, "values", capacity * bytesPerToken),
  }));
}

const allocatePart = (scope: MemoryScope, layer: number, name: string, sizeBytes: number): GpuRange =>
  scope.storage({ layer, kind: "KV cache", name }, sizeBytes);

/**
 * Gives one layer room for `nTokens`, and keeps its first `keep` tokens. Segments whose size stays are not
 * touched; the others are copied and given back.
 *
 * @throws OutOfMemoryError  when the device refuses a segment; the cache is then as it was
 */
export async function resizeCache(
  gpu: Gpu,
  scope: MemoryScope,
  cache: GrowingCache,
  nTokens: number,
  keep: number,
  segmentTokens: number,
): Promise<void> {
  const before = cache.segments;
  const sizes = segmentSizes(nTokens, segmentTokens);
  const kept = before.filter(({ capacity }, i) => capacity === sizes[i]);
  const made: KvSegment[] = [];
  const allocate = () => {
    for (const [i, capacity] of sizes.entries()) {
      if (before[i]?.capacity === capacity) continue;
      made.push({
        firstToken: i * segmentTokens,
        capacity,
        keys: allocatePart(scope, cache.layer, "keys", capacity * cache.bytesPerToken),
        values: allocatePart(scope, cache.layer, "values", capacity * cache.bytesPerToken),
      });
    }
  };
  try {
    await gpu.memory.checked(t("{tokens} of context", { tokens: counted(nTokens, "token") }), allocate);
  } catch (error) {
    for (const segment of made) release(scope, segment);
    throw error;
  }
  const after = [...kept, ...made].sort((a, b) => a.firstToken - b.firstToken);
  const encoder = gpu.device.createCommandEncoder();
  for (const segment of made) {
    const end = Math.min(keep, segment.firstToken + segment.capacity);
    if (end <= segment.firstToken) continue;
    const from = kvRanges(cache, segment.firstToken, end);
    const to = kvRanges({ ...cache, segments: after }, segment.firstToken, end);
    from.forEach((source, i) => {
      const { buffer, offset } = to[i]!; // segments of both begin at the same tokens
      encoder.copyBufferToBuffer(source.buffer, source.offset, buffer, offset, source.sizeBytes);
    });
  }
  gpu.device.queue.submit([encoder.finish()]);
  cache.segments = after;
  for (const segment of before) if (!kept.includes(segment)) release(scope, segment);
  // then the memory is really given back, before the next layer asks for more
  await gpu.device.queue.onSubmittedWorkDone();
}

function release(scope: MemoryScope, { keys, values }: KvSegment): void {
  scope.release(keys.buffer);
  scope.release(values.buffer);
}
