import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { memorySource } from "../testing/models/memory-source";
import { readReferenceModel } from "../testing/models/reference-model";
import { meanKl } from "./divergence";
import type { ReferenceExperts } from "./experts";
import type { Fold } from "./hadamard";
import { cloneState, emptyState, forward, type ReferenceModel } from "./model";

// Made by an independent f64 forward pass, stored as f32: goldens/README.md. The rounding to f32 alone gives
// a mean KL near 1e-14; one wrong term gives 1e-7 and more.
const bound = 1e-12;

const goldens = new URL("../../goldens/", import.meta.url);
const tokensOf = (n: number) =>
  JSON.parse(readFileSync(new URL(`tokens-${n}.json`, goldens), "utf8")) as number[];
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, goldens)));
const logitsOf = (name: string) => new Float32Array(bytesOf(name).buffer);

/** Hadamard-folded models: value heads three times the key heads, untied; and tied. */
const folded = ["triple-PTQ1_0-fold1", "nano-PQ2_0-fold2"];

const models = new Map<string, ReturnType<typeof readReferenceModel>>();
function model(name: string) {
  const known = models.get(name) ?? readReferenceModel(memorySource(bytesOf(`${name}.gguf`)));
  models.set(name, known);
  return known;
}

/** Mixtures of experts: gates and ups apart, F32 routers; and in one tensor, BF16 routers, tied. */
const mixtures = ["moe-MIX", "moe-k-MIX"];

it.each(["nano-F32", "nano-MIX", "tiny-grouped-MIX", "heads-MIX", "yarn-MIX", ...folded, ...mixtures])(
  "%s gives the golden logits of each of 96 tokens",
  async (name) => {
    const reference = await model(name);
    const logits = forward(reference, emptyState(reference.config), tokensOf(96));
    const kl = meanKl(logitsOf(`${name}.tokens-96.logits.f32`), logits, reference.config.vocabSize);
    expect(kl).toBeLessThan(bound);
  },
  30_000, // 1.5 s on an idle machine
);

it.each(["nano-F32", "yarn-MIX"])(
  "%s gives the golden logits after 700 tokens",
  async (name) => {
    const reference = await model(name);
    const logits = forward(reference, emptyState(reference.config), tokensOf(700), 16);
    const kl = meanKl(logitsOf(`${name}.tokens-700.last16.logits.f32`), logits, reference.config.vocabSize);
    expect(kl).toBeLessThan(bound);
  },
  60_000,
); // 4 s on an idle machine

it.each([262_000, 1_000_000])("nano-F32 gives the golden logits from position %i on", async (position) => {
  const reference = await model("nano-F32");
  const logits = forward(reference, emptyState(reference.config, position), tokensOf(24));
  const golden = logitsOf(`nano-F32.start-${position}.tokens-24.logits.f32`);
  expect(meanKl(golden, logits, reference.config.vocabSize)).toBeLessThan(bound);
});

it("a cloned state goes on as the original does, and leaves it alone", async () => {
  const reference = await model("nano-MIX");
  const state = emptyState(reference.config);
  forward(reference, state, [1, 2, 3]);
  const copy = cloneState(state);
  const first = forward(reference, copy, [4, 5, 6]);
  expect(forward(reference, state, [4, 5, 6])).toEqual(first);
});

type Mutant = (model: ReferenceModel) => ReferenceModel;
const withAttention =
  (change: object): Mutant =>
  ({ config, tensor }) => ({ config: { ...config, attention: { ...config.attention, ...change } }, tensor });

// Sharpness of the check itself: each wrong model must be far above the bound.
it.each<[string, Mutant]>([
  ["theta 1e6", withAttention({ ropeTheta: 1e6 })],
  ["half the dims rotated", withAttention({ rotaryDim: 8 })],
  ["eps 0", ({ config, tensor }) => ({ config: { ...config, rmsNormEps: 0 }, tensor })],
  [
    "one norm weight off by 1e-3",
    ({ config, tensor }) => ({
      config,
      tensor: (name) =>
        name === "blk.1.ssm_norm.weight" ? tensor(name).map((w) => w * 1.001) : tensor(name),
    }),
  ],
])("the golden logits show a model with %s", async (_, mutate) => {
  const reference = await model("nano-F32");
  const mutant = mutate(reference);
  const logits = forward(mutant, emptyState(mutant.config), tokensOf(96));
  const kl = meanKl(logitsOf("nano-F32.tokens-96.logits.f32"), logits, reference.config.vocabSize);
  expect(kl).toBeGreaterThan(1000 * bound);
});

const withFold =
  (change: Partial<Fold>): Mutant =>
  ({ config, tensor }) => ({ config: { ...config, hadamard: { ...config.hadamard!, ...change } }, tensor });
const noSigns = { get: (width: number) => new Int8Array(width).fill(1) } as unknown as Fold["signs"];

// The bound that rounding to f16 passes and no mistake in the fold does: each is 0.28 or more.
it.each<[string, Mutant]>([
  ["no transform", ({ config: { hadamard: _, ...config }, tensor }) => ({ config, tensor })],
  ["no signs", withFold({ signs: noSigns })],
  ["value heads not grouped", withFold({ groupedValueHeads: false })],
  ["no inverse on the embedding", withFold({ embedding: false })],
  [
    "decay and beta given the transformed input",
    ({ config, tensor }) => {
      const gates = config.layerKinds.flatMap((_, i) => [
        `blk.${i}.ssm_alpha.weight`,
        `blk.${i}.ssm_beta.weight`,
      ]);
      const inputs = new Set([...config.hadamard!.inputs, ...gates]);
      return withFold({ inputs })({ config, tensor });
    },
  ],
])("the golden logits show a folded model with %s", async (_, mutate) => {
  const [name] = folded;
  const reference = await model(name!);
  const mutant = mutate(reference);
  const golden = logitsOf(`${name!}.tokens-96.logits.f32`);
  const { vocabSize } = reference.config;
  const kl = meanKl(
    golden.subarray(0, 24 * vocabSize),
    forward(mutant, emptyState(mutant.config), tokensOf(96).slice(0, 24)),
    vocabSize,
  );
  expect(kl).toBeGreaterThan(2e-5);
});

const withExperts =
  (change: Partial<ReferenceExperts>): Mutant =>
  ({ config, tensor }) => ({ config: { ...config, experts: { ...config.experts!, ...change } }, tensor });

// Each of these is 1e-2 or more; f16 inputs of the experts are 2e-7.
it.each<[string, Mutant]>([
  ["one expert too few", withExperts({ used: 3 })],
  ["one expert too many", withExperts({ used: 5 })],
  ["no gate at the shared expert", withExperts({ hasSharedGate: false })],
  [
    "gates and ups exchanged",
    ({ config, tensor }) => ({
      config,
      tensor: (name) =>
        tensor(name.replace(/(gate|up)(?=_exps)/, (which) => (which === "up" ? "gate" : "up"))),
    }),
  ],
  [
    "routers rounded to 8 bits of their largest",
    ({ config, tensor }) => ({
      config,
      tensor: (name) => {
        const values = tensor(name);
        if (!name.endsWith("ffn_gate_inp.weight")) return values;
        const step = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
        return values.map((value) => Math.round(value / step) * step);
      },
    }),
  ],
])("the golden logits show a mixture with %s", async (_, mutate) => {
  const reference = await model("moe-MIX");
  const mutant = mutate(reference);
  const logits = forward(mutant, emptyState(mutant.config), tokensOf(96));
  const kl = meanKl(logitsOf("moe-MIX.tokens-96.logits.f32"), logits, reference.config.vocabSize);
  expect(kl).toBeGreaterThan(1e-5);
});
