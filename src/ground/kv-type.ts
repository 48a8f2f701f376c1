/** How keys and values lie in the cache: as halves, or as signed bytes with a scale, a half, for each 32 of them. */
export const kvTypes = ["f16", "q8"] as const;
export type KvType = (typeof kvTypes)[number];
