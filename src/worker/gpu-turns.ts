import { AppError, DeviceError, type WireError, toWireError, whatItSays } from "../ground/errors";
import { openGpu, type Gpu } from "../engine/gpu/device";
import { t } from "../language/language";

/** The time by which a failure of the GPU may come before the news that the device is lost. */
const LOST_NEWS_MS = 500;

/** The device, and whose turn it is there: what touches the GPU runs one after another. */
export class GpuTurns {
  readonly #onLost: (error: WireError) => void;
  #gpu: Promise<Gpu> | null = null;
  /** The last loss: also of a device that the work under way has opened itself. */
  #lastLoss: DeviceError | null = null;
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
            this.#lastLoss = error;
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
      const before = this.#lastLoss;
      try {
        return await work();
      } catch (error) {
        // Calls under way when the device goes fail by themselves, often before it says why.
        if (this.#gpu && this.#lastLoss === before && !(error instanceof AppError))
          await Promise.race([(await this.#gpu).lost, pause(LOST_NEWS_MS)]);
        const lost = this.#lastLoss;
        throw lost && lost !== before ? lost : asRefusal(error);
      }
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

/** WebGPU's own names of what a device, though it is not lost, did not do. */
const REFUSALS = ["OperationError", "GPUPipelineError"];

/** A call of WebGPU's that failed by itself, as an error for people; any other as it is. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof Error) || !REFUSALS.includes(error.name)) return error;
  return new DeviceError(
    "device-failed",
    t("The graphics card did not do what was asked: {reason}", { reason: whatItSays(error) }),
    {
      hint: t("Try again. If it happens often, restart the browser or update the graphics driver."),
      cause: error,
    },
  );
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
