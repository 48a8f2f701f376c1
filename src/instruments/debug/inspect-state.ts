import type { SamplingControls } from "../../ground/sampling";
import { CancelledError } from "../../ground/errors";
import type { GpuRange, MemoryScope } from "../../engine/gpu/buffers";
import type { Gpu } from "../../engine/gpu/device";
import { encode } from "../../engine/gpu/kernel";
import { readBack } from "../../engine/gpu/readback";
import { writeStep } from "../../engine/kernels/step";
import type { LoadedWeights } from "../../engine/runtime/load";
import { buildModel, type Model } from "../../engine/runtime/model";
import type { StoredState } from "../../engine/runtime/state/reuse";
import { Session } from "../../engine/runtime/session";
import type { PartKeeper } from "../../engine/runtime/state/sequence-memory";
import { kvRanges, type KvCache } from "../../engine/runtime/state/kv-cache";
import { clearRecurrent } from "../../engine/runtime/state/layer-state";
import { highest, lookingQueries, lookOf, scoreKeys, type AttentionLook } from "./attention-look";
import { cachedKeys } from "./cached-keys";
import { samplingSteps } from "./sampling-steps";
import { captureOf, encodeCopies, TRACE_VALUES, type Capture, type CapturePart } from "./state-capture";
import { t } from "../../language/language";

/**
 * So many of a conversation's last tokens are read one by one, or the whole answer where that is longer, but
 * not more than so many.
 */
export const LEAST_TRACED = 128;
export const MOST_TRACED = 1024;
/** Candidates that are told of each drawn token, besides the one that was drawn. */
const N_CANDIDATES = 10;
/** Keys are read back in parts of so many bytes. */
const KEY_PART_BYTES = 2 ** 22;

export interface StateTrace {
  readonly nTokens: number;
  /** The first token that was traced. */
  readonly firstTraced: number;
  readonly linear: readonly {
    readonly layer: number;
    readonly nHeads: number;
    /**
     * [traced token, head, (alpha, beta, |delta|, |S|)]: decay, write strength, what was written, and the
     * state after it.
     */
    readonly values: Float32Array;
  }[];
  /** The last token's look in each attention layer. */
  readonly full: readonly ({ readonly layer: number } & AttentionLook)[];
  /** The states after the last token, each f32 [head, valueDim, keyDim]. */
  readonly matrices: {
    readonly nHeads: number;
    readonly valueDim: number;
    readonly keyDim: number;
    readonly layers: readonly { readonly layer: number; readonly values: Float32Array }[];
  };
  /**
   * The tokens that could have been drawn instead of each traced one; `null` where it was not drawn, and for
   * the first one.
   */
  readonly candidates: readonly (readonly TokenCandidate[] | null)[];
}

export interface TokenCandidate {
  readonly id: number;
  /** After each step of sampling. */
  readonly probabilities: readonly number[];
}

export interface InspectOptions {
  /** Up to the last token that is traced. */
  readonly ids: readonly number[];
  /** Tokens of the prompt: those behind it were drawn. */
  readonly promptLength: number;
  readonly sampling: SamplingControls;
  /** States in storage that this model can go on from, and where their parts are. */
  readonly stored?: readonly StoredState[];
  readonly keeper?: PartKeeper | undefined;
  readonly onRead: (readTokens: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Reads a conversation again, on a state of its own, and notes what it does to that: nothing of what is
 * loaded changes, and all that is made for it is given back.
 *
 * @throws OutOfMemoryError  when there is no room for a second context
 * @throws CancelledError    when `signal` aborts
 */
export async function inspectState(
  gpu: Gpu,
  loaded: LoadedWeights,
  options: InspectOptions,
): Promise<StateTrace> {
  const { config, weights } = loaded;
  // Token by token: what is traced lies between two tokens, and blocks have nothing there.
  const kernels = { ...loaded.kernels, tunedDeltaRule: null };
  const { ids, onRead, signal } = options;
  const scope = gpu.memory.scope();
  try {
    const model = await gpu.memory.checked(t("a second context to look into"), () =>
      buildModel(gpu, scope, config, weights, kernels, { capacity: ids.length }),
    );
    const firstTraced = firstTracedOf(ids.length, options.promptLength);
    await readUntraced(gpu, model, scope, ids.slice(0, firstTraced), options);
    // Reading may have given back keys and values' room, and made the lists anew.
    await gpu.memory.checked(t("a second context to look into"), () => model.reserve(ids.length));
    const capture = await captureOf(gpu.compiler, scope, model);
    const reader = new Reader(gpu, model, firstTraced > 0);
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
      full: await attentionOf(gpu, capture, model, options),
      matrices: await matricesOf(gpu, capture, model),
      candidates,
    };
  } finally {
    scope.dispose();
  }
}

/**
 * One token before the answer, where that is near enough: what could have been drawn is known behind a token
 * that was traced.
 */
export function firstTracedOf(nTokens: number, promptLength: number): number {
  const wanted = Math.min(promptLength - 1, nTokens - LEAST_TRACED);
  return Math.max(0, wanted, nTokens - MOST_TRACED);
}

/**
 * Reads what stands before the traced tokens, from the longest stored prefix on; a session knows how long a
 * chunk the device takes.
 */
async function readUntraced(
  gpu: Gpu,
  model: Model,
  scope: MemoryScope,
  ids: readonly number[],
  { keeper, stored = [], onRead, signal }: InspectOptions,
): Promise<void> {
  if (ids.length === 0) return;
  // Nothing is gone back to: what comes from storage takes one checkpoint, and is still stored when the one
  // at the end takes its place.
  const session = new Session(gpu, model, scope, { keeper, nCheckpoints: 1 });
  const { isWhole } = await session.read({ ids, stored, signal, onRead });
  if (!isWhole) throw new CancelledError();
}

/** Runs captured lists on a scratch model. */
class Reader {
  #isCleared: boolean;

  /** @param isCleared  its state holds what is wanted, or nothing; else it is emptied first */
  constructor(
    readonly gpu: Gpu,
    readonly model: Model,
    isCleared: boolean,
  ) {
    this.#isCleared = isCleared;
  }

  async read(parts: readonly CapturePart[], tokens: readonly number[], position: number): Promise<void> {
    const { device } = this.gpu;
    const { activations, capacity, state } = this.model;
    device.queue.writeBuffer(activations.tokens.buffer, 0, Uint32Array.from(tokens));
    writeStep(device.queue, activations.step, { kvLength: position, nTokens: tokens.length, capacity });
    const encoder = device.createCommandEncoder();
    if (!this.#isCleared) clearRecurrent(encoder, state);
    this.#isCleared = true;
    for (const { dispatches, copies } of parts) {
      const pass = encoder.beginComputePass();
      encode(pass, dispatches, tokens.length);
      pass.end();
      encodeCopies(encoder, copies);
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

/**
 * By the keys that lie in the scratch cache, read back in parts: a conversation may be as long as the
 * context.
 */
async function attentionOf(
  gpu: Gpu,
  { full }: Capture,
  { config, kvType, state }: Model,
  { ids, signal }: InspectOptions,
): Promise<StateTrace["full"]> {
  const { nHeads, headDim } = config.attention;
  const layers: StateTrace["full"][number][] = [];
  for (const { layer, norms, queries } of full) {
    const [normValues, queryValues] = (await readAll(gpu, [norms, queries])) as [Float32Array, Float32Array];
    const looking = lookingQueries(queryValues, normValues.subarray(0, headDim), config, ids.length - 1);
    const scores = new Float32Array(nHeads * ids.length);
    const cache = state[layer] as KvCache; // captured where keys are stored
    const partTokens = Math.max(1, Math.floor(KEY_PART_BYTES / cache.bytesPerToken));
    for (let at = 0; at < ids.length; at += partTokens) {
      if (signal.aborted) throw new CancelledError();
      const ranges = kvRanges(cache, at, Math.min(ids.length, at + partTokens));
      let firstToken = at;
      for (const range of ranges.slice(0, ranges.length / 2)) {
        const keys = cachedKeys(await readBack(gpu.memory, range), kvType, headDim);
        scoreKeys(scores, looking, keys, firstToken, config);
        firstToken += range.sizeBytes / cache.bytesPerToken;
      }
    }
    layers.push({ layer, ...lookOf(scores, nHeads) });
  }
  return layers;
}

/** The kernel's order is [head, keyDim / 4, valueDim, 4]. */
async function matricesOf(gpu: Gpu, { linear }: Capture, { config }: Model): Promise<StateTrace["matrices"]> {
  const { nValueHeads: nHeads, valueDim, keyDim } = config.deltaNet;
  const layers: StateTrace["matrices"]["layers"][number][] = [];
  for (const { layer, state } of linear) {
    const kept = floats(await readBack(gpu.memory, state));
    const values = new Float32Array(nHeads * valueDim * keyDim);
    for (let head = 0; head < nHeads; head++)
      for (let key = 0; key < keyDim; key++)
        for (let row = 0; row < valueDim; row++)
          values[(head * valueDim + row) * keyDim + key] =
            kept[((head * keyDim) / 4 + (key >> 2)) * valueDim * 4 + row * 4 + (key & 3)]!;
    layers.push({ layer, values });
  }
  return { nHeads, valueDim, keyDim, layers };
}

const floats = (bytes: ArrayBuffer) => new Float32Array(bytes);

async function readAll(gpu: Gpu, ranges: readonly GpuRange[]): Promise<Float32Array[]> {
  return Promise.all(ranges.map(async (range) => floats(await readBack(gpu.memory, range))));
}
