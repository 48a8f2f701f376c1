import type { FetchProgress } from "../../../../worker/rpc/protocol/model";
import type { LoadProgress } from "../../../../worker/rpc/protocol/load";
import { formatBytes, formatDuration } from "./format";
import { t } from "../../../../language/language";

/** A stage of loading as a title and a bar. */
export interface Stage {
  readonly title: string;
  readonly value: number;
  /** `null`: how long it takes is not known. */
  readonly max: number | null;
  readonly unit: "bytes" | "GPU programs";
}

export function describeLoad(name: string, progress: LoadProgress | null): Stage {
  switch (progress?.phase) {
    case undefined:
      return { title: t("Preparing {name}", { name }), value: 0, max: null, unit: "bytes" };
    case "reading":
      return {
        title: t("Loading {name}", { name }),
        value: progress.loadedBytes,
        max: progress.totalBytes,
        unit: "bytes",
      };
    case "compiling":
      return {
        title: t("Compiling for your GPU"),
        value: progress.compiled,
        max: progress.total,
        unit: "GPU programs",
      };
    case "warming":
      return { title: t("Warming up {name}", { name }), value: 0, max: null, unit: "bytes" };
  }
}

/** Describes the rate of a transfer and the time it has left; "" while that can not be told. */
export function describePace({
  receivedBytes,
  totalBytes,
  bytesPerSecond,
  isRetrying,
}: FetchProgress): string {
  if (isRetrying) return t("The connection broke. Trying again…");
  if (bytesPerSecond === null || bytesPerSecond < 1 || receivedBytes === totalBytes) return "";
  const seconds = (totalBytes - receivedBytes) / bytesPerSecond;
  return t("{rate}/s, {seconds} left", {
    rate: formatBytes(Math.round(bytesPerSecond)),
    seconds: formatDuration(seconds),
  });
}
