import { PromptError } from "../errors";
import type { MemoryScope } from "../gpu/buffers";
import type { Gpu } from "../gpu/device";
import { encode, type Dispatch } from "../gpu/kernel";
import { packSampling, type SamplingValues } from "../kernels/sample";
import { STEP_BYTES } from "./activations";
import { Checkpoints, isPrefix } from "./checkpoints";
import type { Model } from "./model";
import { clearRecurrent } from "./state";

/** Decode steps given to the GPU before the first one's token is back. */
export const STEPS_IN_FLIGHT = 4;
/** A chunk of prefill should take the GPU about this long: short enough to stop, to show progress, and for the watchdog. */
const CHUNK_TARGET_MS = 80;
const FIRST_CHUNK = 16;

const STAGING_SLOT_BYTES = 32;
export const READBACK_BYTES = (STEPS_IN_FLIGHT + 1) * STAGING_SLOT_BYTES;

/** Values of Step.halt, as shaders/sample-draw.wgsl sets them. */
const finishOfHalt = { 1: "stop", 2: "length", 3: "context-full" } as const;

export interface AnswerOptions {
  /** The whole prompt. What of it the state already holds is not read again. */
  readonly ids: readonly number[];
  /** The prefix of `ids` that the next prompt will share: a checkpoint is taken there. */
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
  readonly prefillMs: number;
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
  readonly #staging: GPUBuffer[];
  #nextStaging = 0;
  /** The tokens whose effect is in the state. */
  #ids: number[] = [];
  #chunk = FIRST_CHUNK;

  constructor(
    readonly gpu: Gpu,
    readonly model: Model,
    scope: MemoryScope,
  ) {
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

  /**
   * Reads the prompt and draws an answer.
   *
   * @throws PromptError  "context-full" when the prompt alone does not fit
   */
  async answer({
    ids,
    sharedPrefixLength,
    sampling,
    signal,
    onRead,
    onToken,
  }: AnswerOptions): Promise<AnswerSummary> {
    const { capacity } = this.model;
    if (ids.length === 0) throw new RangeError("An empty prompt has nothing to answer.");
    if (ids.length > capacity) {
      throw new PromptError(
        "context-full",
        `The conversation is ${ids.length.toLocaleString("en")} tokens long; the context holds ${capacity.toLocaleString("en")}.`,
        { hint: "Start a new chat, or load the model with a longer context." },
      );
    }
    const started = performance.now();
    const reusedTokens = this.#rewind(ids);
    this.#writeSampling(ids, sampling);
    onRead?.(reusedTokens, reusedTokens);
    const first = await this.#read(ids, reusedTokens, sharedPrefixLength, signal, (read) =>
      onRead?.(read, reusedTokens),
    );
    const read = performance.now();
    const summary = { reusedTokens, prefillMs: read - started };
    if (!first) return { ...summary, finish: "stopped", generatedTokens: 0, decodeMs: 0 };
    const { finish, generatedTokens } = await this.#draw(first.drawn, signal, onToken);
    return { ...summary, finish, generatedTokens, decodeMs: performance.now() - read };
  }

  /** Runs every pipeline once, so that the driver's own first-use work is done before the first question. */
  async warmUp(): Promise<void> {
    const { prefill, decode, sample } = this.model;
    const sampling = { temperature: 0, topK: 0, topP: 1, minP: 0, presencePenalty: 0, repetitionPenalty: 1 };
    this.#clear();
    this.#writeSampling([], { ...sampling, seed: 0, maxNewTokens: 2, stopIds: [] });
    this.#writeStep(0, [0]);
    const read = this.#submit([prefill.layers, prefill.head, sample], 1, true);
    const drawn = this.#submit([decode.layers, decode.head, sample], 1, true);
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
    const { prefill, sample, activations } = this.model;
    for (let at = from; at < ids.length;) {
      if (signal?.aborted) return null;
      const bound = at < checkpointAt && checkpointAt < ids.length ? checkpointAt : ids.length;
      const nTokens = Math.min(this.#chunk, activations.chunk, bound - at);
      const isLast = at + nTokens === ids.length;
      this.#writeStep(at, ids.slice(at, at + nTokens));
      const started = performance.now();
      const drawn = this.#submit(
        [prefill.layers, ...(isLast ? [prefill.head, sample] : [])],
        nTokens,
        isLast,
      );
      this.#ids.push(...ids.slice(at, at + nTokens));
      at += nTokens;
      if (at === checkpointAt && !isLast) this.#checkpoints.take(this.#ids);
      if (isLast) {
        onRead(at);
        return { drawn };
      }
      await this.gpu.device.queue.onSubmittedWorkDone();
      this.#adaptChunk(nTokens, performance.now() - started);
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
    const { decode, sample } = this.model;
    const lists = [decode.layers, decode.head, sample];
    const inFlight = [first];
    const drawn: number[] = [];
    let finish: AnswerSummary["finish"] | null = null;
    let shown = 0;
    try {
      while (inFlight.length > 0) {
        while (finish === null && !signal?.aborted && inFlight.length < STEPS_IN_FLIGHT) {
          inFlight.push(this.#submit(lists, 1, true));
        }
        const { token, halt } = await inFlight.shift()!;
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
    this.#ids.push(...drawn.slice(0, -1)); // the last one was drawn, not read
    return { finish: finish ?? "stopped", generatedTokens: shown };
  }

  #adaptChunk(nTokens: number, elapsedMs: number): void {
    if (nTokens < this.#chunk && elapsedMs < CHUNK_TARGET_MS) return; // a short one says little
    const ideal = (nTokens * CHUNK_TARGET_MS) / Math.max(elapsedMs, 0.1);
    const smoothed = Math.min(2 * nTokens, Math.max(nTokens / 4, ideal));
    this.#chunk = Math.max(1, Math.min(this.model.activations.chunk, Math.round(smoothed)));
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

  /** One submit of one pass; with `readBack` the step it leaves. */
  #submit(lists: readonly (readonly Dispatch[])[], nTokens: number, readBack: boolean): Promise<StepResult> {
    const { device } = this.gpu;
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const list of lists) encode(pass, list, nTokens);
    pass.end();
    const staging = this.#staging[this.#nextStaging]!;
    if (readBack) {
      encoder.copyBufferToBuffer(this.model.activations.step.buffer, 0, staging, 0, STEP_BYTES);
      this.#nextStaging = (this.#nextStaging + 1) % this.#staging.length;
    }
    device.queue.submit([encoder.finish()]);
    return readBack ? readStep(staging) : Promise.resolve({ token: 0, halt: 0, nGenerated: 0 });
  }
}

async function readStep(staging: GPUBuffer): Promise<StepResult> {
  await staging.mapAsync(GPUMapMode.READ);
  const step = new Uint32Array(staging.getMappedRange().slice(0));
  staging.unmap();
  return { token: step[6]!, halt: step[3]!, nGenerated: step[4]! };
}
