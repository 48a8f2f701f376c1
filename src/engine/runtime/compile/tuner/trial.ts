import type { GpuRange, MemoryScope } from "../../../gpu/buffers";
import type { Gpu } from "../../../gpu/device";
import type { Dispatch } from "../../../gpu/kernel";
import type { PassTimer } from "../../../gpu/pass-timer";
import { readBack } from "../../../gpu/readback";
import { t, type Sentence } from "../../../../language/language";

/** No multiple of a row of anything, else all rows would be the same. */
const PATTERN_BYTES = 2 ** 20 - 4 * 37;

/** Work on made-up weights and inputs, to be tried with one kernel after another. */
export interface TrialSetup<Choice> {
  readonly nTokens: number;
  /** A timed pass takes about so long, in at most so many repeats. */
  readonly passMs: number;
  readonly mostRepeats: number;
  /** Largest difference from the baseline, against the root mean square of its outputs. */
  readonly tolerance: (choice: Choice) => number;
  /**
   * Makes the buffers. A choice may give the work several times over, each a list of dispatches; these take
   * turns, and differ in their weights only, so that caches do not hold them.
   */
  readonly prepare: (
    buffer: (name: string, sizeBytes: number) => GpuRange,
    scope: MemoryScope,
  ) => {
    readonly output: GpuRange;
    readonly dispatches: (choice: Choice) => Promise<readonly (readonly Dispatch[])[]>;
  };
}

export class Trial<Choice> {
  readonly #dispatches = new Map<Choice, Promise<readonly (readonly Dispatch[])[]>>();
  readonly #repeats = new Map<Choice, number>();

  private constructor(
    readonly gpu: Gpu,
    readonly timer: PassTimer,
    readonly setup: TrialSetup<Choice>,
    readonly scope: MemoryScope,
    readonly prepared: ReturnType<TrialSetup<Choice>["prepare"]>,
    readonly expected: Float32Array,
  ) {}

  static async create<Choice>(
    gpu: Gpu,
    timer: PassTimer,
    setup: TrialSetup<Choice>,
    baseline: Choice,
  ): Promise<Trial<Choice>> {
    const scope = gpu.memory.scope();
    const buffer = (name: string, sizeBytes: number) =>
      scope.storage({ layer: null, kind: "activations", name: `tuner ${name}` }, sizeBytes);
    try {
      const prepared = await gpu.memory.checked(t("the tuner"), () => setup.prepare(buffer, scope));
      const trial = new Trial(gpu, timer, setup, scope, prepared, new Float32Array());
      return new Trial(gpu, timer, setup, scope, prepared, await trial.#run(baseline));
    } catch (error) {
      scope.dispose();
      throw error;
    }
  }

  /** @returns what is wrong with the choice on this device, or `null` */
  async check(choice: Choice): Promise<Sentence | null> {
    const actual = await this.#run(choice);
    let squares = 0;
    let worst = 0;
    this.expected.forEach((value, i) => {
      squares += value * value;
      const error = Math.abs(actual[i]! - value);
      worst = error <= worst ? worst : Number.isNaN(error) ? Infinity : error;
    });
    const relative = worst / Math.sqrt(squares / this.expected.length);
    const most = this.setup.tolerance(choice);
    return relative <= most
      ? null
      : t("differs from the baseline by {relative}, at most {most}", {
          relative: relative.toExponential(1),
          most,
        });
  }

  /** @returns milliseconds of the work, once */
  async time(choice: Choice): Promise<number> {
    const { nTokens, passMs, mostRepeats } = this.setup;
    const works = await this.#of(choice);
    const inTurn = (length: number) => Array.from({ length }, (_, i) => works[i % works.length]!).flat();
    let repeats = this.#repeats.get(choice);
    if (repeats === undefined) {
      const onceMs = await this.timer.time(inTurn(2), nTokens);
      repeats = Math.max(1, Math.min(mostRepeats, Math.round((2 * passMs) / Math.max(onceMs, 1e-6))));
      this.#repeats.set(choice, repeats);
    }
    return (await this.timer.time(inTurn(repeats), nTokens)) / repeats;
  }

  dispose(): void {
    this.scope.dispose();
  }

  async #run(choice: Choice): Promise<Float32Array> {
    const { output } = this.prepared;
    const encoder = this.gpu.device.createCommandEncoder();
    encoder.clearBuffer(output.buffer); // an output that is not written must not pass as the one before
    this.gpu.device.queue.submit([encoder.finish()]);
    await this.timer.time((await this.#of(choice))[0]!, this.setup.nTokens);
    return new Float32Array(await readBack(this.gpu.memory, output));
  }

  #of(choice: Choice): Promise<readonly (readonly Dispatch[])[]> {
    let dispatches = this.#dispatches.get(choice);
    if (!dispatches) {
      dispatches = this.prepared.dispatches(choice);
      this.#dispatches.set(choice, dispatches);
    }
    return dispatches;
  }
}

/** Words that are small numbers whatever they are read as, f16 or f32: weights of any format. */
export const asWeights = (bits: number) => (bits & 0xbfffbfff) >>> 0;
/** f32 of 1 to 2, of either sign. */
export const asInputs = (bits: number) => 0x3f800000 | (bits >>> 9) | (bits << 31);

/** Fills a buffer with a pattern of pseudo-random words, each changed by `shape`. */
export function fill(
  { device }: Gpu,
  { buffer, sizeBytes }: GpuRange,
  shape: (bits: number) => number,
): void {
  let state = 1;
  const pattern = Uint32Array.from({ length: Math.min(PATTERN_BYTES, sizeBytes) / 4 }, () => {
    // Numerical Recipes' generator; its upper bits are the better ones
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return shape(Math.imul(state ^ (state >>> 15), 0x2c1b3c6d));
  });
  for (let at = 0; at < sizeBytes; at += pattern.byteLength) {
    device.queue.writeBuffer(buffer, at, pattern, 0, Math.min(pattern.byteLength, sizeBytes - at) / 4);
  }
}
