import type { KvSegmentArgs } from "../../kernels/attention/kv-type";

/** Keys and values of consecutive tokens of one layer. */
export type KvSegment = KvSegmentArgs;

/**
 * A layer's keys and values, a token's behind those of the token before: any stretch of tokens is a stretch
 * of bytes.
 */
export interface KvCache {
  readonly kind: "full";
  /** In order, each beginning where the one before ends. */
  readonly segments: readonly KvSegment[];
  /** The bytes of a token's keys, and again of its values. */
  readonly bytesPerToken: number;
}

/** Bytes of a buffer, to be copied from or to; both a multiple of 4. */
export interface KvRange {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  readonly sizeBytes: number;
}

/**
 * The ranges of the keys and values of tokens [from, to) of one layer: the keys' bytes in order, then the
 * values'. Joined, they are the same bytes however the cache is cut into segments, and belong to the same
 * tokens in any other cache of that type.
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
