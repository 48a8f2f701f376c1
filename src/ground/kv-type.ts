/**
 * The layouts of keys and values in the cache: halves, or signed bytes with a scale, a half, for each 32 of
 * them.
 */
export const kvTypes = ["f16", "q8"] as const;
export type KvType = (typeof kvTypes)[number];
