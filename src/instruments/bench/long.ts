import type { Gpu } from "../../engine/gpu/device";
import type { MemoryKind } from "../../ground/memory-kind";
import { counted, formatBytes } from "../../ground/figures";
import { greedySampling } from "../../engine/kernels/sample";
import type { PlannedMemory } from "../../engine/runtime/memory-plan";
import type { Model } from "../../engine/runtime/model";
import { Session } from "../../engine/runtime/session";
import { benchCapacity, runBench, type BenchModel } from "./run";

/** Long requests asked in a row. */
const N_REQUESTS = 10;
const REQUEST_NEW_TOKENS = 16;
const RATE_PROMPT_TOKENS = 512;
const RATE_NEW_TOKENS = 32;

export interface LongOptions {
  /** The contexts at which rates are measured; the model's context is as long as the last. */
  readonly contextLengths: readonly number[];
  /** Tokens of each of the ten requests. */
  readonly requestTokens: number;
  readonly plan: readonly PlannedMemory[];
  /** The most that the plan takes at once. */
  readonly plannedPeakBytes: number;
  readonly readBytes: number;
  readonly onProgress?: (doing: string) => void;
}

export interface LongReport {
  readonly isSoftware: boolean;
  readonly contextLength: number;
  readonly memory: {
    readonly plannedPeakBytes: number;
    readonly peakBytes: number;
    readonly rows: readonly { readonly kind: MemoryKind; readonly plannedBytes: number }[];
  };
  readonly rates: readonly {
    readonly contextLength: number;
    readonly prefill: number;
    readonly decode: number;
  }[];
  readonly requests: readonly {
    readonly tokens: number;
    readonly prefillMs: number;
    readonly decodeMs: number;
    readonly liveBytes: number;
    readonly peakBytes: number;
  }[];
}

/** Tokens of context that the suite needs. */
export const longCapacity = (contextLengths: readonly number[]): number =>
  benchCapacity({ promptTokens: RATE_PROMPT_TOKENS, newTokens: RATE_NEW_TOKENS, contextLengths });

/**
 * The three measurements of long contexts: peak memory against the plan, rates behind long contexts, ten long
 * requests in a row.
 */
export async function runLong(gpu: Gpu, bench: BenchModel, options: LongOptions): Promise<LongReport> {
  const { contextLengths, plan, plannedPeakBytes, readBytes, onProgress } = options;
  const requests = await tenRequests(gpu, bench.model, options);
  await fill(bench.model);
  // The bench's own buffers come later: what it reads to measure the device is no part of the model.
  const { peakBytes } = gpu.memory;
  const report = await runBench(gpu, bench, {
    promptTokens: RATE_PROMPT_TOKENS,
    newTokens: RATE_NEW_TOKENS,
    contextLengths,
    readBytes,
    kernels: false,
    onProgress: ({ doing }) => onProgress?.(doing),
  });
  return {
    isSoftware: gpu.isSoftware,
    contextLength: bench.model.capacity,
    memory: {
      plannedPeakBytes,
      peakBytes,
      rows: plan.map(({ kind, bytes }) => ({ kind, plannedBytes: bytes })),
    },
    rates: report.contexts.map(({ prefill, decode }) => ({
      contextLength: decode.contextLength,
      prefill: prefill.tokensPerSecond,
      decode: decode.tokensPerSecond,
    })),
    requests,
  };
}

/** Makes room as a chat does that grows until the context is full. */
async function fill(model: Model): Promise<void> {
  while (model.room < model.capacity) await model.reserve(model.room + 1);
}

async function tenRequests(
  gpu: Gpu,
  model: Model,
  { requestTokens, onProgress }: LongOptions,
): Promise<LongReport["requests"]> {
  const scope = gpu.memory.scope();
  const requests: LongReport["requests"][number][] = [];
  try {
    const session = new Session(gpu, model, scope);
    await session.warmUp();
    for (let n = 1; n <= N_REQUESTS; n++) {
      onProgress?.(`Request ${n} of ${N_REQUESTS}: ${counted(requestTokens, "token")}`);
      const ids = Array.from(
        { length: requestTokens },
        (_, i) => (i * 7919 + n * 104_729 + 17) % model.config.vocabSize,
      );
      const { prefillMs, decodeMs } = await session.answer({
        ids,
        sharedPrefixLength: requestTokens - 1,
        sampling: {
          ...greedySampling,
          seed: n,
          maxNewTokens: REQUEST_NEW_TOKENS,
        },
      });
      const { liveBytes, peakBytes } = gpu.memory;
      requests.push({ tokens: requestTokens, prefillMs, decodeMs, liveBytes, peakBytes });
    }
    return requests;
  } finally {
    scope.dispose();
  }
}

/** The report as text; times of a software adapter are marked as no result. */
export function describeLong({ isSoftware, contextLength, memory, rates, requests }: LongReport): string {
  const mark = isSoftware ? "  (software adapter: no result)" : "";
  const { plannedPeakBytes, peakBytes } = memory;
  const off = (100 * (peakBytes - plannedPeakBytes)) / plannedPeakBytes;
  return [
    `1. GPU memory at a context of ${counted(contextLength, "token")}: planned ${formatBytes(plannedPeakBytes)} at the peak, ` +
      `measured ${formatBytes(peakBytes)} (${off >= 0 ? "+" : ""}${off.toFixed(1)} %)`,
    ...memory.rows.map(
      (row) => `   ${row.kind.padEnd(18)} ${formatBytes(row.plannedBytes).padStart(12)} planned`,
    ),
    `2. Tokens per second behind a context${mark}`,
    ...rates.map(
      (rate) =>
        `   ${String(rate.contextLength).padStart(7)} tokens: prefill ${rate.prefill.toFixed(1)}, decode ${rate.decode.toFixed(2)}`,
    ),
    `3. ${requests.length} long requests in a row${mark}`,
    ...requests.map(
      (request, at) =>
        `   ${String(at + 1).padStart(2)}: ${counted(request.tokens, "token")} read in ${seconds(request.prefillMs)}, ` +
        `answered in ${seconds(request.decodeMs)}; live ${formatBytes(request.liveBytes)}, peak ${formatBytes(request.peakBytes)}`,
    ),
  ].join("\n");
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
