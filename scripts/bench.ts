import { parseArgs } from "node:util";
import { runBench, type BenchReport } from "../src/bench/run";
import { openModel } from "../src/runtime/open-model";
import { openNodeFile } from "../src/testing/node-file";
import { openNodeGpu } from "../src/testing/node-gpu";
import { oneOf, required, wholeNumber } from "./lib/options";

const usage = `npm run -s bench -- --model FILE.gguf [--prompt 512] [--new 64] [--context 0] [--precision f32|f16]
    [--adapter default|swiftshader|lavapipe] [--json]

Prints the device, its measured ceilings, what a decoded token costs, and prefill and decode rates.
With --json the last line is all of it as one object.`;

const SOFTWARE = /llvmpipe|swiftshader/i;

export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      model: { type: "string" },
      prompt: { type: "string", default: "512" },
      new: { type: "string", default: "64" },
      context: { type: "string", default: "0" },
      precision: { type: "string" },
      adapter: { type: "string", default: "default" },
      json: { type: "boolean", default: false },
    },
  });
  const promptTokens = wholeNumber(values.prompt, "--prompt", usage, 1);
  const newTokens = wholeNumber(values.new, "--new", usage, 2);
  const contextLength = wholeNumber(values.context, "--context", usage, 0);
  const precision = values.precision && oneOf(values.precision, ["f32", "f16"], "--precision", usage);
  const adapter = oneOf(values.adapter, ["default", "swiftshader", "lavapipe"], "--adapter", usage);

  const gpu = await openNodeGpu(adapter);
  const isSoftware = SOFTWARE.test(`${gpu.info.architecture} ${gpu.info.description}`);
  const file = await openNodeFile(required(values.model, "--model", usage));
  const open = await openModel(gpu, file, {
    contextLength: Math.max(promptTokens, contextLength) + newTokens + 8,
    ...(precision && { precision }),
  });
  const report = await runBench(gpu, open, {
    promptTokens,
    newTokens,
    contextLength,
    readBytes: isSoftware ? 64 * 2 ** 20 : 2 ** 30,
  });
  console.log(describe(report, isSoftware));
  if (values.json) console.log(JSON.stringify(report));
  open.dispose();
  await file.close();
  gpu.device.destroy();
}

function describe(
  { device, features, ceilings, prefill, decode, gpuMemory }: BenchReport,
  isSoftware: boolean,
): string {
  const { dispatchesByPart: parts, bytes } = decode.cost;
  const mib = (n: number) => `${(n / 2 ** 20).toFixed(1)} MiB`;
  const used =
    [features.f16 && "f16", features.subgroups && "subgroups"].filter(Boolean).join(", ") || "none";
  return [
    `device     ${device.vendor} ${device.architecture} ${device.description} (features: ${used})`,
    ...(isSoftware ? ["           a software adapter: counts below are results, times are not"] : []),
    `ceilings   read ${ceilings.readGBs.toFixed(1)} GB/s, empty dispatch ${ceilings.emptyDispatchUs.toFixed(1)} µs`,
    `memory     ${mib(gpuMemory.liveBytes)} live, ${mib(gpuMemory.peakBytes)} at the peak`,
    `prefill    ${prefill.tokens} tokens at ${prefill.tokensPerSecond.toFixed(1)} tokens/s`,
    `decode     ${decode.tokens} tokens at ${decode.tokensPerSecond.toFixed(2)} tokens/s, behind ${decode.contextLength} tokens; ` +
      `${(100 * decode.shareOfReadCeiling).toFixed(0)} % of the read ceiling`,
    `a token    ${decode.dispatchesPerToken} dispatches: ${Object.entries(parts)
      .map(([part, n]) => `${n} per ${part}`.replace("per embedding", "for embedding"))
      .join(", ")}`,
    `           ${mib(decode.bytesPerToken)}: weights ${mib(bytes.weights)} read once, ` +
      `state ${mib(bytes.state)} read and written, KV ${mib(bytes.kv)} read`,
  ].join("\n");
}
