import type { Gpu } from "../gpu/device";
import { encode } from "../gpu/kernel";
import type { SamplingValues } from "../kernels/sample";
import type { OpenModel } from "../runtime/open-model";
import { Session, STEPS_IN_FLIGHT } from "../runtime/session";
import { measureCeilings, type Ceilings } from "./ceilings";
import { countToken, type TokenCost } from "./count";

export interface BenchOptions {
  readonly promptTokens: number;
  readonly newTokens: number;
  /** Decode is timed behind this many tokens of (empty) context; 0: behind the prompt. */
  readonly contextLength: number;
  /** Bytes of the read ceiling's buffer. */
  readonly readBytes: number;
}

export interface BenchReport {
  readonly device: { readonly vendor: string; readonly architecture: string; readonly description: string };
  readonly features: { readonly f16: boolean; readonly subgroups: boolean };
  readonly ceilings: Ceilings;
  readonly prefill: { readonly tokens: number; readonly tokensPerSecond: number };
  readonly decode: {
    readonly tokens: number;
    readonly contextLength: number;
    readonly tokensPerSecond: number;
    readonly dispatchesPerToken: number;
    readonly bytesPerToken: number;
    readonly cost: TokenCost;
    /** Share of the time that the bytes alone would take at the read ceiling. */
    readonly shareOfReadCeiling: number;
  };
  readonly gpuMemory: { readonly liveBytes: number; readonly peakBytes: number };
}

const greedy: Omit<SamplingValues, "maxNewTokens"> = {
  temperature: 0,
  topK: 0,
  topP: 1,
  minP: 0,
  presencePenalty: 0,
  repetitionPenalty: 1,
  seed: 1,
  stopIds: [],
};

/** Times reading a prompt of made-up ids and drawing tokens behind it, through the same session as a chat. */
export async function runBench(gpu: Gpu, open: OpenModel, options: BenchOptions): Promise<BenchReport> {
  const ceilings = await measureCeilings(gpu, options.readBytes);
  const { vocabSize } = open.config;
  const session = new Session(gpu, open.model, open.scope);
  const prompt = (salt: number) =>
    Array.from({ length: options.promptTokens }, (_, i) => (i * 7919 + salt * 104_729 + 17) % vocabSize);
  const run = (salt: number, newTokens: number) =>
    session.answer({
      ids: prompt(salt),
      sharedPrefixLength: 0,
      sampling: { ...greedy, maxNewTokens: newTokens },
    });

  await run(1, 2); // warms up: pipelines, caches, and the chunk length the session adapts
  const timed = await run(2, options.newTokens);
  const behindPrompt = timed.generatedTokens > 1 ? ((timed.generatedTokens - 1) * 1000) / timed.decodeMs : 0;
  const contextLength = options.contextLength || options.promptTokens;
  const tokensPerSecond =
    options.contextLength > 0
      ? await decodeBehind(gpu, open, options.contextLength, options.newTokens)
      : behindPrompt;
  const cost = countToken(gpu.memory, open.model, contextLength);
  return {
    device: gpu.info,
    features: { f16: gpu.hasF16, subgroups: gpu.hasSubgroups },
    ceilings,
    prefill: {
      tokens: options.promptTokens,
      tokensPerSecond: (options.promptTokens * 1000) / timed.prefillMs,
    },
    decode: {
      tokens: options.newTokens,
      contextLength,
      tokensPerSecond,
      dispatchesPerToken: cost.dispatches,
      bytesPerToken: cost.totalBytes,
      cost,
      shareOfReadCeiling: (cost.totalBytes * tokensPerSecond) / (ceilings.readGBs * 1e9),
    },
    gpuMemory: { liveBytes: gpu.memory.liveBytes, peakBytes: gpu.memory.peakBytes },
  };
}

/** Decode rate with the KV cache taken to hold `contextLength` tokens; what they are does not change the time. */
async function decodeBehind(
  gpu: Gpu,
  open: OpenModel,
  contextLength: number,
  newTokens: number,
): Promise<number> {
  const { decode, sample, activations, capacity } = open.model;
  const { queue } = gpu.device;
  queue.writeBuffer(
    activations.step.buffer,
    0,
    Uint32Array.of(contextLength, contextLength, 1, 0, 0, capacity, 0),
  );
  const step = () => {
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const list of [decode.layers, decode.head, sample]) encode(pass, list, 1);
    pass.end();
    queue.submit([encoder.finish()]);
    return queue.onSubmittedWorkDone();
  };
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
