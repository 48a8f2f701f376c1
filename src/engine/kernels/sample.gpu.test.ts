import { describe, expect, it } from "vitest";
import type { SamplingControls } from "../../ground/sampling";
import { samplingProbabilities } from "../../reference/sampler";
import { downloadStep, downloadU32, empty, gpu, run, scope, upload, uploadStep } from "../../testing/gpu/gpu";
import { encode } from "../gpu/kernel";
import { readBack } from "../gpu/readback";
import { randomNormal } from "../../testing/samples/random";
import { compileSample, packSampling, SAMPLE_BLOCK, type SamplingValues } from "./sample";
import { halts } from "./step";

const neutral: SamplingControls = {
  temperature: 1,
  topK: 0,
  topP: 1,
  minP: 0,
  presencePenalty: 0,
  repetitionPenalty: 1,
};
const unbounded = { maxNewTokens: 0xffffffff, stopIds: [] };

/** The sampler's buffers over one row of logits. */
function prepare(
  logits: Float32Array<ArrayBuffer>,
  values: SamplingValues,
  seen = new Uint32Array(logits.length),
) {
  return {
    step: uploadStep({ capacity: 0xffffffff }),
    sampling: upload(packSampling(values)),
    seen: upload(seen),
    logits: upload(logits),
    blockBest: empty(2 * Math.ceil(logits.length / SAMPLE_BLOCK)),
    tokens: empty(4),
    vocabSize: logits.length,
  };
}

describe("sample", async () => {
  const sample = await compileSample(gpu.compiler);

  async function drawOne(
    logits: Float32Array<ArrayBuffer>,
    values: SamplingValues,
    seen?: Uint32Array<ArrayBuffer>,
  ) {
    const args = prepare(logits, values, seen);
    run(sample(scope, args));
    const [step, tokens] = await Promise.all([downloadStep(args.step), downloadU32(args.tokens)]);
    return { id: tokens[0]!, step };
  }

  /** Draws n times from the same logits; the counter of drawn tokens is what the generator sees change. */
  async function drawMany(
    logits: Float32Array<ArrayBuffer>,
    values: SamplingValues,
    n: number,
    seen?: Uint32Array<ArrayBuffer>,
  ) {
    const args = prepare(logits, values, seen);
    const dispatches = sample(scope, args);
    const drawn = empty(n);
    const { device } = gpu;
    const fresh = { logits: upload(logits), seen: upload(seen ?? new Uint32Array(logits.length)) };
    const PER_SUBMIT = 250;
    for (let at = 0; at < n; at += PER_SUBMIT) {
      const encoder = device.createCommandEncoder();
      for (let i = at; i < Math.min(n, at + PER_SUBMIT); i++) {
        // Penalties change logits and seen in place: every draw starts from the same.
        encoder.copyBufferToBuffer(fresh.logits.buffer, 0, args.logits.buffer, 0, logits.byteLength);
        encoder.copyBufferToBuffer(fresh.seen.buffer, 0, args.seen.buffer, 0, logits.byteLength);
        const pass = encoder.beginComputePass();
        encode(pass, dispatches, 1);
        pass.end();
        encoder.copyBufferToBuffer(args.tokens.buffer, 0, drawn.buffer, 4 * i, 4);
      }
      device.queue.submit([encoder.finish()]);
    }
    return new Uint32Array(await readBack(gpu.memory, drawn));
  }

  const greedy: SamplingValues = { ...neutral, temperature: 0, seed: 1, ...unbounded };

  // 5: less than a block. 2500: three blocks, the last one ragged. 248320: the real vocabulary.
  it.each([5, 2500, 248_320])(
    "greedy takes the largest of %i, of equal ones the lowest id",
    async (vocabSize) => {
      const logits = randomNormal(vocabSize, 1);
      const best = vocabSize - 2;
      logits[best] = 9;
      logits[vocabSize - 1] = 9;
      expect((await drawOne(logits, greedy)).id).toBe(best);
    },
  );

  it("does not draw NaN, nor minus infinity, and still draws when most are", async () => {
    const logits = new Float32Array(3000).fill(NaN);
    logits.fill(-Infinity, 1000, 2000);
    logits[2500] = -3;
    expect((await drawOne(logits, greedy)).id).toBe(2500);
    expect((await drawOne(logits, { ...greedy, temperature: 1, topK: 20 })).id).toBe(2500);
    expect((await drawOne(logits, { ...greedy, temperature: 1, topP: 0.9 })).id).toBe(2500);
  });

  it.each([
    ["greedy", greedy],
    ["with filters", { ...greedy, temperature: 1, topK: 20 }],
    ["unfiltered", { ...greedy, temperature: 1, topK: 0, topP: 1 }],
  ])("where no logit is a number nothing is drawn, and the step says so (%s)", async (_, values) => {
    const { id, step } = await drawOne(new Float32Array(3000).fill(NaN), values);
    expect(id).toBe(0); // as it was
    expect(step).toMatchObject({ halt: halts.NO_NUMBERS, nGenerated: 0 });
  });

  it("repetition penalty counts prompt and answer, presence penalty the answer alone", async () => {
    const logits = Float32Array.from([2, 1.9, 1.8, -1]);
    const seen = Uint32Array.from([1, 3, 0, 0]); // 0 in the prompt, 1 in the answer
    expect((await drawOne(logits, greedy, seen.slice())).id).toBe(0);
    expect((await drawOne(logits, { ...greedy, repetitionPenalty: 1.2 }, seen.slice())).id).toBe(2);
    expect(
      (
        await drawOne(
          logits.map((l) => -l),
          { ...greedy, repetitionPenalty: 3 },
          seen.slice(),
        )
      ).id,
    ).toBe(3);
    logits[0] = 1.7;
    expect((await drawOne(logits, greedy, seen.slice())).id).toBe(1);
    expect((await drawOne(logits, { ...greedy, presencePenalty: 0.15 }, seen.slice())).id).toBe(2);
  });

  it("moves the step on, and halts at a stop id, at the length and at the end of the context", async () => {
    const logits = Float32Array.from([0, 5, 0, 0]);
    const args = prepare(logits, { ...greedy, stopIds: [3, 1] });
    run(sample(scope, args));
    run(sample(scope, args)); // halted: changes nothing
    expect(await downloadStep(args.step)).toEqual({
      ...{ position: 1, kvLength: 1, nTokens: 1, nGenerated: 1, capacity: 0xffffffff, token: 1 },
      halt: halts.STOP_TOKEN,
    });
    expect([...(await downloadU32(args.seen))]).toEqual([0, 3, 0, 0]);

    const length = await drawOne(logits, { ...greedy, maxNewTokens: 1 });
    expect(length.step.halt).toBe(halts.LENGTH);
    const full = prepare(logits, greedy);
    full.step = uploadStep({ position: 900, kvLength: 6, nTokens: 2, capacity: 8 });
    run(sample(scope, full));
    expect(await downloadStep(full.step)).toMatchObject({
      ...{ position: 902, kvLength: 8, nTokens: 1, nGenerated: 1 },
      halt: halts.CONTEXT_FULL,
    });
  });

  it.each([{}, { topP: 0.9 }, { topK: 1500, minP: 1e-3 }])(
    "the same seed draws the same, another one something else, with %o",
    async (filters) => {
      const logits = randomNormal(2000, 5);
      const values: SamplingValues = { ...neutral, ...filters, seed: 7, ...unbounded };
      const first = await drawMany(logits, values, 20);
      expect(await drawMany(logits, values, 20)).toEqual(first);
      expect(await drawMany(logits, { ...values, seed: 8 }, 20)).not.toEqual(first);
    },
  );

  // SwiftShader takes a millisecond or two for each draw.
  const [N_DRAWS, FEWER_DRAWS] = process.env["GPU_ADAPTER"] === "swiftshader" ? [5000, 500] : [100_000, 2000];

  it(`${N_DRAWS} draws with every filter on pass a chi-squared test against f64`, async () => {
    const filters = { topK: 12, topP: 0.9, minP: 0.03 };
    await expectDistribution(
      { ...filters, temperature: 0.8, presencePenalty: 0.4, repetitionPenalty: 1.1 },
      N_DRAWS,
    );
  });

  // With fewer draws: a wrong cut shows as an id that must not be drawn, or one that never is.
  it.each<[string, number, Partial<SamplingControls>]>([
    ["top-k", 40, { topK: 5 }],
    ["top-p", 40, { topP: 0.7 }],
    ["top-p over more than are gathered", 300, { topP: 0.7 }],
    ["top-p and min-p over more than are gathered", 3000, { topP: 0.8, minP: 0.003 }],
    ["min-p", 300, { minP: 0.1, temperature: 0.7 }],
    ["min-p of which more are left than are gathered", 3000, { minP: 1e-4 }],
    ["a small top-p over more than are gathered", 3000, { topP: 0.3 }],
    ["a top-p next to 1", 300, { topP: 0.9999 }],
    ["no filter", 3000, {}],
    ["no filter, and penalties, in a heat", 40, { temperature: 1.5, presencePenalty: 0.4 }],
  ])("%s, of %i ids, has the distribution f64 gives", async (_, vocabSize, settings) => {
    await expectDistribution({ ...neutral, ...settings }, FEWER_DRAWS, vocabSize);
  });

  it("NaN is not drawn where nothing is filtered, nor what is infinitely unlikely", async () => {
    const logits = new Float32Array(3000).fill(NaN);
    logits.fill(-Infinity, 1000);
    logits[2500] = -3;
    logits[17] = -3;
    const drawn = await drawMany(logits, { ...neutral, seed: 5, ...unbounded }, 40);
    expect(new Set(drawn)).toEqual(new Set([17, 2500]));
  });

  it.each([1, 20, 256, 300, 5000])("top-k %i of 20,000 draws only from the k largest", async (topK) => {
    const logits = randomNormal(20_000, 8);
    const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
    const kept = new Set(order.slice(0, topK));
    // So hot that all that is kept is about as likely.
    const drawn = await drawMany(logits, { ...neutral, topK, temperature: 1e6, seed: 3, ...unbounded }, 200);
    expect([...drawn].filter((id) => !kept.has(id))).toEqual([]);
    expect(new Set(drawn).size).toBeGreaterThan(Math.min(topK, 200) / 2 - 1);
  });

  async function expectDistribution(settings: SamplingControls, nDraws: number, vocabSize = 40) {
    const logits = randomNormal(vocabSize, 3).map((value) => 2 * value);
    const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
    logits[order[4]!] = logits[order[5]!]!; // a tie, at the cut of top-k 5
    const seen = new Uint32Array(vocabSize);
    seen[order[0]!] = 1;
    seen[order[1]!] = 3;
    const generated = new Set([order[1]!]);
    const probabilities = samplingProbabilities(Float64Array.from(logits), settings, {
      prompt: new Set([order[0]!]),
      generated,
    });
    const drawn = await drawMany(logits, { ...settings, seed: 11, ...unbounded }, nDraws, seen);
    const counts = new Float64Array(vocabSize);
    for (const id of drawn) counts[id]!++;
    expect([...counts.keys()].filter((id) => counts[id]! > 0 && probabilities[id] === 0)).toEqual([]);

    // Cells of fewer than 5 expected draws are put together, as the test asks for.
    const cells: [observed: number, expected: number][] = [];
    let rest: [number, number] = [0, 0];
    probabilities.forEach((p, id) => {
      if (p * nDraws >= 5) cells.push([counts[id]!, p * nDraws]);
      else rest = [rest[0] + counts[id]!, rest[1] + p * nDraws];
    });
    if (rest[1] >= 5) cells.push(rest);
    const chiSquared = cells.reduce(
      (sum, [observed, expected]) => sum + (observed - expected) ** 2 / expected,
      0,
    );
    const freedom = cells.length - 1;
    expect(freedom).toBeGreaterThan(1);
    // Wilson & Hilferty 1931: the cube root is near normal. 3.3 standard deviations: one in 2,000 by chance,
    // and the seed is fixed.
    const z = (Math.cbrt(chiSquared / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));
    expect(z).toBeLessThan(3.3);
  }
});
