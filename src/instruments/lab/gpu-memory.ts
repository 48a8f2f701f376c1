import type { GpuRange, MemoryScope } from "../../engine/gpu/buffers";
import type { Gpu } from "../../engine/gpu/device";
import { encode, type Dispatch } from "../../engine/gpu/kernel";
import { readBack } from "../../engine/gpu/readback";
import { compileMemoryScore } from "../../engine/kernels/lab/memory-score";
import { compileMemoryStep } from "../../engine/kernels/lab/memory-step";
import { compileMemoryWindow } from "../../engine/kernels/lab/memory-window";
import { windowMatch, type Memory, type Pairs, type Question } from "./memory";
import { ruleIds } from "./report";
import { tokenKinds } from "./rules";

export interface MemoryKernels {
  readonly step: Awaited<ReturnType<typeof compileMemoryStep>>;
  readonly window: Awaited<ReturnType<typeof compileMemoryWindow>>;
  readonly score: Awaited<ReturnType<typeof compileMemoryScore>>;
}

export async function compileMemory({ compiler }: Gpu): Promise<MemoryKernels> {
  const [step, window, score] = await Promise.all([
    compileMemoryStep(compiler),
    compileMemoryWindow(compiler),
    compileMemoryScore(compiler),
  ]);
  return { step, window, score };
}

/** The lab's states on the GPU, all rules and trials in one dispatch. Everything lies in `scope`. */
export class GpuMemoryBank implements Memory {
  readonly #shared;
  readonly #state: GpuRange;
  readonly #o: GpuRange;
  readonly #besideWindow: GpuRange;
  readonly #scores: GpuRange;

  constructor(
    readonly gpu: Gpu,
    readonly scope: MemoryScope,
    readonly kernels: MemoryKernels,
    pairs: Pairs,
    gates: Float32Array<ArrayBuffer>,
  ) {
    const { nTrials, nTokens, keyDim, valueDim } = pairs;
    const nHeads = ruleIds.length * nTrials;
    const keys = this.#upload("keys", pairs.keys);
    this.#shared = {
      keys,
      queries: keys,
      values: this.#upload("values", pairs.values),
      kinds: this.#upload("kinds", pairs.kinds),
      gates: this.#upload("gates", gates),
      nHeads,
      nTrials,
      nKinds: tokenKinds.length,
      keyDim,
      valueDim,
      rowStride: nTokens,
    };
    this.#state = this.#empty("state", nHeads * keyDim * valueDim);
    this.#o = this.#empty("o", nHeads * nTokens * valueDim);
    this.#besideWindow = this.#empty("o beside the window", nHeads * nTokens * valueDim);
    this.#scores = this.#empty("scores", nHeads * nTokens * 4);
  }

  clear(): void {
    const encoder = this.gpu.device.createCommandEncoder();
    encoder.clearBuffer(this.#state.buffer);
    this.gpu.device.queue.submit([encoder.finish()]);
  }

  store(first: number, n: number): void {
    this.#submit([this.#step({ firstToken: first, nTokens: n, firstQuery: 0, nQueries: 0 })]);
  }

  async ask({ first, n, window, ...asked }: Question): Promise<Float32Array> {
    const queries = { ...this.#shared, firstQuery: first, nQueries: n };
    const list = [this.#step({ firstToken: 0, nTokens: 0, firstQuery: first, nQueries: n })];
    if (window) {
      const args = { ...queries, ...window, ...windowMatch, recalled: this.#o, o: this.#besideWindow };
      list.push(this.kernels.window(this.scope, "window", args));
    }
    const o = window ? this.#besideWindow : this.#o;
    list.push(this.kernels.score(this.scope, "score", { ...queries, ...asked, o, scores: this.#scores }));
    this.#submit(list);
    const sizeBytes = this.#shared.nHeads * n * 16;
    return new Float32Array(await readBack(this.gpu.memory, { ...this.#scores, sizeBytes }));
  }

  #step(args: { firstToken: number; nTokens: number; firstQuery: number; nQueries: number }): Dispatch {
    const all = { ...this.#shared, ...args, state: this.#state, o: this.#o };
    return this.kernels.step(this.scope, "step", all);
  }

  #submit(list: readonly Dispatch[]): void {
    const encoder = this.gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    encode(pass, list, 1);
    pass.end();
    this.gpu.device.queue.submit([encoder.finish()]);
  }

  #empty(name: string, length: number): GpuRange {
    return this.scope.storage({ layer: null, kind: "activations", name: `lab ${name}` }, length * 4);
  }

  #upload(name: string, data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): GpuRange {
    const range = this.#empty(name, data.length);
    this.gpu.device.queue.writeBuffer(range.buffer, 0, data);
    return range;
  }
}
