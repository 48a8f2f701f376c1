import { counted, formatBytes } from "../../ground/figures";
import type { BenchReport, ContextReport } from "./report";
import type { KernelTime } from "./kernel-times";

/** A report as text, a table for each context. */
export function describeBench(report: BenchReport): string {
  const { device, features, ceilings, clock, gpuMemory } = report;
  const { f32, f16, matrix, int8 } = ceilings.productGops;
  const used = Object.entries(features).flatMap(([name, has]) => (has ? [name] : []));
  const rate = (gops: number | null) => (gops === null ? "none" : `${(gops / 1000).toFixed(2)} T`);
  return [
    `device     ${device.vendor} ${device.architecture} ${device.description} (features: ${used.join(", ") || "none"})`,
    `           prompts are read in ${report.precision}`,
    ...(report.isSoftware ? ["           a software adapter: counts below are results, times are not"] : []),
    `ceilings   read ${formatBytes(ceilings.readGBs * 1e9)}/s over ${formatBytes(ceilings.readBytes)}, ` +
      `empty dispatch ${ceilings.emptyDispatchUs.toFixed(1)} µs, ` +
      `products ${rate(f32)}op/s f32, ${rate(f16)}op/s f16, ${rate(matrix)}op/s on subgroup matrices, ${rate(int8)}op/s int8`,
    `memory     ${formatBytes(gpuMemory.liveBytes)} live, ${formatBytes(gpuMemory.peakBytes)} at the peak`,
    ...report.contexts.flatMap(describeContext),
    ...(report.prefill.kernels.length > 0
      ? [`kernels    timed by ${clock.source}, which tell ${clock.resolutionUs.toPrecision(2)} µs apart`]
      : []),
    ...report.contexts.flatMap(({ prefill, decode }) => [
      ...describeKernels(
        `prefill of ${counted(prefill.chunk, "token")} behind ${prefill.contextLength}`,
        prefill.kernels,
      ),
      ...describeKernels(`decode behind ${decode.contextLength}`, decode.kernels),
    ]),
  ].join("\n");
}

function describeContext({ prefill, decode }: ContextReport): string[] {
  const { bytes, dispatchesByPart } = decode.cost;
  const parts = Object.entries(dispatchesByPart).map(([part, n]) => `${n} ${PER[part] ?? `per ${part}`}`);
  return [
    `prefill    ${counted(prefill.tokens, "token")} at ${prefill.tokensPerSecond.toFixed(1)} tokens/s, behind ${counted(prefill.contextLength, "token")}; ` +
      `${percent(prefill.shareOfProductCeiling)} of the product ceiling`,
    `decode     ${counted(decode.tokens, "token")} at ${decode.tokensPerSecond.toFixed(2)} tokens/s, behind ${counted(decode.contextLength, "token")}; ` +
      `${percent(decode.shareOfReadCeiling)} of the read ceiling, ${percent(decode.shareOfFloor)} with the dispatches`,
    `a token    ${counted(decode.dispatchesPerToken, "dispatch", "dispatches")}: ${parts.join(", ")}`,
    `           ${formatBytes(decode.bytesPerToken)}: weights ${formatBytes(bytes.weights)} read once, ` +
      `state ${formatBytes(bytes.state)} read and written, KV ${formatBytes(bytes.kv)} read`,
  ];
}

const PER: Readonly<Record<string, string>> = {
  "embedding, head, sampling": "for embedding, head, sampling",
};

function describeKernels(phase: string, kernels: readonly KernelTime[]): string[] {
  if (kernels.length === 0) return [];
  const total = kernels.reduce((sum, k) => sum + k.microseconds * k.perStep, 0);
  return [
    `${phase}: ${(total / 1000).toFixed(2)} ms in kernels`,
    ...kernels.map(
      (k) =>
        `  ${k.name.padEnd(22)} ${String(k.perStep).padStart(3)} × ${k.microseconds.toFixed(1).padStart(9)} µs ` +
        `± ${k.errorMicroseconds.toFixed(1).padStart(7)}  ${percent((k.microseconds * k.perStep) / total).padStart(5)}  (${k.repeats} runs)`,
    ),
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
