import { PromptError } from "../errors";
import type { MemoryScope } from "../gpu/buffers";
import type { Gpu } from "../gpu/device";
import { encode, type Dispatch } from "../gpu/kernel";
import { TILE_TOKENS } from "../kernels/matmul";
import { packSampling, type SamplingValues } from "../kernels/sample";
import { STEP_BYTES } from "./activations";
import { Checkpoints, isPrefix } from "./checkpoints";
import type { Model } from "./model";
import { clearRecurrent } from "./state";

/** Decode steps given to the GPU before the first one's token is back. */
export const STEPS_IN_FLIGHT = 4;
/** A submit should take the GPU about this long: short enough to stop, to show progress, and for the driver's watchdog. */
const SUBMIT_TARGET_MS = 80;
/** A shorter chunk would take as long, for products come in tiles of this many tokens. */
const SHORTEST_CHUNK = TILE_TOKENS;
/** One slow step is not cut finer than this: each submit has a cost of its own. */
const MOST_SUBMITS = 32;

const STAGING_SLOT_BYTES = 32;
export const READBACK_BYTES = (STEPS_IN_FLIGHT + 1) * STAGING_SLOT_BYTES;

/** Values of Step.halt, as shaders/sample-draw.wgsl sets them. */
const finishOfHalt = { 1: "stop", 2: "length", 3: "context-full" } as const;

export interface AnswerOptions {
  /** The whole prompt. What of it the state already holds is not read again. */
  readonly ids: readonly number[];
  /**
   * The prefix of `ids` that the next prompt will share: a checkpoint is taken there, or before the last token if that is all
   * of them, so that the same prompt can be answered again too.
   */
  readonly sharedPrefixLength: number;
  readonly sampling: SamplingValues;
  readonly signal?: AbortSignal;
  readonly onRead?: (readTokens: number, reusedTokens: number) => void;
  /** Each drawn id in order, a stop token excepted. */
  readonly onToken?: (id: number) => void;
}

export interface AnswerSummary {
  readonly finish: "stop" | "length" | "context-full" | "stopped";
  readonly reusedTokens: number;
  readonly generatedTokens: number;
  /** To the first drawn token. */
  readonly prefillMs: number;
  /** From the first drawn token to the last. */
  readonly decodeMs: number;
}

interface StepResult {
  readonly token: number;
  readonly halt: number;
  readonly nGenerated: number;
}

/** One sequence on one model: reads prompts, draws answers, and remembers what the state holds. One call at a time. */
export class Session {
  readonly #checkpoints: Checkpoints;
  readonly #lists: {
    /** tokens → state */
    readonly read: readonly Dispatch[];
    /** The same for the last chunk of a prompt, and the first drawn token. */
    readonly readLast: readonly Dispatch[];
    /** The token drawn last → state, and the next one. */
    readonly draw: readonly Dispatch[];
  };
  readonly #staging: GPUBuffer[];
  #nextStaging = 0;
  #stepsInFlight = 0;
  /** The tokens whose effect is in the state. */
  #ids: number[] = [];
  /** Tokens of the next chunk, adapted to the device while reading. */
  #chunk = SHORTEST_CHUNK;
  /** Length of the context when it was last adapted. */
  #chunkMeasuredAt = 0;
  /** Submits that a chunk, and a drawn token, are spread over: more than one where the device is slow. */
  #submitsPerChunk = 1;
  #submitsPerToken = 1;

  constructor(
    readonly gpu: Gpu,
    readonly model: Model,
    scope: MemoryScope,
  ) {
    const { prefill, decode, sample } = model;
    this.#lists = {
      read: prefill.layers,
      readLast: [...prefill.layers, ...prefill.head, ...sample],
      draw: [...decode.layers, ...decode.head, ...sample],
    };
    this.#checkpoints = new Checkpoints(gpu.device, model.state, scope, model.config);
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
    return this.#ids.length;
  }

  /** The tokens whose effect is in the state. */
  get heldIds(): readonly number[] {
    return this.#ids;
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
    const { ids } = options;
    const { capacity } = this.model;
    if (ids.length === 0) throw new RangeError("An empty prompt has nothing to answer.");
    if (ids.length > capacity) {
      throw new PromptError(
        "context-full",
        `The conversation is ${ids.length.toLocaleString("en")} tokens long; the context holds ${capacity.toLocaleString("en")}.`,
        { hint: "Start a new chat, or load the model with a longer context." },
      );
    }
    try {
      return await this.#answer(options);
    } catch (error) {
      this.#ids = []; // the GPU may be some steps ahead; checkpoints still hold, for only what is behind them was written
      throw error;
    }
  }

  async #answer({
    ids,
    sharedPrefixLength,
    sampling,
    signal,
    onRead,
    onToken,
  }: AnswerOptions): Promise<AnswerSummary> {
    const started = performance.now();
    const reusedTokens = this.#rewind(ids);
    this.#writeSampling(ids, sampling);
    onRead?.(reusedTokens, reusedTokens);
    const checkpointAt = Math.min(sharedPrefixLength, ids.length - 1);
    const first = await this.#read(ids, reusedTokens, checkpointAt, signal, (read) =>
      onRead?.(read, reusedTokens),
    );
    if (!first) {
      const prefillMs = performance.now() - started;
      return { reusedTokens, prefillMs, finish: "stopped", generatedTokens: 0, decodeMs: 0 };
    }
    const { finish, generatedTokens, firstAt } = await this.#draw(first.drawn, signal, onToken);
    return {
      reusedTokens,
      prefillMs: firstAt - started,
      finish,
      generatedTokens,
      decodeMs: performance.now() - firstAt,
    };
  }

  /** Runs every pipeline once, so that the driver's own first-use work is done before the first question. */
  async warmUp(): Promise<void> {
    const sampling = { temperature: 0, topK: 0, topP: 1, minP: 0, presencePenalty: 0, repetitionPenalty: 1 };
    this.#clear();
    this.#writeSampling([], { ...sampling, seed: 0, maxNewTokens: 2, stopIds: [] });
    this.#writeStep(0, [0]);
    const read = this.#submitAndRead(this.#lists.readLast, 1, this.#submitsPerChunk);
    const drawn = this.#submitAndRead(this.#lists.draw, 1, this.#submitsPerToken);
    await Promise.all([read, drawn]);
    this.#clear();
    this.#ids = [];
  }

  /** Brings the state to the longest prefix of `ids` that it or a checkpoint holds; at least one token is left to read. */
  #rewind(ids: readonly number[]): number {
    let length = this.#ids.length;
    if (length === 0 || length >= ids.length || !isPrefix(this.#ids, ids)) {
      const restored = this.#checkpoints.restore(ids);
      if (restored === null) this.#clear();
      length = restored ?? 0;
    }
    this.#checkpoints.dropBeyond(length);
    this.#ids = ids.slice(0, length);
    return length;
  }

  #clear(): void {
    const encoder = this.gpu.device.createCommandEncoder();
    clearRecurrent(encoder, this.model.state);
    this.gpu.device.queue.submit([encoder.finish()]);
  }

  /** Reads ids[from…] in chunks; null when stopped on the way, else the first drawn token. */
  async #read(
    ids: readonly number[],
    from: number,
    checkpointAt: number,
    signal: AbortSignal | undefined,
    onRead: (readTokens: number) => void,
  ): Promise<{ readonly drawn: Promise<StepResult> } | null> {
    const { activations } = this.model;
    // Attention grows with the context: a length that was right behind a short one is found anew behind a far longer one.
    if (from > 4 * Math.max(this.#chunkMeasuredAt, 1024)) this.#chunk = SHORTEST_CHUNK;
    for (let at = from; at < ids.length;) {
      if (signal?.aborted) return null;
      const bound = at < checkpointAt ? checkpointAt : ids.length;
      const nTokens = Math.min(this.#chunk, activations.chunk, bound - at);
      const isLast = at + nTokens === ids.length;
      this.#writeStep(at, ids.slice(at, at + nTokens));
      if (isLast) {
        const drawn = this.#submitAndRead(this.#lists.readLast, nTokens, this.#submitsPerChunk);
        this.#ids.push(...ids.slice(at));
        onRead(ids.length);
        return { drawn };
      }
      const started = performance.now();
      this.#submit(this.#lists.read, nTokens, this.#submitsPerChunk);
      this.#ids.push(...ids.slice(at, at + nTokens));
      at += nTokens;
      if (at === checkpointAt) this.#checkpoints.take(this.#ids);
      await this.gpu.device.queue.onSubmittedWorkDone();
      this.#adaptChunk(nTokens, performance.now() - started);
      this.#chunkMeasuredAt = at;
      onRead(at);
    }
    throw new RangeError(`Nothing to read: ${from} of ${ids.length} tokens.`);
  }

  /** Decode: keeps STEPS_IN_FLIGHT steps on the GPU, each fed by the one before it there. */
  async #draw(
    first: Promise<StepResult>,
    signal: AbortSignal | undefined,
    onToken: AnswerOptions["onToken"],
  ) {
    const inFlight = [first];
    const drawn: number[] = [];
    let finish: AnswerSummary["finish"] | null = null;
    let shown = 0;
    let firstAt = 0;
    try {
      while (inFlight.length > 0) {
        while (finish === null && !signal?.aborted && inFlight.length < STEPS_IN_FLIGHT) {
          inFlight.push(this.#submitAndRead(this.#lists.draw, 1, this.#submitsPerToken));
        }
        const waiting = performance.now();
        const { token, halt } = await inFlight.shift()!;
        firstAt ||= performance.now();
        this.#submitsPerToken = submitsFor(performance.now() - waiting);
        if (finish !== null && finish !== "stopped") continue; // computed after the end: changed nothing
        if (finish === null && signal?.aborted) finish = "stopped";
        drawn.push(token);
        const ended = finishOfHalt[halt as keyof typeof finishOfHalt];
        if (finish === null && ended !== "stop") {
          shown++;
          onToken?.(token);
        }
        if (ended && finish === null) finish = ended;
        else if (ended) break; // stopped by the person, and the model ended in the tokens behind: the rest changed nothing
      }
    } finally {
      await Promise.allSettled(inFlight);
    }
    this.#ids = this.#ids.concat(drawn.slice(0, -1)); // the last one was drawn, not read
    return { finish: finish ?? "stopped", generatedTokens: shown, firstAt };
  }

  /** Longer chunks while they stay under the target, then more submits for a chunk where even the shortest does not. */
  #adaptChunk(nTokens: number, elapsedMs: number): void {
    this.#submitsPerChunk = submitsFor(elapsedMs);
    if (nTokens < this.#chunk && elapsedMs < SUBMIT_TARGET_MS) return; // a short one says little
    const ideal = (nTokens * SUBMIT_TARGET_MS) / Math.max(elapsedMs, 0.1);
    const next = Math.max(SHORTEST_CHUNK, Math.min(2 * nTokens, Math.round(ideal)));
    this.#chunk = Math.min(this.model.activations.chunk, next);
  }

  #writeStep(kvLength: number, tokens: readonly number[]): void {
    const { activations, capacity } = this.model;
    const { queue } = this.gpu.device;
    queue.writeBuffer(activations.tokens.buffer, 0, Uint32Array.from(tokens));
    queue.writeBuffer(
      activations.step.buffer,
      0,
      Uint32Array.of(kvLength, kvLength, tokens.length, 0, 0, capacity, 0),
    );
  }

  #writeSampling(ids: readonly number[], sampling: SamplingValues): void {
    const { activations, config } = this.model;
    const seen = new Uint32Array(config.vocabSize);
    for (const id of ids) seen[id] = 1;
    this.gpu.device.queue.writeBuffer(activations.seen.buffer, 0, seen);
    this.gpu.device.queue.writeBuffer(activations.sampling.buffer, 0, packSampling(sampling));
  }

  /** Encodes and submits a list in `nSubmits` parts, the queue running one after another; nothing is made per dispatch. */
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
  #submitAndRead(list: readonly Dispatch[], nTokens: number, nSubmits: number): Promise<StepResult> {
    const staging = this.#staging[this.#nextStaging]!;
    this.#nextStaging = (this.#nextStaging + 1) % this.#staging.length;
    this.#submit(list, nTokens, nSubmits, staging);
    this.#stepsInFlight++;
    return readStep(staging).finally(() => this.#stepsInFlight--);
  }
}

/** Submits to spread work over that took so long, so that each stays near the target. */
const submitsFor = (elapsedMs: number) =>
  Math.min(MOST_SUBMITS, Math.max(1, Math.ceil(elapsedMs / SUBMIT_TARGET_MS)));

async function readStep(staging: GPUBuffer): Promise<StepResult> {
  await staging.mapAsync(GPUMapMode.READ);
  const step = new Uint32Array(staging.getMappedRange().slice(0));
  staging.unmap();
  return { token: step[6]!, halt: step[3]!, nGenerated: step[4]! };
}
