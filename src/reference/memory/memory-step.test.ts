import { expect, it } from "vitest";
import { Random } from "../../ground/random";
import { memoryStep, type MemoryToken } from "./memory-step";
import { rulesAsWritten, type RuleToken } from "./memory-rules";

const [keyDim, valueDim] = [5, 3];
const random = new Random(1);
const numbers = (n: number, make = () => random.normal()) => Float64Array.from({ length: n }, make);
const gates = (n: number) => numbers(n, () => random.uniform());

const token: RuleToken = {
  k: numbers(keyDim),
  v: numbers(valueDim),
  alpha: 0.7,
  alphas: gates(keyDim),
  beta: 0.6,
  erase: gates(keyDim),
  write: gates(valueDim),
  p: numbers(keyDim),
};
const S = numbers(keyDim * valueDim);
const all = (value: number, n: number) => new Float64Array(n).fill(value);
const { k, v, alpha, alphas, beta, erase, write, p } = token;

/** The gates by which the one step form becomes each rule. */
const asGates: Record<string, Pick<MemoryToken, "alpha" | "read" | "write">> = {
  linear: { alpha: all(1, keyDim), read: all(0, keyDim), write: all(1, valueDim) },
  mamba2: { alpha: all(alpha, keyDim), read: all(0, keyDim), write: all(1, valueDim) },
  deltaNet: { alpha: all(1, keyDim), read: all(beta, keyDim), write: all(beta, valueDim) },
  gatedDeltaNet: { alpha: all(alpha, keyDim), read: all(alpha * beta, keyDim), write: all(beta, valueDim) },
  comba: { alpha: all(alpha, keyDim), read: p.map((x, i) => (beta * x) / k[i]!), write: all(beta, valueDim) },
  kimiDelta: { alpha: alphas, read: alphas.map((x) => beta * x), write: all(beta, valueDim) },
  gatedDeltaNet2: { alpha: alphas, read: alphas.map((x, i) => x * erase[i]!), write },
};

it.each(Object.keys(rulesAsWritten))("the step form is %s as its paper writes it", (rule) => {
  const stepped = S.slice();
  memoryStep(stepped, { k, v, ...asGates[rule]! });
  const expected = rulesAsWritten[rule]!(S, token);
  expect(Math.max(...stepped.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-14);
});
