import type { HeldCheckpoint, StoredState } from "../engine/runtime/state/reuse";

/**
 * Says how much of a prompt need not be read, from a plain list of all prefixes that were kept. It is told
 * what happens to a state, and is what the bookkeeping of `PrefixCache` is held against.
 */
export class ReuseOracle {
  /** By a name of its own. */
  readonly stored = new Map<string, StoredState>();
  /** Prefixes of `#cacheIds` that can be gone back to, as JSON. */
  readonly #inCache = new Set<string>();
  /** Tokens whose keys and values are live. */
  #cacheIds: number[] = [];
  /** Tokens in the recurrent state; null when nothing is known of it. */
  #liveLength: number | null = null;

  /** The length of the longest prefix of `ids` that was kept, `limit` tokens at most. */
  longestPrefix(ids: readonly number[], limit: number): number {
    let best = 0;
    const isPrefix = (prefix: readonly number[]) => prefix.every((id, i) => id === ids[i]);
    const consider = (prefix: readonly number[]) => {
      if (prefix.length <= limit && prefix.length > best && isPrefix(prefix)) best = prefix.length;
    };
    if (this.#liveLength !== null) consider(this.#cacheIds.slice(0, this.#liveLength));
    for (const key of this.#inCache) consider(JSON.parse(key) as number[]);
    for (const { ids: all, checkpoints } of this.stored.values())
      for (const { length } of checkpoints) consider(Array.from(all).slice(0, length));
    return best;
  }

  /**
   * The state went back to the first `length` of `ids`. What was restored from storage lies in the cache now,
   * with its checkpoints.
   *
   * @param checkpoints  those within the live keys and values
   */
  rewound(
    ids: readonly number[],
    length: number,
    checkpoints: readonly Pick<HeldCheckpoint, "length">[],
  ): void {
    const isCached =
      this.#cacheIds.length >= length && ids.slice(0, length).every((id, i) => id === this.#cacheIds[i]);
    if (!isCached) {
      // Rows that were restored behind the checkpoint are in storage still, where they are found.
      this.cut(0);
      this.#cacheIds = [...ids.slice(0, length)];
    }
    for (const { length: at } of checkpoints)
      if (at <= length) this.#inCache.add(JSON.stringify(ids.slice(0, at)));
    this.#liveLength = length;
  }

  /** Tokens from `length` on are written over. */
  cut(length: number): void {
    this.#cacheIds.length = length;
    for (const key of this.#inCache)
      if ((JSON.parse(key) as number[]).length > length) this.#inCache.delete(key);
  }

  /** These were read, or drawn and then read. */
  append(ids: readonly number[]): void {
    this.#cacheIds.push(...ids);
    this.#liveLength = this.#cacheIds.length;
  }

  /** The live state can be gone back to from now on. */
  checkpoint(): void {
    this.#inCache.add(JSON.stringify(this.#cacheIds.slice(0, this.#liveLength!)));
  }

  /** The page is loaded anew: memory is gone, storage is not. */
  restart(): void {
    this.#inCache.clear();
    this.#cacheIds = [];
    this.#liveLength = null;
  }
}
