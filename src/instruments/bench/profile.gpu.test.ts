import { afterAll, expect, it, vi } from "vitest";
import { openModel } from "../../engine/runtime/open-model";
import { Session } from "../../engine/runtime/session";
import { gpu } from "../../testing/gpu/gpu";
import { openNodeFile } from "../../testing/models/node-file";
import { countToken, operationsPerToken } from "./count";
import { dispatchRows } from "./dispatch-cost";
import { profileModel } from "./profile";

const demo = new URL("../../../public/models/demo/demo.gguf", import.meta.url).pathname;
const file = await openNodeFile(demo);
const open = await openModel(gpu, file, { contextLength: 128 });

afterAll(async () => {
  open.dispose();
  await file.close();
});

const { model } = open;
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

it("bytes of decode's dispatches add up to a token's, operations to those of its products and attention", () => {
  const { decode, sample, config } = model;
  const kvLength = 40;
  const list = [...decode.layers, ...decode.head, ...sample];
  const rows = dispatchRows(gpu.memory, model, list, { nTokens: 1, kvLength });
  const { bytes } = countToken(gpu.memory, model, kvLength + 1);
  expect(sum(rows.map((row) => row.bytes)) / sum(Object.values(bytes))).toBeCloseTo(1, 3);

  const head = rows.filter(({ label }) => label === "lm_head");
  const { deltaNet, layerKinds, vocabSize, hiddenSize } = config;
  const state = deltaNet.nValueHeads * deltaNet.keyDim * deltaNet.valueDim;
  const deltaRule = 7 * state * layerKinds.filter((kind) => kind === "linear").length;
  expect(sum(head.map((row) => row.operations))).toBe(2 * vocabSize * hiddenSize);
  const inLayers = sum(rows.map((row) => row.operations)) - 2 * vocabSize * hiddenSize - deltaRule;
  expect(inLayers).toBe(operationsPerToken(model, kvLength + 1));
});

it("times each kernel and each layer of both phases, gives its memory back, and leaves answers as they were", async () => {
  const live = gpu.memory.liveBytes;
  const answer = async () => {
    const scope = gpu.memory.scope();
    const dispatches = vi.spyOn(GPUComputePassEncoder.prototype, "dispatchWorkgroups");
    const readbacks = vi.spyOn(GPUBuffer.prototype, "mapAsync");
    const ids: number[] = [];
    const sampling = { temperature: 0, topK: 0, topP: 1, minP: 0, presencePenalty: 0, repetitionPenalty: 1 };
    try {
      await new Session(gpu, model, scope).answer({
        ids: [3, 5, 7],
        sharedPrefixLength: 0,
        sampling: { ...sampling, seed: 1, maxNewTokens: 3, stopIds: [] },
        onToken: (id) => ids.push(id),
      });
      return { ids, dispatches: dispatches.mock.calls.length, readbacks: readbacks.mock.calls.length };
    } finally {
      vi.restoreAllMocks();
      scope.dispose();
    }
  };
  const before = await answer();
  const request = { contextLength: 20, chunk: 5, readBytes: 2 ** 20, limits: { passMs: 1, mostMs: 1 } };
  const report = await profileModel(gpu, open, request);
  expect(gpu.memory.liveBytes).toBe(live);

  expect(report.phases.map(({ phase, nTokens, contextLength }) => [phase, nTokens, contextLength])).toEqual([
    ["prefill", 5, 20],
    ["decode", 1, 20],
  ]);
  for (const { phase, kernels, layers, dispatches, step } of report.phases) {
    const lists = model[phase];
    expect(dispatches).toHaveLength(lists.layers.length + lists.head.length + model.sample.length);
    expect(sum(kernels.map(({ perStep }) => perStep))).toBe(dispatches.length);
    expect(layers.map(({ name }) => name)).toEqual(model.config.layerKinds.map((_, i) => String(i)));
    expect(step.encodedMs).toBeGreaterThan(0);
    expect(step.readMs).toBeGreaterThanOrEqual(step.submittedMs);
    expect(step.gpuMs === null).toBe(!gpu.hasTimestamps);
  }
  expect(Math.min(before.dispatches, before.readbacks)).toBeGreaterThan(0);
  expect(await answer()).toEqual(before);
});

it("stops between two measurements", async () => {
  const request = { contextLength: 20, chunk: 5, readBytes: 2 ** 20, limits: { passMs: 1, mostMs: 1 } };
  const run = profileModel(gpu, open, { ...request, signal: AbortSignal.abort() });
  await expect(run).rejects.toMatchObject({ code: "cancelled" });
});
