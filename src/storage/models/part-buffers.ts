/** The memory that parts are filled in: a few buffers, used again and again (docs/benchmarks.md). */
export class PartBuffers {
  readonly #partBytes: number;
  #toMake: number;
  readonly #free: Uint8Array<ArrayBuffer>[] = [];
  readonly #waiting: ((buffer: Uint8Array<ArrayBuffer>) => void)[] = [];

  /** Makes up to `count` buffers, each when it is first needed. */
  constructor(partBytes: number, count: number) {
    this.#partBytes = partBytes;
    this.#toMake = count;
  }

  /** Waits until one is free. @throws `signal`'s reason when it aborts before */
  async take(signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    signal.throwIfAborted();
    const free = this.#free.pop();
    if (free) return free;
    if (this.#toMake > 0) {
      this.#toMake--;
      return new Uint8Array(this.#partBytes);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      signal.addEventListener("abort", () => reject(signal.reason as Error));
    });
  }

  give(buffer: Uint8Array<ArrayBuffer>): void {
    const next = this.#waiting.shift();
    if (next) next(buffer);
    else this.#free.push(buffer);
  }
}
