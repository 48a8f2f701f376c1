import type { FetchProgress, ModelId } from "../rpc/protocol/model";

const reportEveryMs = 100;
// Long enough that the figure stands still, short enough that it follows the network.
const rateOverMs = 5000;

/** Tells the page how far a transfer is, a few times a second, and how fast it is. */
export class TransferReporter {
  readonly #id: ModelId;
  readonly #tell: ((progress: FetchProgress) => void) | undefined;
  #totalBytes = 0;
  #receivedBytes: number | undefined;
  #isRetrying = false;
  #isWaiting = false;
  #toldAt = -Infinity;
  /** The bytes that had come at times of the last seconds, the oldest first. */
  #samples: { readonly at: number; readonly bytes: number }[] = [];

  constructor(id: ModelId, tell: ((progress: FetchProgress) => void) | undefined) {
    this.#id = id;
    this.#tell = tell;
  }

  /** Another tab is storing the file. */
  readonly waiting = (): void => {
    this.#isWaiting = true;
    this.#report(true);
  };

  begin(totalBytes: number): void {
    this.#totalBytes = totalBytes;
    this.#isWaiting = false;
    this.#report(true);
  }

  received(bytes: number): void {
    this.#receivedBytes = bytes;
    this.#report(bytes === this.#totalBytes);
  }

  readonly retrying = (isRetrying: boolean): void => {
    this.#isRetrying = isRetrying;
    this.#report(true);
  };

  #report(isDue: boolean): void {
    const now = performance.now();
    if (!isDue && now - this.#toldAt < reportEveryMs) return;
    this.#toldAt = now;
    this.#tell?.({
      id: this.#id,
      receivedBytes: this.#receivedBytes ?? 0,
      totalBytes: this.#totalBytes,
      bytesPerSecond: this.#rate(now),
      isRetrying: this.#isRetrying,
      isWaiting: this.#isWaiting,
    });
  }

  /**
   * The rate of what came since the first bytes, without what was there before; null until it can be told.
   */
  #rate(now: number): number | null {
    if (this.#receivedBytes === undefined) return null;
    this.#samples.push({ at: now, bytes: this.#receivedBytes });
    while (this.#samples.length > 2 && now - this.#samples[1]!.at > rateOverMs) this.#samples.shift();
    const { at, bytes } = this.#samples[0]!;
    return now - at < 2 * reportEveryMs ? null : ((this.#receivedBytes - bytes) / (now - at)) * 1000;
  }
}
