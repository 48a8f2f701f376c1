import { AppError, type WireError, toWireError } from "../ground/errors";
import { openGpu, type Gpu } from "../engine/gpu/device";

/** The time by which a failure of the GPU may come before the news that the device is lost. */
const LOST_NEWS_MS = 500;

/** The device, and whose turn it is there: what touches the GPU runs one after another. */
export class GpuTurns {
  readonly #onLost: (error: WireError) => void;
  #gpu: Promise<Gpu> | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  /** Ends the idle work that is under way or waits. */
  #idleWork = new AbortController();

  constructor(onLost: (error: WireError) => void) {
    this.#onLost = onLost;
  }

  /** The device, opened by the first who asks, and anew once it was lost. */
  async device(): Promise<Gpu> {
    if (!this.#gpu) {
      const opening = openGpu(navigator.gpu);
      this.#gpu = opening;
      opening.then(
        (gpu) =>
          void gpu.lost.then((error) => {
            this.#gpu = null;
            this.#onLost(toWireError(error));
          }),
        () => (this.#gpu = null),
      );
    }
    return this.#gpu;
  }

  /** The device if it is open. */
  async opened(): Promise<Gpu | null> {
    return this.#gpu;
  }

  /** Runs `work` after everything asked for before it, of which idle work ends at once. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.endIdleWork();
    return this.#afterOthers(work);
  }

  /** Runs idle work in its turn: any later call that needs the GPU ends it by the signal it is given. */
  whenIdle<T>(work: (ended: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#idleWork;
    return this.#afterOthers(() => work(signal));
  }

  endIdleWork(): void {
    this.#idleWork.abort();
    this.#idleWork = new AbortController();
  }

  /** A device that was lost meanwhile is what the failure of `work` says. */
  #afterOthers<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(async () => {
      const gpu = this.#gpu;
      try {
        return await work();
      } catch (error) {
        // Calls under way when the device goes fail by themselves, often before it says why.
        if (gpu && !(error instanceof AppError)) await Promise.race([(await gpu).lost, pause(LOST_NEWS_MS)]);
        if (gpu && gpu !== this.#gpu) throw await (await gpu).lost;
        throw error;
      }
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
