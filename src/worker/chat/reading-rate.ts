/** A rate is that of the last seconds: behind a longer context a token takes longer to read. */
const WINDOW_MS = 4000;
/** Over less time the rate says little. */
const SHORTEST_MS = 250;

/** Tokens read per second, over a window that moves along. */
export class ReadingRate {
  readonly #marks: { readonly at: number; readonly tokens: number }[] = [];

  /** @param tokens read so far. @returns tokens per second, `null` while it can not be told */
  add(tokens: number, now = performance.now()): number | null {
    this.#marks.push({ at: now, tokens });
    // One mark older than the window stays, so that slow chunks have a beginning.
    while (this.#marks.length > 2 && now - this.#marks[1]!.at > WINDOW_MS) this.#marks.shift();
    const first = this.#marks[0]!;
    const elapsedMs = now - first.at;
    return elapsedMs < SHORTEST_MS || tokens <= first.tokens
      ? null
      : ((tokens - first.tokens) * 1000) / elapsedMs;
  }
}
