import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import type { ReadRate } from "../../../worker/rpc/protocol/model";
import { formatRate } from "../parts/words/format";

const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;

/**
 * Describes where the time of a load went, e.g. "Loaded in 3.20 s: weights 2.10 s (read 1.90 s, GPU 0.80 s;
 * 571 MB/s), kernels 1.50 s".
 */
export function describeLoadTimes({ stages, transport }: Pick<LoadedModel, "stages" | "transport">): string {
  const endMs = Math.max(0, ...stages.map((stage) => stage.endMs));
  const parts = stages
    .filter(({ startMs, endMs }) => endMs - startMs >= 10)
    .map(({ name, startMs, endMs }) => {
      const time = `${name} ${seconds(endMs - startMs)}`;
      if (name !== "weights") return time;
      const { readMs, gpuMs } = transport;
      return `${time} (read ${seconds(readMs)}, GPU ${seconds(gpuMs)}; ${formatRate(megabytesPerSecond(transport))} MB/s)`;
    });
  return `Loaded in ${seconds(endMs)}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}.`;
}

/**
 * A load against a bare loop over the same bytes, e.g. "A bare loop reads 1,010 MB/s; this load read 950
 * MB/s, 94 % of it".
 */
export function describeAgainstBare({ transport }: Pick<LoadedModel, "transport">, bare: ReadRate): string {
  const [loadRate, bareRate] = [megabytesPerSecond(transport), megabytesPerSecond(bare)];
  const share = `${Math.round((100 * loadRate) / bareRate)} %`;
  return `A bare loop reads ${formatRate(bareRate)} MB/s; this load took ${formatRate(loadRate)} MB/s to the GPU, ${share} of it.`;
}

const megabytesPerSecond = ({ bytes, ms }: ReadRate) => bytes / ms / 1000;
