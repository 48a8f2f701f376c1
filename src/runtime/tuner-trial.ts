import type { GpuRange, MemoryScope } from "../gpu/buffers";
import type { Gpu } from "../gpu/device";
import type { Dispatch } from "../gpu/kernel";
import type { PassTimer } from "../gpu/pass-timer";
import { readBack } from "../gpu/readback";
import { compileMatmul } from "../kernels/matmul";
import { layoutOf, SPAN_WEIGHTS } from "../kernels/weight-format";
import { STEP_BYTES } from "./activations";
import type { ProductShape } from "./tuner";
import type { MatmulChoice } from "./tuner-candidates";

/** Tokens of the trial's step: a chunk as it usually is. */
const N_TOKENS = 256;
/** A pass is as long as makes a clock of 100 µs tell 1 % apart. */
const PASS_MS = 10;
const MOST_REPEATS = 50;
const PATTERN_BYTES = 2 ** 20;

/** Largest difference from the baseline, against the root mean square of its outputs. */
const TOLERANCE = { f32: 1e-4, f16: 5e-3, int8: 5e-2 } as const;

/** One product of a given shape on made-up weights and inputs, to be tried with one kernel after another. */
export class TrialProduct {
  readonly #dispatches = new Map<MatmulChoice, Promise<Dispatch>>();
  readonly #repeats = new Map<MatmulChoice, number>();

  private constructor(
    readonly gpu: Gpu,
    readonly timer: PassTimer,
    readonly shape: ProductShape,
    readonly scope: MemoryScope,
    readonly buffers: Readonly<Record<"step" | "weight" | "x" | "y", GpuRange>>,
    readonly expected: Float32Array,
  ) {}

  static async create(
    gpu: Gpu,
    timer: PassTimer,
    shape: ProductShape,
    baseline: MatmulChoice,
  ): Promise<TrialProduct> {
    const { format, nRows, k } = shape;
    const scope = gpu.memory.scope();
    const buffer = (name: string, sizeBytes: number) =>
      scope.storage({ layer: null, kind: "activations", name: `tuner ${name}` }, sizeBytes);
    try {
      const buffers = await gpu.memory.checked("the tuner", () => ({
        step: buffer("step", STEP_BYTES),
        weight: buffer("weight", layoutOf(format, (nRows * k) / SPAN_WEIGHTS).sizeBytes),
        x: buffer("x", N_TOKENS * k * 4),
        y: buffer("y", N_TOKENS * nRows * 4),
      }));
      gpu.device.queue.writeBuffer(buffers.step.buffer, 0, Uint32Array.of(0, 0, N_TOKENS, 0, 0, 0, 0));
      fill(gpu, buffers.weight, (bits) => (bits & 0xbfffbfff) >>> 0); // as f16 or f32, whatever the format: below 2
      fill(gpu, buffers.x, (bits) => 0x3f800000 | (bits >>> 9) | (bits << 31)); // 1 to 2, of either sign
      const trial = new TrialProduct(gpu, timer, shape, scope, buffers, new Float32Array());
      return new TrialProduct(gpu, timer, shape, scope, buffers, await trial.#run(baseline));
    } catch (error) {
      scope.dispose();
      throw error;
    }
  }

  /** @returns what is wrong with the choice on this device, or `null` */
  async check(choice: MatmulChoice): Promise<string | null> {
    const actual = await this.#run(choice);
    let squares = 0;
    let worst = 0;
    this.expected.forEach((value, i) => {
      squares += value * value;
      const error = Math.abs(actual[i]! - value);
      worst = error <= worst ? worst : Number.isNaN(error) ? Infinity : error;
    });
    const relative = worst / Math.sqrt(squares / this.expected.length);
    const most = TOLERANCE[choice.arithmetic === "f32" ? "f16" : choice.arithmetic];
    return relative <= most
      ? null
      : `differs from the baseline by ${relative.toExponential(1)}, at most ${most}`;
  }

  /** @returns milliseconds of one product */
  async time(choice: MatmulChoice): Promise<number> {
    const dispatch = await this.#dispatch(choice);
    let repeats = this.#repeats.get(choice);
    if (repeats === undefined) {
      const onceMs = await this.timer.time([dispatch, dispatch], N_TOKENS);
      repeats = Math.max(1, Math.min(MOST_REPEATS, Math.round((2 * PASS_MS) / Math.max(onceMs, 1e-6))));
      this.#repeats.set(choice, repeats);
    }
    const list = Array.from({ length: repeats }, () => dispatch);
    return (await this.timer.time(list, N_TOKENS)) / repeats;
  }

  dispose(): void {
    this.scope.dispose();
  }

  async #run(choice: MatmulChoice): Promise<Float32Array> {
    const encoder = this.gpu.device.createCommandEncoder();
    encoder.clearBuffer(this.buffers.y.buffer); // an output that is not written must not pass as the one before
    this.gpu.device.queue.submit([encoder.finish()]);
    await this.timer.time([await this.#dispatch(choice)], N_TOKENS);
    return new Float32Array(await readBack(this.gpu.memory, this.buffers.y));
  }

  #dispatch(choice: MatmulChoice): Promise<Dispatch> {
    let dispatch = this.#dispatches.get(choice);
    if (!dispatch) {
      const { format, nRows, k } = this.shape;
      dispatch = compileMatmul(this.gpu.compiler, { format, residual: false, ...choice }).then((matmul) =>
        matmul(this.scope, "tuner", { ...this.buffers, nRows, k, firstRow: 0, nOutputs: nRows }),
      );
      this.#dispatches.set(choice, dispatch);
    }
    return dispatch;
  }
}

/** Fills a buffer with a pattern of pseudo-random words, each changed by `shape`. */
function fill({ device }: Gpu, { buffer, sizeBytes }: GpuRange, shape: (bits: number) => number): void {
  let state = 1;
  const pattern = Uint32Array.from({ length: Math.min(PATTERN_BYTES, sizeBytes) / 4 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0; // Numerical Recipes' generator; its upper bits are the better ones
    return shape(Math.imul(state ^ (state >>> 15), 0x2c1b3c6d));
  });
  for (let at = 0; at < sizeBytes; at += pattern.byteLength) {
    device.queue.writeBuffer(buffer, at, pattern, 0, Math.min(pattern.byteLength, sizeBytes - at) / 4);
  }
}
