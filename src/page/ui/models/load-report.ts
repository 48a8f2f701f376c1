import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import type { ReadRate } from "../../../worker/rpc/protocol/model";
import { formatBytes, formatFixed, formatShare } from "../parts/words/format";
import { stageName } from "../parts/words/stage-name";
import { listedNarrowly, t } from "../../../language/language";
import { withUnit } from "../../../language/units";

const seconds = (ms: number) => withUnit(formatFixed(ms / 1000, ms < 10_000 ? 2 : 1), "s");

/**
 * Describes where the time of a load went, e.g. "Loaded in 3.20 s: weights 2.10 s (read 1.90 s, GPU 0.80 s;
 * 571 MB/s), kernels 1.50 s".
 */
export function describeLoadTimes({ stages, transport }: Pick<LoadedModel, "stages" | "transport">): string {
  const endMs = Math.max(0, ...stages.map((stage) => stage.endMs));
  const parts = stages
    .filter(({ startMs, endMs }) => endMs - startMs >= 10)
    .map(({ name, startMs, endMs }) => {
      const time = `${stageName(name)} ${seconds(endMs - startMs)}`;
      if (name !== "weights") return time;
      const { readMs, gpuMs } = transport;
      return t("{time} (read {seconds}, GPU {seconds2}; {transport})", {
        time,
        seconds: seconds(readMs),
        seconds2: seconds(gpuMs),
        transport: formatByteRate(transport),
      });
    });
  return parts.length === 0
    ? t("Loaded in {seconds}.", { seconds: seconds(endMs) })
    : t("Loaded in {seconds}: {parts}.", { seconds: seconds(endMs), parts: listedNarrowly(parts) });
}

/**
 * A load against a bare loop over the same bytes, e.g. "A bare loop reads 1.01 GB/s; this load took 950
 * MB/s, 94 % of it".
 */
export function describeAgainstBare({ transport }: Pick<LoadedModel, "transport">, bare: ReadRate): string {
  const share = formatShare(bytesPerSecond(transport) / bytesPerSecond(bare));
  return t("A bare loop reads {bare}; this load took {transport} to the GPU, {share} of it.", {
    bare: formatByteRate(bare),
    transport: formatByteRate(transport),
    share,
  });
}

const bytesPerSecond = ({ bytes, ms }: ReadRate) => (bytes * 1000) / ms;
const formatByteRate = (rate: ReadRate) => `${formatBytes(Math.round(bytesPerSecond(rate)))}/s`;
