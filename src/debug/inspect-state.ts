import { CancelledError } from "../errors";
import type { GpuRange } from "../gpu/buffers";
import type { Gpu } from "../gpu/device";
import { encode } from "../gpu/kernel";
import { readBack } from "../gpu/readback";
import type { LoadedWeights } from "../runtime/load";
import { buildModel, type Model } from "../runtime/model";
import { clearRecurrent } from "../runtime/state";
import { attentionWeights } from "./attention-weights";
import { samplingSteps, type StepSettings } from "./sampling-steps";
import { captureOf, encodeCopies, TRACE_VALUES, type Capture, type CapturePart } from "./state-capture";

/** The last tokens of a conversation that are read one by one. */
export const MOST_TRACED = 128;
/** Keys of longer conversations are not captured: 4 MiB a layer is enough. */
export const MOST_KEYS = 2048;
/** Candidates that are told of each drawn token, besides the one that was drawn. */
const N_CANDIDATES = 10;
/** Others are read in chunks of so many. */
const CHUNK = 32;

export interface StateTrace {
  readonly nTokens: number;
  /** The first token that was traced. */
  readonly firstTraced: number;
  readonly linear: readonly {
    readonly layer: number;
    readonly nHeads: number;
    /** [traced token, head, (alpha, beta, |delta|, |S|)]: decay, write strength, what was written, and the state after it. */
    readonly values: Float32Array;
  }[];
  /** How much the last token looks at each position, [head, position]; empty for a conversation that is too long. */
  readonly full: readonly {
    readonly layer: number;
    readonly nHeads: number;
    readonly weights: Float32Array;
  }[];
  /** The state after the last token, [head, valueDim, keyDim]. */
  readonly matrix: {
    readonly layer: number;
    readonly nHeads: number;
    readonly valueDim: number;
    readonly keyDim: number;
    readonly values: Float32Array;
  };
  /** Of each traced token, those that could have been drawn instead; `null` where it was not drawn. */
  readonly candidates: readonly (readonly TokenCandidate[] | null)[];
}

export interface TokenCandidate {
  readonly id: number;
  /** After each step of sampling. */
  readonly probabilities: readonly number[];
}

export interface InspectOptions {
  readonly ids: readonly number[];
  /** Tokens of the prompt: those behind it were drawn. */
  readonly promptLength: number;
  readonly sampling: StepSettings;
  /** Whose state is given whole; of a model without such a layer, none. */
  readonly matrixLayer: number;
  readonly onRead: (readTokens: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Reads a conversation again, on a state of its own, and notes what it does to that: nothing of what is loaded changes, and all
 * that is made for it is given back.
 *
 * @throws OutOfMemoryError  when there is no room for a second context
 * @throws CancelledError    when `signal` aborts
 */
export async function inspectState(
  gpu: Gpu,
  loaded: LoadedWeights,
  options: InspectOptions,
): Promise<StateTrace> {
  const { config, weights, kernels } = loaded;
  const { ids, onRead, signal } = options;
  const scope = gpu.memory.scope();
  try {
    const nKeys = ids.length <= MOST_KEYS ? ids.length : 0;
    const model = await gpu.memory.checked("a second context to look into", () =>
      buildModel(gpu, scope, config, weights, kernels, { capacity: ids.length }),
    );
    const capture = await captureOf(gpu.compiler, scope, model, nKeys);
    const reader = new Reader(gpu, model);
    const firstTraced = Math.max(0, ids.length - MOST_TRACED);
    for (let at = 0; at < firstTraced; at += CHUNK) {
      if (signal.aborted) throw new CancelledError();
      await reader.read(capture.read, ids.slice(at, Math.min(firstTraced, at + CHUNK)), at);
      onRead(Math.min(firstTraced, at + CHUNK));
    }
    const nTraced = ids.length - firstTraced;
    const traces = capture.linear.map(
      () => new Float32Array(nTraced * config.deltaNet.nValueHeads * TRACE_VALUES),
    );
    const candidates: StateTrace["candidates"][number][] = [];
    let logits: Float32Array | null = null;
    for (let at = firstTraced; at < ids.length; at++) {
      if (signal.aborted) throw new CancelledError();
      candidates.push(logits && candidatesOf(logits, at, options));
      await reader.read(capture.trace, [ids[at]!], at);
      const values = await readAll(
        gpu,
        capture.linear.map(({ trace }) => trace),
      );
      values.forEach((value, i) => traces[i]!.set(value, (at - firstTraced) * value.length));
      logits = at + 1 >= options.promptLength ? await reader.logits() : null;
      onRead(at + 1);
    }
    return {
      nTokens: ids.length,
      firstTraced,
      linear: capture.linear.map(({ layer }, i) => ({
        layer,
        nHeads: config.deltaNet.nValueHeads,
        values: traces[i]!,
      })),
      full: nKeys > 0 ? await attentionOf(gpu, capture, model) : [],
      matrix: await matrixOf(gpu, capture, model, options.matrixLayer),
      candidates,
    };
  } finally {
    scope.dispose();
  }
}

/** Runs captured lists on a scratch model. */
class Reader {
  #isClear = false;
  constructor(
    readonly gpu: Gpu,
    readonly model: Model,
  ) {}

  async read(parts: readonly CapturePart[], tokens: readonly number[], position: number): Promise<void> {
    const { device } = this.gpu;
    const { activations, capacity, state } = this.model;
    device.queue.writeBuffer(activations.tokens.buffer, 0, Uint32Array.from(tokens));
    const step = Uint32Array.of(position, position, tokens.length, 0, 0, capacity, 0);
    device.queue.writeBuffer(activations.step.buffer, 0, step);
    const encoder = device.createCommandEncoder();
    if (!this.#isClear) clearRecurrent(encoder, state);
    this.#isClear = true;
    for (const { dispatches, copies } of parts) {
      const pass = encoder.beginComputePass();
      encode(pass, dispatches, tokens.length);
      pass.end();
      encodeCopies(encoder, copies, position, tokens.length);
    }
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
  }

  /** After the token read last. */
  async logits(): Promise<Float32Array> {
    const { device, memory } = this.gpu;
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    encode(pass, this.model.prefill.head, 1);
    pass.end();
    device.queue.submit([encoder.finish()]);
    const { activations, config } = this.model;
    return floats(await readBack(memory, { ...activations.logits, sizeBytes: config.vocabSize * 4 }));
  }
}

function candidatesOf(
  logits: Float32Array,
  at: number,
  { ids, promptLength, sampling }: InspectOptions,
): readonly TokenCandidate[] {
  const prompt = new Set(ids.slice(0, promptLength));
  const generated = new Set(ids.slice(promptLength, at));
  const steps = samplingSteps(logits, sampling, prompt, generated);
  const best = highest(steps[0]!, N_CANDIDATES);
  const shown = best.includes(ids[at]!) ? best : [...best, ids[at]!];
  return shown.map((id) => ({ id, probabilities: steps.map((step) => step[id]!) }));
}

/** The ids of the largest values, in order. */
function highest(values: Float64Array, count: number): number[] {
  const least = values.toSorted().at(-count)!;
  const ids: number[] = [];
  values.forEach((value, id) => {
    if (value >= least) ids.push(id);
  });
  return ids.sort((a, b) => values[b]! - values[a]!).slice(0, count);
}

async function attentionOf(gpu: Gpu, { full }: Capture, { config }: Model): Promise<StateTrace["full"]> {
  const layers: StateTrace["full"][number][] = [];
  for (const { layer, norms, keys, queries } of full) {
    const [normValues, keyValues, queryValues] = (await readAll(gpu, [norms, keys, queries])) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const captured = { norms: normValues, keys: keyValues, queries: queryValues };
    layers.push({ layer, nHeads: config.attention.nHeads, weights: attentionWeights(captured, config) });
  }
  return layers;
}

/** The kernel's order is [head, keyDim / 4, valueDim, 4]. */
async function matrixOf(
  gpu: Gpu,
  { linear }: Capture,
  { config }: Model,
  wanted: number,
): Promise<StateTrace["matrix"]> {
  const { nValueHeads: nHeads, valueDim, keyDim } = config.deltaNet;
  const found = linear.find(({ layer }) => layer === wanted) ?? linear[0]!;
  const state = floats(await readBack(gpu.memory, found.state));
  const values = new Float32Array(nHeads * valueDim * keyDim);
  for (let head = 0; head < nHeads; head++)
    for (let key = 0; key < keyDim; key++)
      for (let row = 0; row < valueDim; row++)
        values[(head * valueDim + row) * keyDim + key] =
          state[((head * keyDim) / 4 + (key >> 2)) * valueDim * 4 + row * 4 + (key & 3)]!;
  return { layer: found.layer, nHeads, valueDim, keyDim, values };
}

const floats = (bytes: ArrayBuffer) => new Float32Array(bytes);

async function readAll(gpu: Gpu, ranges: readonly GpuRange[]): Promise<Float32Array[]> {
  return Promise.all(ranges.map(async (range) => floats(await readBack(gpu.memory, range))));
}
