import type { FinishReason } from "../../ground/answer";
import { DeviceError, ModelFormatError, PromptError } from "../../ground/errors";
import { counted, formatCount } from "../../ground/figures";
import type { MemoryScope } from "../gpu/buffers";
import type { Gpu } from "../gpu/device";
import { encode, type Dispatch } from "../gpu/kernel";
import { BLOCK_TOKENS } from "../kernels/delta-net/delta-rule-blocks";
import { TILE_TOKENS } from "../kernels/products/matmul";
import { greedySampling, packSampling, seenFlags, type SamplingValues } from "../kernels/sample";
import { halts, STEP_BYTES, unpackStep, writeStep, type Step } from "../kernels/step";
import { nCheckpoints as nCheckpointsIn } from "./shape/checkpoints";
import { GpuSequenceMemory } from "./state/gpu-sequence-memory";
import type { Model } from "./model";
import type { Mark, StoredState } from "./state/reuse";
import { PrefixCache, type Rewound, type StateToStore } from "./state/prefix-cache";
import type { PartKeeper } from "./state/sequence-memory";
import { t } from "../../language/language";

/** Decode steps given to the GPU before the first one's token is back. */
export const STEPS_IN_FLIGHT = 4;
/**
 * A submit should take the GPU about this long: short enough to stop, to show progress, and for the driver's
 * watchdog.
 */
const SUBMIT_TARGET_MS = 80;
/** A shorter chunk would take as long, for products come in tiles of this many tokens. */
const SHORTEST_CHUNK = TILE_TOKENS;
/**
 * Cut elsewhere, a prompt's blocks of the delta rule would differ with the device's speed, and its logits in
 * rounding.
 */
const wholeBlocks = (nTokens: number) =>
  Math.max(SHORTEST_CHUNK, Math.floor(nTokens / BLOCK_TOKENS) * BLOCK_TOKENS);
/** One slow step is not cut finer than this: each submit has a cost of its own. */
const MOST_SUBMITS = 32;

/** No text has one token so many times in a row: a model that draws it so often will not draw another. */
export const MOST_REPEATS = 256;

const STAGING_SLOT_BYTES = 32;
export const READBACK_BYTES = (STEPS_IN_FLIGHT + 1) * STAGING_SLOT_BYTES;

const finishOfHalt = {
  [halts.STOP_TOKEN]: "stop",
  [halts.LENGTH]: "length",
  [halts.CONTEXT_FULL]: "context-full",
} as const;

const noNumbers = () =>
  new ModelFormatError(t("The model computes no numbers: some of its weights are damaged, or infinite."), {
    hint: t("Have the file checked in the storage panel, load it again, or use another file of this model."),
  });

const lostNumbers = () =>
  new DeviceError("device-lost", t("The model computes no numbers any more."), {
    hint: t(
      "Load the model again. If it keeps happening, update the graphics driver, or have the model's file checked.",
    ),
  });

export interface ReadOptions {
  /** The whole prompt. What of it the state already holds, or storage, is not read again. */
  readonly ids: readonly number[];
  /** The positions at which checkpoints are taken, in any order. */
  readonly marks?: readonly Mark[];
  /** States in storage that this model can go on from. */
  readonly stored?: readonly StoredState[];
  readonly signal?: AbortSignal;
  readonly onRead?: (readTokens: number, reusedTokens: number) => void;
}

export interface AnswerOptions extends ReadOptions {
  /**
   * The prefix of `ids` that the next prompt will share: a checkpoint is taken there, or before the last
   * token if that is all of them, so that the same prompt can be answered again too.
   */
  readonly sharedPrefixLength: number;
  readonly sampling: SamplingValues;
  /** Each drawn id in order, a stop token excepted. */
  readonly onToken?: (id: number) => void;
}

export interface ReadSummary {
  readonly reusedTokens: number;
  /** Stored states that would have saved more reading. */
  readonly unusable: Rewound["unusable"];
  /** The stored state that was gone on from. */
  readonly from: Rewound["from"];
}

export interface AnswerSummary extends ReadSummary {
  readonly finish: FinishReason;
  readonly generatedTokens: number;
  /** To the first drawn token. */
  readonly prefillMs: number;
  /** From the first drawn token to the last. */
  readonly decodeMs: number;
}

export interface SessionOptions {
  /** The keeper that takes checkpoints which leave the GPU, and gives saved states back. */
  readonly keeper?: PartKeeper | undefined;
  /** GPU memory that the app plans with; a share of it is for checkpoints. */
  readonly budgetBytes?: number | undefined;
  /** So many checkpoints on the GPU, one at least, instead of what the budget gives. */
  readonly nCheckpoints?: number;
  /**
   * Decode steps given to the GPU before the first one's token is back: 1 is one by one, {@link
   * STEPS_IN_FLIGHT} the most.
   */
  readonly stepsInFlight?: number;
}

/**
 * One sequence on one model: reads prompts, draws answers, and remembers what the state holds. One call at a
 * time.
 */
export class Session {
  readonly #state: PrefixCache;
  #lists: {
    readonly of: Model["decode"];
    /** tokens → state */
    readonly read: readonly Dispatch[];
    /** The same for the last chunk of a prompt, and the first drawn token. */
    readonly readLast: readonly Dispatch[];
    /** The token drawn last → state, and the next one. */
    readonly draw: readonly Dispatch[];
  };
  readonly #stepsAhead: number;
  readonly #staging: GPUBuffer[];
  #nextStaging = 0;
  #stepsInFlight = 0;
  /** Tokens of the next chunk, adapted to the device while reading. */
  #chunk = SHORTEST_CHUNK;
  /** Length of the context when it was last adapted. */
  #chunkMeasuredAt = 0;
  /** When the chunk before was done, by `performance.now()`. */
  #chunkDoneAt = 0;
  /** Submits that a chunk, and a drawn token, are spread over: more than one where the device is slow. */
  #submitsPerChunk = 1;
  #submitsPerToken = 1;

  constructor(
    readonly gpu: Gpu,
    readonly model: Model,
    scope: MemoryScope,
    {
      keeper,
      budgetBytes,
      nCheckpoints = nCheckpointsIn(model.config, budgetBytes),
      stepsInFlight = STEPS_IN_FLIGHT,
    }: SessionOptions = {},
  ) {
    this.#stepsAhead = stepsInFlight;
    this.#lists = listsOf(model);
    this.#state = new PrefixCache(new GpuSequenceMemory(gpu, model, scope, nCheckpoints), keeper);
    this.#staging = Array.from({ length: STEPS_IN_FLIGHT + 1 }, () =>
      scope.create(
        { layer: null, kind: "staging", name: "drawn token" },
        STAGING_SLOT_BYTES,
        GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      ),
    );
  }

  /** Tokens of the context in use. */
  get length(): number {
    return this.#state.length;
  }

  /** The contents of the memory, and what of it is kept. */
  get state(): Pick<PrefixCache, "checkpoints" | "keptIds" | "bytesToSave" | "forgetStored"> {
    return this.#state;
  }

  /** Stores what is not stored yet of all that can be gone back to; see {@link PrefixCache.save}. */
  save(signal?: AbortSignal): Promise<StateToStore | null> {
    return this.#state.save(signal);
  }

  /** The tokens whose effect is in the state. */
  get heldIds(): readonly number[] {
    return this.#state.liveIds;
  }

  /** Steps given to the GPU whose tokens are not back yet. */
  get stepsInFlight(): number {
    return this.#stepsInFlight;
  }

  /**
   * Reads the prompt and draws an answer.
   *
   * @throws PromptError  "context-full" when the prompt alone does not fit
   */
  async answer(options: AnswerOptions): Promise<AnswerSummary> {
    this.#checkLength(options.ids);
    await this.#reserve(options.ids.length + STEPS_IN_FLIGHT); // also for what is brought back from storage
    return this.#forgettingOnError(() => this.#answer(options));
  }

  /**
   * Reads the prompt, takes a checkpoint at its end, and draws nothing: for a prefix of what will be asked.
   *
   * @returns whether all was read; not where it was stopped, and then a checkpoint was taken there
   */
  async read({
    ids,
    marks = [],
    stored,
    signal,
    onRead,
  }: ReadOptions): Promise<ReadSummary & { isWhole: boolean }> {
    this.#checkLength(ids);
    await this.#reserve(ids.length);
    return this.#forgettingOnError(async () => {
      const { length, ...rewound } = await this.#state.rewind(ids, ids.length, stored);
      onRead?.(length, length);
      const how = { marks, signal, draws: false };
      const isWhole = (await this.#read(ids, how, (read) => onRead?.(read, length))) !== null;
      if (isWhole) await this.#state.checkpoint("answer");
      return { ...rewound, reusedTokens: length, isWhole };
    });
  }

  #checkLength(ids: readonly number[]): void {
    const { capacity } = this.model;
    if (ids.length === 0) throw new RangeError("An empty prompt has nothing to answer.");
    if (ids.length > capacity) {
      throw new PromptError(
        "context-full",
        t("The conversation is {tokens} long; the context holds {capacity}.", {
          tokens: counted(ids.length, "token"),
          capacity: formatCount(capacity),
        }),
        {
          hint: t(
            "Start a new chat, load the model with a longer context, or shorten the system prompt if it is long.",
          ),
        },
      );
    }
  }

  /**
   * The GPU may be some steps ahead of an error; checkpoints still hold, for only what is behind them was
   * written.
   */
  async #forgettingOnError<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#state.forgetLive();
      throw error;
    }
  }

  async #answer({
    ids,
    marks = [],
    stored,
    sharedPrefixLength,
    sampling,
    signal,
    onRead,
    onToken,
  }: AnswerOptions): Promise<AnswerSummary> {
    const started = performance.now();
    const last = ids.length - 1; // one token is left to read, to draw from
    const { length: reusedTokens, ...rewound } = await this.#state.rewind(ids, last, stored);
    this.#writeSampling(ids, sampling);
    onRead?.(reusedTokens, reusedTokens);
    const places = [...marks, { position: Math.min(sharedPrefixLength, last), kind: "turn" } as const];
    const how = { marks: places, signal, draws: true };
    const first = await this.#read(ids, how, (read) => onRead?.(read, reusedTokens));
    if (!first?.drawn) {
      const prefillMs = performance.now() - started;
      return { ...rewound, reusedTokens, prefillMs, finish: "stopped", generatedTokens: 0, decodeMs: 0 };
    }
    const { finish, generatedTokens, firstAt } = await this.#draw(first.drawn, signal, onToken);
    return {
      ...rewound,
      reusedTokens,
      prefillMs: firstAt - started,
      finish,
      generatedTokens,
      decodeMs: performance.now() - firstAt,
    };
  }

  /** Runs every pipeline once, so that the driver's own first-use work is done before the first question. */
  async warmUp(): Promise<void> {
    this.#state.reset();
    await this.#state.rewind([], 0);
    this.#writeSampling([], { ...greedySampling, maxNewTokens: 2 });
    this.#writeStep(0, [0]);
    const read = this.#submitAndRead(this.#lists.readLast, 1, this.#submitsPerChunk);
    const drawn = this.#submitAndRead(this.#lists.draw, 1, this.#submitsPerToken);
    const [{ halt }] = await Promise.all([read, drawn]);
    this.#state.forgetLive();
    if (halt === halts.NO_NUMBERS) throw noNumbers();
  }

  /**
   * Gives back what the cache takes beyond its first room, or beyond `nTokens` tokens, of which the state is
   * kept.
   */
  async shrinkTo(nTokens: number): Promise<void> {
    if (this.model.room <= nTokens) return;
    this.#state.cutTo(nTokens);
    await this.model.shrinkTo(nTokens);
    await this.#reserve(nTokens); // the lists are others now
  }

  /** Gives back what a longer chat left, once that is most of it. */
  async #giveBack(nTokens: number): Promise<void> {
    if (this.model.room > 4 * nTokens) await this.model.shrinkTo(nTokens);
    await this.#reserve(nTokens);
  }

  /**
   * Makes room for so many tokens, as far as the context goes; the cache moves when it grows, and the lists
   * with it.
   */
  async #reserve(nTokens: number): Promise<void> {
    if (Math.min(nTokens, this.model.capacity) > this.model.room) await this.model.reserve(nTokens);
    if (this.#lists.of !== this.model.decode) this.#lists = listsOf(this.model);
  }

  /**
   * Reads the rest of `ids` in chunks, taking checkpoints on the way. While one chunk runs the next one waits
   * in the queue, so that the GPU does not stand still until the page has heard of its end.
   *
   * @returns null when it was stopped on the way; else the token that the last chunk drew, if it was to
   */
  async #read(
    ids: readonly number[],
    { marks, signal, draws }: { marks: readonly Mark[]; signal: AbortSignal | undefined; draws: boolean },
    onRead: (readTokens: number) => void,
  ): Promise<{ readonly drawn: Promise<Step> | null } | null> {
    const state = this.#state;
    const from = state.length;
    // Attention grows with the context: a length that was right behind a short one is found anew behind a far
    // longer one.
    if (from > 4 * Math.max(this.#chunkMeasuredAt, 1024)) this.#chunk = SHORTEST_CHUNK;
    const inOrder = marks.toSorted((a, b) => a.position - b.position);
    if (from < ids.length) {
      state.cut(); // what lies behind is written over from here on
      await this.#giveBack(ids.length + STEPS_IN_FLIGHT);
    }
    let running = Promise.resolve();
    for (let at = from; at < ids.length;) {
      if (signal?.aborted) {
        // a stopped reading goes on from here, also another day
        if (at > from) await state.checkpoint("turn");
        await running;
        return null;
      }
      const next = inOrder.find(({ position }) => position > at)?.position ?? ids.length;
      const bound = Math.min(next, ids.length);
      const nTokens = Math.min(this.#chunk, this.model.activations.chunk, bound - at);
      const tokens = ids.slice(at, at + nTokens);
      this.#writeStep(at, tokens);
      if (draws && at + nTokens === ids.length) {
        const drawn = this.#submitAndRead(this.#lists.readLast, nTokens, this.#submitsPerChunk);
        state.append(tokens);
        await running;
        onRead(ids.length);
        return { drawn };
      }
      const before = running;
      this.#submit(this.#lists.read, nTokens, this.#submitsPerChunk);
      state.append(tokens);
      at += nTokens;
      for (const { position, kind } of inOrder) if (position === at) await state.checkpoint(kind);
      const end = at;
      running = this.#timeChunk(nTokens, end).then(() => onRead(end));
      running.catch(() => undefined); // awaited below; storing a checkpoint may fail first
      // Where one chunk alone takes long, a second one in the queue would only make Stop wait.
      await (this.#submitsPerChunk > 1 ? running : before);
    }
    await running;
    return { drawn: null };
  }

  /**
   * Adapts to what the chunk that was submitted last took, once it is done: from when the one before it was,
   * if that was later.
   */
  async #timeChunk(nTokens: number, end: number): Promise<void> {
    const submittedAt = performance.now();
    await this.gpu.device.queue.onSubmittedWorkDone();
    const doneAt = performance.now();
    this.#adaptChunk(nTokens, doneAt - Math.max(submittedAt, this.#chunkDoneAt));
    this.#chunkDoneAt = doneAt;
    this.#chunkMeasuredAt = end;
  }

  /** Decode: keeps steps in flight on the GPU, each fed by the one before it there. */
  async #draw(first: Promise<Step>, signal: AbortSignal | undefined, onToken: AnswerOptions["onToken"]) {
    const inFlight = [first];
    const drawn: number[] = [];
    let needed = this.#state.length;
    let repeats = 0;
    let finish: AnswerSummary["finish"] | null = null;
    let shown = 0;
    let firstAt = 0;
    const runAhead = async () => {
      while (finish === null && !signal?.aborted && inFlight.length < this.#stepsAhead) {
        needed++;
        if (needed > this.model.room) await this.#reserve(needed);
        inFlight.push(this.#submitAndRead(this.#lists.draw, 1, this.#submitsPerToken));
      }
    };
    try {
      await runAhead();
      while (inFlight.length > 0) {
        const waiting = performance.now();
        const { token, halt } = await inFlight.shift()!;
        firstAt ||= performance.now();
        this.#submitsPerToken = submitsFor(performance.now() - waiting);
        if (halt === halts.NO_NUMBERS) throw lostNumbers();
        // Computed after an end that the GPU knew of: changed nothing.
        if (finish !== null && finish !== "stopped" && finish !== "repeats") continue;
        if (finish === null && signal?.aborted) finish = "stopped";
        repeats = token === drawn.at(-1) ? repeats + 1 : 1;
        drawn.push(token);
        const ended = finishOfHalt[halt as keyof typeof finishOfHalt];
        if (finish === null && ended !== "stop") {
          shown++;
          onToken?.(token);
        }
        if (ended && finish === null) finish = ended;
        else if (finish === null && repeats === MOST_REPEATS) finish = "repeats";
        // ended from here, and the model ended in the tokens behind: the rest changed nothing
        else if (ended) break;
        await runAhead();
      }
    } finally {
      await Promise.allSettled(inFlight);
    }
    this.#state.append(drawn.slice(0, -1)); // the last one was drawn, not read
    return { finish: finish ?? "stopped", generatedTokens: shown, firstAt };
  }

  /**
   * Longer chunks while they stay under the target, then more submits for a chunk where even the shortest
   * does not.
   */
  #adaptChunk(nTokens: number, elapsedMs: number): void {
    this.#submitsPerChunk = submitsFor(elapsedMs);
    if (nTokens < this.#chunk && elapsedMs < SUBMIT_TARGET_MS) return; // a short one says little
    const ideal = (nTokens * SUBMIT_TARGET_MS) / Math.max(elapsedMs, 0.1);
    this.#chunk = wholeBlocks(Math.min(2 * nTokens, ideal, this.model.activations.chunk));
  }

  #writeStep(kvLength: number, tokens: readonly number[]): void {
    const { activations, capacity } = this.model;
    const { queue } = this.gpu.device;
    queue.writeBuffer(activations.tokens.buffer, 0, Uint32Array.from(tokens));
    writeStep(queue, activations.step, { kvLength, nTokens: tokens.length, capacity });
  }

  #writeSampling(ids: readonly number[], sampling: SamplingValues): void {
    const { activations, config } = this.model;
    const seen = new Uint32Array(config.vocabSize);
    for (const id of ids) seen[id] = seenFlags.SEEN;
    this.gpu.device.queue.writeBuffer(activations.seen.buffer, 0, seen);
    this.gpu.device.queue.writeBuffer(activations.sampling.buffer, 0, packSampling(sampling));
  }

  /**
   * Encodes and submits a list in `nSubmits` parts, the queue running one after another; nothing is made per
   * dispatch.
   */
  #submit(
    list: readonly Dispatch[],
    nTokens: number,
    nSubmits: number,
    copyTo: GPUBuffer | null = null,
  ): void {
    const { device } = this.gpu;
    const perSubmit = Math.ceil(list.length / nSubmits);
    for (let first = 0; first < list.length; first += perSubmit) {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      encode(pass, list, nTokens, first, Math.min(list.length, first + perSubmit));
      pass.end();
      if (copyTo && first + perSubmit >= list.length) {
        encoder.copyBufferToBuffer(this.model.activations.step.buffer, 0, copyTo, 0, STEP_BYTES);
      }
      device.queue.submit([encoder.finish()]);
    }
  }

  /** The step that a list leaves. */
  #submitAndRead(list: readonly Dispatch[], nTokens: number, nSubmits: number): Promise<Step> {
    const staging = this.#staging[this.#nextStaging]!;
    this.#nextStaging = (this.#nextStaging + 1) % this.#staging.length;
    this.#submit(list, nTokens, nSubmits, staging);
    this.#stepsInFlight++;
    const step = readStep(staging).finally(() => this.#stepsInFlight--);
    step.catch(() => undefined); // whoever awaits it may meet the failure of one before first
    return step;
  }
}

function listsOf({ prefill, decode, sample }: Model) {
  return {
    of: decode,
    read: prefill.layers,
    readLast: [...prefill.layers, ...prefill.head, ...sample],
    draw: [...decode.layers, ...decode.head, ...sample],
  };
}

/** Submits to spread work over that took so long, so that each stays near the target. */
const submitsFor = (elapsedMs: number) =>
  Math.min(MOST_SUBMITS, Math.max(1, Math.ceil(elapsedMs / SUBMIT_TARGET_MS)));

async function readStep(staging: GPUBuffer): Promise<Step> {
  await staging.mapAsync(GPUMapMode.READ);
  const step = unpackStep(staging.getMappedRange());
  staging.unmap();
  return step;
}
