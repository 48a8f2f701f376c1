import { afterAll, expect, it } from "vitest";
import { openModel } from "../../engine/runtime/open-model";
import { gpu } from "../../testing/gpu/gpu";
import { openNodeFile } from "../../testing/models/node-file";
import { describeBench } from "./describe";
import { byName } from "./kernel-times";
import { benchCapacity, runBench } from "./run";

const demo = new URL("../../../public/models/demo/demo.gguf", import.meta.url).pathname;
const sizes = { promptTokens: 3, newTokens: 2, contextLengths: [0, 40] };
const file = await openNodeFile(demo);
const open = await openModel(gpu, file, { contextLength: benchCapacity(sizes) });
const options = { ...sizes, readBytes: 2 ** 20, kernels: false };

afterAll(async () => {
  open.dispose();
  await file.close();
});

it("reports each context, the first one also by itself, and says it as text", async () => {
  const doing: string[] = [];
  const live = gpu.memory.liveBytes;
  const report = await runBench(gpu, open, { ...options, onProgress: (p) => doing.push(p.doing) });
  expect(gpu.memory.liveBytes).toBe(live);
  expect(report.contexts.map(({ decode }) => decode.contextLength)).toEqual([3, 40]);
  expect(report.decode).toEqual(report.contexts[0]!.decode);
  const [behindPrompt, behind40] = report.contexts.map(({ decode }) => decode.bytesPerToken);
  expect(behind40! - behindPrompt!).toBe(
    2 * 37 * 4 * open.config.attention.nKvHeads * open.config.attention.headDim,
  );
  for (const { prefill, decode } of report.contexts) {
    expect(prefill.tokensPerSecond).toBeGreaterThan(0);
    expect(decode.tokensPerSecond).toBeGreaterThan(0);
  }
  expect(report.ceilings.productGops.f32).toBeGreaterThan(0);
  expect(report.ceilings.productGops.f16 === null).toBe(!gpu.hasF16);
  expect(report.isSoftware).toBe(true); // Node's test adapters
  expect(doing.length).toBeGreaterThan(2);
  expect(describeBench(report)).toContain(`${report.decode.dispatchesPerToken} dispatches`);
});

it("times every dispatch of a step under some name", () => {
  const { layers, head } = open.model.prefill;
  const named = byName([...layers, ...head]);
  const counts = [...named.values()].map((dispatches) => dispatches.length);
  expect(counts.reduce((a, b) => a + b)).toBe(layers.length + head.length);
  expect(named.get("down_proj")).toHaveLength(open.config.nLayers);
});

it("refuses a context that the state does not hold", async () => {
  const tooLong = runBench(gpu, open, { ...options, contextLengths: [4096] });
  await expect(tooLong).rejects.toMatchObject({ code: "context-full" });
});

it("ends between two measurements when cancelled", async () => {
  const cancelled = runBench(gpu, open, { ...options, signal: AbortSignal.abort() });
  await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
});
