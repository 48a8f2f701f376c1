import { CancelledError, PromptError } from "../../ground/errors";
import { counted } from "../../ground/figures";
import type { MemoryScope } from "../../engine/gpu/buffers";
import type { Gpu } from "../../engine/gpu/device";
import { encode, type Dispatch } from "../../engine/gpu/kernel";
import { greedySampling, packSampling, type SamplingValues } from "../../engine/kernels/sample";
import { writeStep } from "../../engine/kernels/step";
import { isOnMatrices } from "../../engine/kernels/products/matmul";
import type { Model } from "../../engine/runtime/model";
import { Session, STEPS_IN_FLIGHT } from "../../engine/runtime/session";
import { measureCeilings, type Ceilings } from "./ceilings";
import { countToken, operationsPerToken } from "./count";
import { byName, timeKernel, type KernelTime } from "./kernel-times";
import { PassTimer } from "../../engine/gpu/pass-timer";
import type { BenchProgress, BenchReport, ContextReport, DecodeReport, PrefillReport } from "./report";
import { CARDS, tokenTime } from "./token-time";
import { t, type Sentence } from "../../language/language";

export interface BenchOptions {
  readonly promptTokens: number;
  readonly newTokens: number;
  /**
   * Prefill and decode are timed behind so many tokens of (empty) context; 0: the prompt alone, and decode
   * behind it.
   */
  readonly contextLengths: readonly number[];
  /** Bytes of the read ceiling's buffers. */
  readonly readBytes: number;
  /** Time each kernel by itself too. */
  readonly kernels: boolean;
  readonly onProgress?: (progress: BenchProgress) => void;
  readonly signal?: AbortSignal;
}

/** A model with a state of its own: the bench overwrites it. `scope` holds it. */
export interface BenchModel {
  readonly model: Model;
  readonly scope: MemoryScope;
}

/** The sampling settings of published models, without an end. */
export const usual: SamplingValues = {
  ...greedySampling,
  temperature: 0.7,
  topK: 20,
  topP: 0.8,
  presencePenalty: 1.5,
  maxNewTokens: 2 ** 32 - 1,
};

/** More than is ever drawn: a full context would halt the sampler that is timed. */
export const ENDLESS = 2 ** 30;

/** Tokens that the context of a benched model has to hold. */
export const benchCapacity = (options: Pick<BenchOptions, "promptTokens" | "newTokens" | "contextLengths">) =>
  Math.max(...options.contextLengths) + options.promptTokens + options.newTokens + 8;

/**
 * Measures ceilings, then times reading a prompt of made-up ids and drawing tokens behind it, at each
 * context.
 *
 * @throws CancelledError  when `signal` aborts, between two measurements
 * @throws PromptError     "context-full" where the model's state does not hold the longest context
 */
export async function runBench(gpu: Gpu, bench: BenchModel, options: BenchOptions): Promise<BenchReport> {
  const { contextLengths, onProgress, signal } = options;
  const needed = benchCapacity(options);
  if (needed > bench.model.capacity) {
    throw new PromptError(
      "context-full",
      t("The bench needs a context of {tokens}; this model and device hold {capacity}.", {
        tokens: counted(needed, "token"),
        capacity: bench.model.capacity,
      }),
      { hint: t("Leave out the longest context.") },
    );
  }
  const scope = gpu.memory.scope();
  const next = (doing: Sentence) => {
    if (signal?.aborted) throw new CancelledError();
    onProgress?.({ doing });
  };
  const timer = await PassTimer.create(gpu, scope);
  try {
    next(t("Measuring what the device can do"));
    const ceilings = await measureCeilings(gpu, timer, options.readBytes);
    const contexts: ContextReport[] = [];
    for (const contextLength of contextLengths) {
      next(t("Reading and writing behind {tokens}", { tokens: counted(contextLength, "token") }));
      const rates = await measureRates(gpu, bench, contextLength, options);
      const time = options.kernels
        ? (list: "prefill" | "decode") => timeList(bench, timer, list, contextLength, options, next)
        : () => [];
      contexts.push({
        prefill: prefillReport(
          bench,
          ceilings,
          rates,
          contextLength,
          options.promptTokens,
          await time("prefill"),
        ),
        decode: decodeReport(
          gpu,
          bench,
          ceilings,
          rates,
          contextLength || options.promptTokens,
          options.newTokens,
          await time("decode"),
        ),
      });
    }
    return {
      device: gpu.info,
      precision: bench.model.precision,
      features: {
        f16: gpu.hasF16,
        subgroups: gpu.hasSubgroups,
        int8: gpu.hasInt8Dot,
        subgroupMatrix: gpu.subgroupMatrices.length > 0,
      },
      isSoftware: gpu.isSoftware,
      clock: { source: timer.source, resolutionUs: timer.resolutionMs * 1000 },
      ceilings,
      ...contexts[0]!,
      contexts,
      gpuMemory: { liveBytes: gpu.memory.liveBytes, peakBytes: gpu.memory.peakBytes },
    };
  } finally {
    timer.dispose();
    scope.dispose();
  }
}

/** Tokens per second. */
interface Rates {
  readonly prefill: number;
  readonly decode: number;
}

function prefillReport(
  { model }: BenchModel,
  { productGops }: Ceilings,
  rates: Rates,
  contextLength: number,
  tokens: number,
  kernels: readonly KernelTime[],
): PrefillReport {
  const operations = operationsPerToken(model, contextLength + tokens / 2);
  const onMatrices = model.prefill.layers.some(({ pipeline }) => isOnMatrices(pipeline.label));
  // f16 tiles too are multiplied in f32.
  const gops =
    (onMatrices && productGops.matrix) || (model.precision === "int8" && productGops.int8) || productGops.f32;
  return {
    tokens,
    contextLength,
    tokensPerSecond: rates.prefill,
    operationsPerToken: operations,
    shareOfProductCeiling: (operations * rates.prefill) / (gops * 1e9),
    dispatches: model.prefill.layers.length + model.prefill.head.length + model.sample.length,
    chunk: chunkOf(model, tokens),
    kernels,
  };
}

function decodeReport(
  gpu: Gpu,
  { model }: BenchModel,
  { readGBs, emptyDispatchUs }: Ceilings,
  rates: Rates,
  contextLength: number,
  tokens: number,
  kernels: readonly KernelTime[],
): DecodeReport {
  const cost = countToken(gpu.memory, model, contextLength);
  const bytesSeconds = cost.totalBytes / (readGBs * 1e9);
  return {
    tokens,
    contextLength,
    tokensPerSecond: rates.decode,
    dispatchesPerToken: cost.dispatches,
    bytesPerToken: cost.totalBytes,
    cost,
    predicted: CARDS.map((card) => tokenTime(cost, card)),
    shareOfReadCeiling: bytesSeconds * rates.decode,
    shareOfFloor: (bytesSeconds + (cost.dispatches * emptyDispatchUs) / 1e6) * rates.decode,
    kernels,
  };
}

const chunkOf = (model: Model, tokens: number) => Math.min(tokens, model.activations.chunk);

async function measureRates(
  gpu: Gpu,
  bench: BenchModel,
  contextLength: number,
  { promptTokens, newTokens }: BenchOptions,
): Promise<Rates> {
  if (contextLength > 0) {
    return {
      prefill: await prefillBehind(gpu, bench.model, contextLength, promptTokens),
      decode: await decodeBehind(gpu, bench.model, contextLength, newTokens),
    };
  }
  const { vocabSize } = bench.model.config;
  const scope = gpu.memory.scope();
  try {
    const session = new Session(gpu, bench.model, scope);
    const run = (salt: number, maxNewTokens: number) =>
      session.answer({
        ids: Array.from({ length: promptTokens }, (_, i) => (i * 7919 + salt * 104_729 + 17) % vocabSize),
        sharedPrefixLength: 0,
        sampling: { ...greedySampling, maxNewTokens },
      });
    await run(1, 2); // warms up: pipelines, caches, and the chunk length the session adapts
    const timed = await run(2, newTokens);
    const drawn = timed.generatedTokens - 1;
    return {
      prefill: (promptTokens * 1000) / timed.prefillMs,
      decode: drawn > 0 ? (drawn * 1000) / timed.decodeMs : 0,
    };
  } finally {
    scope.dispose();
  }
}

export function writeBenchStep(
  gpu: Gpu,
  { activations, capacity }: Model,
  step: { readonly kvLength: number; readonly nTokens: number; readonly capacity?: number },
): void {
  writeStep(gpu.device.queue, activations.step, { capacity, ...step });
}

/**
 * Prefill rate with the KV cache taken to hold `contextLength` tokens; what they are does not change the
 * time.
 */
async function prefillBehind(gpu: Gpu, model: Model, contextLength: number, tokens: number): Promise<number> {
  const chunk = chunkOf(model, tokens);
  const read = async () => {
    let running: Promise<unknown> = Promise.resolve(); // two chunks in the queue, as a session has them
    for (let at = 0; at < tokens; at += chunk) {
      const before = running;
      const nTokens = Math.min(chunk, tokens - at);
      writeBenchStep(gpu, model, { kvLength: contextLength + at, nTokens });
      running = submit(
        gpu,
        at + nTokens < tokens ? [model.prefill.layers] : [model.prefill.layers, model.prefill.head],
        nTokens,
      );
      await before;
    }
    await running;
  };
  await read();
  const started = performance.now();
  await read();
  return (tokens * 1000) / (performance.now() - started);
}

/** Decode rate with the KV cache taken to hold `contextLength` tokens. */
async function decodeBehind(
  gpu: Gpu,
  model: Model,
  contextLength: number,
  newTokens: number,
): Promise<number> {
  const { decode, sample, activations } = model;
  gpu.device.queue.writeBuffer(activations.sampling.buffer, 0, packSampling(usual));
  writeBenchStep(gpu, model, { kvLength: contextLength, nTokens: 1 });
  const step = () => submit(gpu, [decode.layers, decode.head, sample], 1);
  await step();
  const started = performance.now();
  const inFlight: Promise<unknown>[] = [];
  for (let i = 0; i < newTokens; i++) {
    inFlight.push(step());
    if (inFlight.length >= STEPS_IN_FLIGHT) await inFlight.shift();
  }
  await Promise.all(inFlight);
  return (newTokens * 1000) / (performance.now() - started);
}

function submit(gpu: Gpu, lists: readonly (readonly Dispatch[])[], nTokens: number): Promise<unknown> {
  const encoder = gpu.device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  for (const list of lists) encode(pass, list, nTokens);
  pass.end();
  gpu.device.queue.submit([encoder.finish()]);
  return gpu.device.queue.onSubmittedWorkDone();
}

/** Every kernel of a phase by itself, in the order they first run. */
async function timeList(
  { model }: BenchModel,
  timer: PassTimer,
  phase: "prefill" | "decode",
  contextLength: number,
  { promptTokens }: BenchOptions,
  next: (doing: Sentence) => void,
): Promise<readonly KernelTime[]> {
  const { gpu } = timer;
  const nTokens = phase === "prefill" ? chunkOf(model, promptTokens) : 1;
  const kvLength = phase === "prefill" ? contextLength : contextLength || promptTokens;
  gpu.device.queue.writeBuffer(model.activations.sampling.buffer, 0, packSampling(usual));
  const times: KernelTime[] = [];
  const time = async (list: readonly Dispatch[], prepare: () => void) => {
    for (const [name, dispatches] of byName(list)) {
      next(
        phase === "prefill"
          ? t("Timing {name} of reading", { name })
          : t("Timing {name} of writing", { name }),
      );
      times.push(await timeKernel(timer, name, dispatches, nTokens, prepare));
    }
  };
  const { layers, head } = model[phase];
  await time([...layers, ...head], () => writeBenchStep(gpu, model, { kvLength, nTokens }));
  await time(model.sample, () => writeBenchStep(gpu, model, { kvLength, nTokens, capacity: ENDLESS }));
  return times;
}
