import type { MemoryScope } from "./buffers";
import type { Gpu } from "./device";
import { encode, type Dispatch } from "./kernel";

const STAMP_BYTES = 8;
const EMPTY_SUBMITS = 8;

/**
 * Times one compute pass: by the GPU's own timestamps where the device has them, else by the wall clock
 * around the queue's completion, less what an empty submit takes.
 */
export class PassTimer {
  readonly source: "timestamps" | "wall clock";
  readonly #stamps: {
    readonly set: GPUQuerySet;
    readonly resolved: GPUBuffer;
    readonly staging: GPUBuffer;
  } | null;
  /** Nanoseconds that divide every timestamp seen: browsers round to about 100 µs. */
  #quantumNs = 0n;
  #emptyMs = 0;
  #spreadMs = 0;

  private constructor(
    readonly gpu: Gpu,
    scope: MemoryScope,
  ) {
    this.source = gpu.hasTimestamps ? "timestamps" : "wall clock";
    const buffer = (name: string, usage: GPUBufferUsageFlags) =>
      scope.create({ layer: null, kind: "staging", name }, 2 * STAMP_BYTES, usage);
    this.#stamps = gpu.hasTimestamps
      ? {
          set: gpu.device.createQuerySet({ type: "timestamp", count: 2 }),
          resolved: buffer("timestamps", GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC),
          staging: buffer("timestamps read back", GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST),
        }
      : null;
  }

  static async create(gpu: Gpu, scope: MemoryScope): Promise<PassTimer> {
    const timer = new PassTimer(gpu, scope);
    if (timer.source === "wall clock") await timer.#measureEmpty();
    return timer;
  }

  /** The difference of two times that means nothing. */
  get resolutionMs(): number {
    return this.source === "timestamps" ? Number(this.#quantumNs) / 1e6 : this.#spreadMs;
  }

  /**
   * Runs `dispatches` in one pass of a step of `nTokens`. @returns milliseconds, 0 where it is too short to
   * see
   */
  async time(dispatches: readonly Dispatch[], nTokens = 1): Promise<number> {
    if (!this.#stamps) return Math.max(0, (await this.#wallMs(dispatches, nTokens)) - this.#emptyMs);
    const { set, resolved, staging } = this.#stamps;
    const encoder = this.gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass({
      timestampWrites: { querySet: set, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
    });
    encode(pass, dispatches, nTokens);
    pass.end();
    encoder.resolveQuerySet(set, 0, 2, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, staging, 0, 2 * STAMP_BYTES);
    this.gpu.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const [begin, end] = new BigUint64Array(staging.getMappedRange().slice(0)) as unknown as [bigint, bigint];
    staging.unmap();
    for (const stamp of [begin, end]) this.#quantumNs = greatestCommonDivisor(this.#quantumNs, stamp);
    return Math.max(0, Number(end - begin) / 1e6);
  }

  dispose(): void {
    this.#stamps?.set.destroy();
  }

  async #measureEmpty(): Promise<void> {
    const times: number[] = [];
    for (let i = 0; i < EMPTY_SUBMITS; i++) times.push(await this.#wallMs([], 1));
    times.sort((a, b) => a - b);
    this.#emptyMs = times[EMPTY_SUBMITS / 2]!;
    this.#spreadMs = times.at(-1)! - times[0]!;
  }

  async #wallMs(dispatches: readonly Dispatch[], nTokens: number): Promise<number> {
    const started = performance.now();
    const encoder = this.gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    encode(pass, dispatches, nTokens);
    pass.end();
    this.gpu.device.queue.submit([encoder.finish()]);
    await this.gpu.device.queue.onSubmittedWorkDone();
    return performance.now() - started;
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
