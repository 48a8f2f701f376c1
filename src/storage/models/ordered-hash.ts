import type { SectionHash } from "./section-hash";

interface Arrival {
  readonly bytes: Uint8Array;
  readonly hashed: () => void;
}

interface OrderedHashOptions {
  readonly hash: SectionHash;
  readonly nParts: number;
  /** The first part that did not go into `hash` yet. */
  readonly firstPart: number;
  /** Returns whether the part is on its way; if not, it lies in the store. */
  readonly isComing: (index: number) => boolean;
  /** Pieces of a part that lies in the store. */
  readonly readPart: (index: number) => AsyncIterable<Uint8Array>;
  /** Keeps how far it is. */
  readonly save: (parts: number) => Promise<void>;
}

/** Hashes parts in the order of the file, in whatever order they come. */
export class OrderedHash {
  readonly #options: OrderedHashOptions;
  readonly #arrivals = new Map<number, Arrival>();
  #wake: (() => void) | undefined;

  constructor(options: OrderedHashOptions) {
    this.#options = options;
  }

  /** @returns when the part's bytes went into the hash, so that their memory is free again */
  add(index: number, bytes: Uint8Array): Promise<void> {
    return new Promise((hashed) => {
      this.#arrivals.set(index, { bytes, hashed });
      this.#wake?.();
    });
  }

  /**
   * Hashes until all parts went in. @throws WrongHashError, what `readPart` or `save` throws, and `signal`'s
   * reason
   */
  async run(signal: AbortSignal): Promise<void> {
    const { hash, firstPart, nParts, isComing, readPart, save } = this.#options;
    for (let index = firstPart; index < nParts; index++) {
      if (isComing(index)) {
        const { bytes, hashed } = await this.#arrival(index, signal);
        hash.update(bytes);
        hashed();
      } else {
        for await (const bytes of readPart(index)) {
          signal.throwIfAborted();
          hash.update(bytes);
        }
      }
      await save(index + 1);
    }
  }

  async #arrival(index: number, signal: AbortSignal): Promise<Arrival> {
    const stop = () => this.#wake?.();
    signal.addEventListener("abort", stop);
    try {
      for (;;) {
        signal.throwIfAborted();
        const arrival = this.#arrivals.get(index);
        if (arrival) {
          this.#arrivals.delete(index);
          return arrival;
        }
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }
}
