import { expect, it } from "vitest";
import { OutOfMemoryError } from "../../../ground/errors";
import type { GpuMemory } from "../../gpu/buffers";
import type { Gpu } from "../../gpu/device";
import { meanKl } from "../../../reference/divergence";
import { expectedLogits, goldenPath, idsOf } from "../../../testing/models/golden";
import { gpu } from "../../../testing/gpu/gpu";
import { openNodeFile } from "../../../testing/models/node-file";
import { logitsOf, type LogitsOptions } from "../logits";
import { openModel, type OpenModel, type OpenModelOptions } from "../open-model";
import { kvRanges, type KvCache } from "./kv-cache";
import { verbatim } from "../../../language/language";

const ids = idsOf("tokens-96");
const golden = expectedLogits("nano-MIX.tokens-96.logits.f32");
const vocabSize = golden.length / ids.length;

async function open(options: Partial<OpenModelOptions>, device: Gpu = gpu) {
  const file = await openNodeFile(goldenPath("nano-MIX.gguf"));
  const common = { contextLength: ids.length, precision: "f32", allLogits: true } as const;
  const opened = await openModel(device, file, { ...common, ...options });
  await file.close();
  return opened;
}

/** The logits of all tokens; `before` is waited for before each step but the first. */
async function logits(
  { model }: OpenModel,
  mode: LogitsOptions["mode"],
  before: (nTokens: number) => Promise<unknown> = () => Promise.resolve(),
) {
  const rows: number[] = [];
  for await (const chunk of logitsOf(gpu, model, ids, { mode, chunk: 30, start: 0 })) {
    rows.push(...chunk);
    const nTokens = rows.length / vocabSize;
    await before(Math.min(ids.length, nTokens + (mode === "decode" ? 1 : 30)));
  }
  return rows;
}

it("a cache in segments gives the logits of one in a piece", async () => {
  const [whole, cut] = [await open({}), await open({ segmentTokens: 40 })];
  for (const mode of ["prefill", "decode"] as const) {
    const [expected, actual] = [await logits(whole, mode), await logits(cut, mode)];
    expect(meanKl(expected, actual, vocabSize), mode).toBeLessThan(1e-9);
    expect(meanKl(golden, actual, vocabSize), mode).toBeLessThan(1e-8);
  }
  const cache = cut.model.state.find((layer): layer is KvCache => layer.kind === "full")!;
  expect(cache.segments.map(({ capacity }) => capacity)).toEqual([40, 40, 16]);
  expect(kvRanges(cache, 30, 90)).toHaveLength(6);
  whole.dispose();
  cut.dispose();
});

it("a cache that grows while it is used gives the very same logits, and gives everything back", async () => {
  const full = await open({ segmentTokens: 40 });
  const expected = { prefill: await logits(full, "prefill"), decode: await logits(full, "decode") };
  full.dispose();
  const before = gpu.memory.liveBytes;
  const growing = await open({ segmentTokens: 40, room: 30 });
  const { model } = growing;
  const atFirst = gpu.memory.liveBytes;
  for (const mode of ["prefill", "decode"] as const) {
    const rooms = new Set([model.room]);
    const actual = await logits(growing, mode, async (nTokens) => {
      await model.reserve(nTokens);
      rooms.add(model.room);
    });
    expect(actual, mode).toEqual(expected[mode]);
    // A chunk of 30 tokens needs 60, which is past the first segment.
    expect([...rooms], mode).toEqual(mode === "prefill" ? [30, 80, 96] : [30, 40, 80, 96]);
    await model.shrinkTo(0);
    expect(gpu.memory.liveBytes).toBe(atFirst);
  }
  growing.dispose();
  expect(gpu.memory.liveBytes).toBe(before);
});

it("a refusal in the middle of growing leaves what was read, and the cache can grow later", async () => {
  let nAllowed = Infinity;
  const checked: GpuMemory["checked"] = (what, allocate) => {
    if (nAllowed-- > 0) return gpu.memory.checked(what, allocate);
    throw new OutOfMemoryError(verbatim("refused"), { hint: verbatim("none") });
  };
  const memory = new Proxy(gpu.memory, {
    get: (target, key) => {
      const value: unknown = key === "checked" ? checked : Reflect.get(target, key, target);
      return typeof value === "function" && key !== "checked" ? (value.bind(target) as unknown) : value;
    },
  });
  const growing = await open({ room: 30 }, { ...gpu, memory });
  const { model } = growing;
  let nRefused = 0;
  const actual = await logits(growing, "decode", async (nTokens) => {
    if (nTokens <= model.room) return;
    const { room } = model;
    nAllowed = 0;
    await expect(model.reserve(nTokens)).rejects.toMatchObject({ code: "out-of-memory" });
    expect(model.room).toBe(room);
    nRefused++;
    nAllowed = Infinity;
    await model.reserve(nTokens);
  });
  growing.dispose();
  const full = await open({});
  expect(actual).toEqual(await logits(full, "decode"));
  full.dispose();
  expect(nRefused).toBe(2); // to 60, and to 96
});

it("a cache of 8 bits stays near f64", async () => {
  const small = await open({ kvType: "q8" });
  for (const mode of ["prefill", "decode"] as const) {
    const divergence = meanKl(golden, await logits(small, mode), vocabSize);
    expect(divergence, mode).toBeLessThan(1e-6);
    expect(divergence, mode).toBeGreaterThan(1e-8); // it is not f16 that ran
  }
  small.dispose();
});
