/** Part of a start, in milliseconds from its beginning; parts overlap. */
export interface Stage {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** Notes when the parts of a start begin and end. */
export class StageClock {
  readonly #started = performance.now();
  readonly #stages: Stage[] = [];

  /** The parts that have ended, in the order they began. */
  get stages(): readonly Stage[] {
    return this.#stages.toSorted((a, b) => a.startMs - b.startMs);
  }

  async during<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    const startMs = performance.now() - this.#started;
    try {
      return await work();
    } finally {
      this.#stages.push({ name, startMs, endMs: performance.now() - this.#started });
    }
  }
}

/** Measures the time during which something was under way, however many of it at once. */
export class BusyTime {
  #nActive = 0;
  #since = 0;
  #ms = 0;

  get ms(): number {
    return this.#ms;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#nActive++ === 0) this.#since = performance.now();
    try {
      return await work();
    } finally {
      if (--this.#nActive === 0) this.#ms += performance.now() - this.#since;
    }
  }
}
