import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { stubBrowserGpu } from "../../testing/gpu/browser-gpu";
import { countBuffers, type CountedBuffers } from "../../testing/gpu/count-buffers";
import { openNodeFile } from "../../testing/models/node-file";
import { readHeader } from "./describe";
import { start, memory } from "../calls/device";
import { generate } from "../calls/chat";
import { planLayers } from "../calls/inspect";
import { Engine } from "../engine";
import { readPlanTarget } from "./plan/plan-target";
import type { MemoryReport } from "../rpc/protocol/inspect";

// One format of weights, so that few shaders have to compile.
const model = new URL("../../../goldens/nano-F32.gguf", import.meta.url).pathname;
const source = await openNodeFile(model);
const header = await readHeader(source, "nano-F32.gguf");
const { config } = header;

const counted: CountedBuffers = { bytes: 0, peak: 0, history: [0] };

beforeAll(() => stubBrowserGpu((device) => countBuffers(device, counted)));
afterAll(() => void vi.unstubAllGlobals());

const never = new AbortController().signal;
const engine = new Engine(() => undefined);

const load = (contextLength: number, progress: () => void = () => undefined) =>
  engine.load({ id: "nano", header, options: { contextLength }, progress, signal: never });

const ask = (content: string, maxNewTokens: number, progress: () => void = () => undefined) =>
  generate(
    engine,
    {
      messages: [{ role: "user", content }],
      thinking: false,
      sampling: { ...header.description.sampling.answering, temperature: 0, seed: 1 },
      maxNewTokens,
    },
    progress,
    never,
  );

/**
 * The report, whose every sum has to be what the device counted when it was made: during a load that may
 * change before it is here.
 */
async function countedReport(): Promise<MemoryReport> {
  const from = counted.history.length - 1;
  const report = await memory(engine);
  const meanwhile = counted.history.slice(from);
  const sum = report.lines.reduce((total, { totalBytes }) => total + totalBytes, 0);
  expect(sum).toBe(report.liveBytes);
  expect(meanwhile).toContain(report.liveBytes);
  if (meanwhile.length === 1) expect(report.peakBytes).toBe(counted.peak);
  for (const { bytes, totalBytes } of report.lines)
    expect(Object.values(bytes).reduce((a, b) => a + b, 0)).toBe(totalBytes);
  return report;
}

it("before a model is loaded counts nothing", async () => {
  await start(engine);
  expect(await countedReport()).toMatchObject({ lines: [], liveBytes: 0, context: null });
});

it("while a model loads counts what the device does", async () => {
  const reports: Promise<MemoryReport>[] = [];
  await load(256, () => reports.push(countedReport()));
  const during = (await Promise.all(reports)).filter(({ context }) => context === null);
  expect(during.some(({ lines }) => lines.some(({ name }) => name === "staging"))).toBe(true);
});

it.each([256, 1024, 4096])(
  "with a context of %i tokens counts what the device does, as planned",
  async (length) => {
    await load(length);
    await ask("x ".repeat(0.3 * length), 1); // the cache grows with what is read, the plan is for all of it
    const report = await countedReport();
    expect(report.context!.usedTokens).toBeGreaterThan(length / 2);
    const options = { contextLength: length };
    const target = await readPlanTarget({ kind: "stored", id: "nano" }, options, () =>
      Promise.resolve(header),
    );
    const plan = await planLayers(engine, target, options);
    // Staging is planned at its largest, while the weights are read; most of it is given back.
    const kept = (lines: MemoryReport["lines"]) =>
      lines.filter(({ name }) => name !== "staging").reduce((sum, { totalBytes }) => sum + totalBytes, 0);
    const [planned, live] = [kept(plan.lines), kept(report.lines)];
    expect(Math.abs(live - planned) / planned, `${planned} planned, ${live} live`).toBeLessThan(0.05);
    // The plan holds what loading and answering took at once; contexts come in growing order, so the peak is
    // this one's.
    expect(report.peakBytes, `${plan.totalBytes} planned at most`).toBeLessThan(1.05 * plan.totalBytes);
    for (const line of plan.lines.filter(({ layer }) => layer !== null)) {
      const measured = report.lines.find(({ name }) => name === line.name);
      expect(Math.abs(measured!.totalBytes - line.totalBytes) / line.totalBytes, line.name).toBeLessThan(
        0.05,
      );
    }
  },
);

it("while an answer is written counts what the device does, and knows how much of the cache is used", async () => {
  const reports: Promise<MemoryReport>[] = [];
  await ask("Count to 5", 8, () => reports.push(countedReport()));
  expect((await Promise.all(reports)).length).toBeGreaterThan(4);
  const { context } = await countedReport();
  expect(context!.usedTokens).toBeGreaterThan(8);
  const { nKvHeads, headDim } = config.attention;
  expect(context!.kvUsedBytesPerLayer).toBe(context!.usedTokens * nKvHeads * headDim * 2 * 2);
});

it("after unloading counts nothing", async () => {
  await engine.unload();
  expect(await countedReport()).toMatchObject({ lines: [], liveBytes: 0, context: null });
});
