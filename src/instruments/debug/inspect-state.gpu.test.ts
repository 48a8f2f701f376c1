import { afterAll, expect, it, vi } from "vitest";
import { dot, linear, row } from "../../reference/linear";
import { emptyState, forwardToken, logitsOf } from "../../reference/model";
import { rmsNorm } from "../../reference/rms-norm";
import { rotate } from "../../reference/rotary";
import { samplingProbabilities } from "../../reference/sampler";
import { checkpointBytes } from "../../engine/runtime/shape/checkpoints";
import { openModel } from "../../engine/runtime/open-model";
import { Session } from "../../engine/runtime/session";
import { FakeKeeper } from "../../testing/fake-state";
import { gpu, worstError } from "../../testing/gpu/gpu";
import { makeModel } from "../../testing/models/make-model";
import { memorySource } from "../../testing/models/memory-source";
import { readReferenceModel } from "../../testing/models/reference-model";
import { float16Bits, halfToNumber } from "../../engine/weights/bytes/half-floats";
import { firstTracedOf, inspectState, LEAST_TRACED, MOST_TRACED } from "./inspect-state";

const source = memorySource(makeModel({ config: "nano", quant: "F32", seed: 3 }));
const open = await openModel(gpu, source, { contextLength: 256, precision: "f32" });
const session = new Session(gpu, open.model, open.scope);
afterAll(() => open.dispose());

const asHalf = (value: number) => halfToNumber(float16Bits(value));
const ids = Array.from({ length: 20 }, (_, i) => (i * 37 + 11) % 320);
const promptLength = 15;
const sampling = { temperature: 0.7, topK: 20, topP: 0.9, minP: 0, presencePenalty: 1, repetitionPenalty: 1 };
const options = {
  ids,
  promptLength,
  sampling,
  onRead: () => undefined,
  signal: new AbortController().signal,
};

it("tells of states, attention and candidates what the f64 model has", async () => {
  const before = gpu.memory.liveBytes;
  const trace = await inspectState(gpu, open.loaded, options);
  expect(gpu.memory.liveBytes).toBe(before);

  const reference = await readReferenceModel(source);
  const { deltaNet } = reference.config;
  const state = emptyState(reference.config);
  const size = deltaNet.valueDim * deltaNet.keyDim;
  let x: Float64Array = new Float64Array();
  ids.forEach((id, token) => {
    if (token >= promptLength) {
      const probabilities = samplingProbabilities(logitsOf(reference, x), sampling, {
        prompt: new Set(ids.slice(0, promptLength)),
        generated: new Set(ids.slice(promptLength, token)),
      });
      for (const candidate of trace.candidates[token]!)
        expect(candidate.probabilities.at(-1)).toBeCloseTo(probabilities[candidate.id]!, 3);
      expect(trace.candidates[token]!.map((candidate) => candidate.id)).toContain(id);
    } else expect(trace.candidates[token]).toBeNull();
    x = forwardToken(reference, state, id);
    for (const { layer, nHeads, values } of trace.linear) {
      const memory = state.layers[layer]!;
      if (memory.kind !== "linear") throw new Error("not a linear layer");
      for (let head = 0; head < nHeads; head++) {
        const S = memory.recurrent.subarray(head * size, (head + 1) * size);
        const norm = Math.sqrt(S.reduce((sum, value) => sum + value * value, 0));
        const traced = values[(token * nHeads + head) * 4 + 3]!;
        expect(Math.abs(traced - norm) / Math.max(norm, 1e-3), `layer ${layer} head ${head}`).toBeLessThan(
          1e-3,
        );
      }
    }
  });
  expect(trace.matrices.layers.map(({ layer }) => layer)).toEqual(trace.linear.map(({ layer }) => layer));
  for (const { layer, values } of trace.matrices.layers) {
    const memory = state.layers[layer]!;
    if (memory.kind !== "linear") throw new Error("not a linear layer");
    expect(worstError(values, memory.recurrent)).toBeLessThan(1e-3);
  }

  // The reference's cached keys are normalised and rotated. What enters the layer is what leaves a model that
  // ends before it. The cache that the model looks at keeps them as halves.
  const { layer, nHeads, bins, binTokens, top } = trace.full[0]!;
  expect(binTokens).toBe(1);
  const cache = state.layers[layer]!;
  if (cache.kind !== "full") throw new Error("not an attention layer");
  const layerKinds = reference.config.layerKinds.slice(0, layer);
  const below = { ...reference, config: { ...reference.config, layerKinds } };
  const stateBelow = emptyState(below.config);
  const entering = ids.map((id) => forwardToken(below, stateBelow, id)).at(-1)!;
  const w = (name: string) => reference.tensor(`blk.${layer}.${name}`);
  const { attention, rmsNormEps } = reference.config;
  const projected = linear(w("attn_q.weight"), rmsNorm(entering, w("attn_norm.weight"), rmsNormEps));
  const expected = Array.from({ length: nHeads }, (_, head) => {
    const query = row(projected, 2 * head, attention.headDim);
    const q = rotate(rmsNorm(query, w("attn_q_norm.weight"), rmsNormEps), ids.length - 1, attention);
    const kvHead = Math.floor(head / (nHeads / attention.nKvHeads));
    const scores = cache.keys.map(
      (keys) => dot(q, row(keys, kvHead, attention.headDim).map(asHalf)) / Math.sqrt(q.length),
    );
    const exponentials = scores.map((score) => Math.exp(score));
    const sum = exponentials.reduce((total, value) => total + value, 0);
    return exponentials.map((value) => value / sum);
  }).flat();
  expect(worstError(bins, expected)).toBeLessThan(1e-4);
  const ofHead = expected.slice(0, ids.length);
  expect(top[0]![0]!.position).toBe(ofHead.indexOf(Math.max(...ofHead)));
});

it("leaves the model's own lists, and what reading a prompt dispatches and reads back, as they were", async () => {
  const { device } = gpu;
  const { decode, prefill, sample } = open.model;
  const lists = () =>
    [decode.layers, decode.head, prefill.layers, prefill.head, sample].map((list) => [...list]);
  const count = async (prompt: readonly number[]) => {
    const counted = { dispatches: 0, readbacks: 0 };
    const [create, createBuffer] = [
      device.createCommandEncoder.bind(device),
      device.createBuffer.bind(device),
    ];
    const encoders = vi.spyOn(device, "createCommandEncoder").mockImplementation((descriptor) => {
      const encoder = create(descriptor);
      const begin = encoder.beginComputePass.bind(encoder);
      encoder.beginComputePass = (pass) => {
        const encoding = begin(pass);
        const dispatch = encoding.dispatchWorkgroups.bind(encoding);
        encoding.dispatchWorkgroups = (...groups) => (counted.dispatches++, dispatch(...groups));
        return encoding;
      };
      return encoder;
    });
    const buffers = vi.spyOn(device, "createBuffer").mockImplementation((descriptor) => {
      if (descriptor.usage & GPUBufferUsage.MAP_READ) counted.readbacks++;
      return createBuffer(descriptor);
    });
    await session.read({ ids: prompt });
    encoders.mockRestore();
    buffers.mockRestore();
    return counted;
  };
  const listsBefore = lists();
  const before = await count(ids);
  const held = [...session.heldIds];
  await inspectState(gpu, open.loaded, { ...options, ids: held });
  expect(session.heldIds).toEqual(held);
  expect(await count(ids.toReversed())).toEqual(before); // other tokens, so that nothing is reused
  expect(lists()).toEqual(listsBefore);
  expect(before.dispatches).toBeGreaterThan(0);
});

it("goes on from a stored state with one checkpoint of its own, and tells what it does from the beginning", async () => {
  const keeper = new FakeKeeper();
  const kept = new Session(gpu, open.model, open.scope, { keeper });
  const long = Array.from({ length: 200 }, (_, i) => (i * 53 + 7) % 320);
  await kept.read({ ids: long.slice(0, 60) });
  const stored = [{ id: "kept", ...(await kept.save())! }];
  const read: number[] = [];
  const checkpoints = () =>
    gpu.memory.rows().reduce((sum, { kind, sizeBytes }) => sum + (kind === "checkpoints" ? sizeBytes : 0), 0);
  const before = checkpoints();
  let taken = 0;
  const onRead = (readTokens: number) => {
    read.push(readTokens);
    taken = checkpoints() - before;
  };
  const asked = { ...options, ids: long, promptLength: 100, onRead };
  const anew = await inspectState(gpu, open.loaded, asked);
  expect(read[0]).toBe(0);
  read.length = 0;
  const trace = await inspectState(gpu, open.loaded, { ...asked, keeper, stored });
  expect(read[0]).toBe(60);
  expect(taken).toBe(checkpointBytes(open.model.config));
  expect(trace.firstTraced).toBe(72);
  trace.linear.forEach(({ values }, i) =>
    expect(worstError(values, anew.linear[i]!.values)).toBeLessThan(1e-4),
  );
  trace.candidates.forEach((list, i) =>
    list?.forEach(({ id, probabilities }) => {
      const before = anew.candidates[i]!.find((candidate) => candidate.id === id);
      expect(probabilities[0]).toBeCloseTo(before!.probabilities[0]!, 4);
    }),
  );
});

it("knows the candidates of an answer's first token, also where all before it is read in chunks", async () => {
  const long = Array.from({ length: 160 }, (_, i) => (i * 53 + 7) % 320);
  const { firstTraced, candidates } = await inspectState(gpu, open.loaded, {
    ...options,
    ids: long,
    promptLength: 31,
  });
  expect(firstTraced).toBe(30);
  expect(candidates[0]).toBeNull();
  expect(candidates[1]!.map(({ id }) => id)).toContain(long[31]);
});

it("traces an answer and a token before it, and of a long one as many as it may", () => {
  expect(firstTracedOf(1000, 500)).toBe(499);
  expect(firstTracedOf(1000, 990)).toBe(1000 - LEAST_TRACED);
  expect(firstTracedOf(100, 90)).toBe(0);
  expect(firstTracedOf(5000, 500)).toBe(5000 - MOST_TRACED);
});
