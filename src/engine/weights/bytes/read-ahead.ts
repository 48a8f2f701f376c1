import type { ByteSource } from "./byte-source";

/** A stored part whole: reads of less are slower (docs/benchmarks.md). */
const WINDOW_BYTES = 16 * 2 ** 20;
/** The one that is taken from, and the one that is on its way meanwhile. */
const WINDOWS = 2;

export interface ByteRange {
  readonly offset: number;
  readonly sizeBytes: number;
}

interface Window {
  /** [start, end) of the source: from the first to the last byte of it that is wanted. */
  readonly start: number;
  end: number;
}

/**
 * Reads the wanted ranges of a source from front to back in long stretches, ahead of what they are needed
 * for: tensors that are small, or cut small for the GPU, cost no read of their own. It holds two windows of
 * 16 MiB, in the same memory for the whole source where the source reads into what it is given.
 */
export class ReadAhead {
  readonly #windows: readonly Window[];
  /** Read or being read, the one that is taken from first. */
  readonly #held: { readonly window: Window; readonly bytes: Promise<Uint8Array<ArrayBuffer>> }[] = [];
  readonly #free: ArrayBuffer[] = [];
  #next = 0;

  /**
   * @param wanted by ascending offset; may overlap
   * @param during told of each read, to measure it
   */
  constructor(
    readonly source: ByteSource,
    wanted: Iterable<ByteRange>,
    readonly during: <T>(read: () => Promise<T>) => Promise<T> = (read) => read(),
    readonly windowBytes = WINDOW_BYTES,
  ) {
    this.#windows = windowsOf(wanted, windowBytes);
  }

  /**
   * Copies bytes [offset, offset + target.length) into `target`. They have to be wanted ones, and none before
   * what an earlier call took; one call at a time. Rejects as the source's reading does.
   */
  async into(target: Uint8Array, offset: number): Promise<void> {
    const end = offset + target.length;
    for (let at = offset; at < end;) {
      const { window, bytes } = await this.#windowAt(at);
      const stop = Math.min(end, window.end);
      target.set(bytes.subarray(at - window.start, stop - window.start), at - offset);
      at = stop;
    }
  }

  async #windowAt(position: number): Promise<{ window: Window; bytes: Uint8Array<ArrayBuffer> }> {
    for (;;) {
      this.#fill();
      const first = this.#held[0];
      if (!first || position < first.window.start)
        throw new RangeError(`Byte ${position} is not among those wanted, or was passed already.`);
      const bytes = await first.bytes;
      if (position < first.window.end) return { window: first.window, bytes };
      this.#held.shift();
      this.#free.push(bytes.buffer);
    }
  }

  #fill(): void {
    while (this.#held.length < WINDOWS && this.#next < this.#windows.length) {
      const window = this.#windows[this.#next++]!;
      const buffer = this.#free.pop() ?? new ArrayBuffer(this.windowBytes);
      const bytes = this.during(() => this.source.read(window.start, window.end - window.start, buffer));
      bytes.catch(() => undefined); // whoever takes from it hears of it
      this.#held.push({ window, bytes });
    }
  }
}

/** Cut at multiples of a length, where stored parts end too; without those that hold nothing wanted. */
function windowsOf(wanted: Iterable<ByteRange>, windowBytes: number): Window[] {
  const windows: Window[] = [];
  for (const { offset, sizeBytes } of wanted) {
    const end = offset + sizeBytes;
    for (let at = Math.max(offset, windows.at(-1)?.end ?? 0); at < end;) {
      const stop = Math.min(end, (Math.floor(at / windowBytes) + 1) * windowBytes);
      const last = windows.at(-1);
      if (last && Math.floor(last.start / windowBytes) === Math.floor(at / windowBytes)) last.end = stop;
      else windows.push({ start: at, end: stop });
      at = stop;
    }
  }
  return windows;
}
