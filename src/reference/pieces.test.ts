import { expect, it } from "vitest";
import { Random } from "../ground/random";
import { sigmoid, silu, softplus } from "./activation";
import { causalConv } from "./causal-conv";
import { deltaRule, deltaRuleHead } from "./delta-rule";
import { logSoftmax, meanKl } from "./divergence";
import { attend, gatedAttention } from "./gated-attention";
import { gatedNorm } from "./gated-norm";
import { l2Norm } from "./l2-norm";
import { dot, linear } from "./linear";
import { rmsNorm } from "./rms-norm";
import { rotaryFrequencies, rotate } from "./rotary";
import { swiglu } from "./swiglu";

// The goldens hold the whole; these hold each piece to values worked out by hand and to what must be true of
// any input.
const random = new Random(1);
const draw = (length: number) => Float64Array.from({ length }, () => random.normal());
const norm = (x: Float64Array) => Math.sqrt(dot(x, x));

it("linear multiplies by rows", () => {
  expect(linear(Float64Array.of(1, 2, 3, 4, 5, 6), Float64Array.of(1, 0, -1))).toEqual(
    Float64Array.of(-2, -2),
  );
});

it("rmsNorm divides by the root of the mean square plus eps", () => {
  expect(rmsNorm(Float64Array.of(3, 4), Float64Array.of(1, 2), 3.5)).toEqual(Float64Array.of(3 / 4, 2));
});

it("l2Norm gives length 1, and 0 for 0", () => {
  expect(norm(l2Norm(draw(128)))).toBeCloseTo(1, 7);
  expect(l2Norm(new Float64Array(4))).toEqual(new Float64Array(4));
});

it("softplus is exact far from 0", () => {
  expect(softplus(800)).toBe(800);
  expect(softplus(-40) / Math.exp(-40)).toBeCloseTo(1, 14);
  expect(softplus(0)).toBe(Math.log(2));
});

it("swiglu gates with silu", () => {
  expect(swiglu(Float64Array.of(2), Float64Array.of(3))).toEqual(
    Float64Array.of((2 / (1 + Math.exp(-2))) * 3),
  );
});

it("the convolution's last tap meets the current token, and older ones the tokens before", () => {
  const taps = Float64Array.of(1000, 100, 10, 1);
  const state = new Float64Array(3);
  const outputs = [1, 2, 3, 4, 5].map((u) => causalConv(Float64Array.of(u), taps, state)[0]!);
  expect(outputs).toEqual([1, 12, 123, 1234, 2345].map(silu));
});

it("a token with alpha 1 and beta 0 leaves the state as it was", () => {
  const S = draw(3 * 4);
  const before = S.slice();
  const o = deltaRuleHead(S, { q: draw(4), k: draw(4), v: draw(3), alpha: 1, beta: 0 });
  expect(S).toEqual(before);
  expect(o).toHaveLength(3);
});

it("with beta 1 and a key of length 1 the state recalls the value, whatever it was", () => {
  const k = Float64Array.of(0.6, 0, 0.8, 0);
  const v = draw(3);
  const o = deltaRuleHead(draw(3 * 4), { q: k, k, v, alpha: 0.3, beta: 1 });
  o.forEach((x, i) => expect(x).toBeCloseTo(v[i]!, 12));
});

it("value head h uses key head h % nKeyHeads", () => {
  const shape = { nKeyHeads: 2, nValueHeads: 4, keyDim: 4, valueDim: 3 };
  const c = draw(2 * 8 + 12);
  const gates = { aRaw: draw(4), bRaw: draw(4), a: Float64Array.of(-1, -1, -1, -1), dtBias: draw(4) };
  const o = deltaRule({ ...shape, ...gates, c }, new Float64Array(4 * 12));
  // From an empty state o = beta (k · q) v.
  for (let head = 0; head < 4; head++) {
    const keyHead = head % 2;
    const q = l2Norm(c.subarray(keyHead * 4, keyHead * 4 + 4));
    const k = l2Norm(c.subarray(8 + keyHead * 4, 12 + keyHead * 4));
    const expected = (sigmoid(gates.bRaw[head]!) * dot(k, q) * c[16 + head * 3]!) / 2;
    expect(o[head * 3]).toBeCloseTo(expected, 14);
  }
});

it("the gated norm is by head, its gate after the norm", () => {
  const y = gatedNorm(Float64Array.of(3, 4, 0, 0), Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 2), 12.5);
  [0.6 * silu(1), 1.6 * silu(1), 0, 0].forEach((expected, i) => expect(y[i]).toBeCloseTo(expected, 14));
});

const plain = { rotaryDim: 16, ropeTheta: 1e7 };

it("a rotation turns pairs half the rotated dims apart, and leaves the other dims", () => {
  const x = new Float64Array(64);
  x[0] = 1;
  x[20] = 5;
  const y = rotate(x, 3, plain);
  expect([y[0], y[8], y[20]]).toEqual([Math.cos(3), Math.sin(3), 5]);
});

it("products of rotated vectors depend on the distance of their positions only", () => {
  const [q, k] = [draw(64), draw(64)];
  const product = (a: number, b: number) => dot(rotate(q, a, plain), rotate(k, b, plain));
  expect(product(1_000_000, 999_990)).toBeCloseTo(product(10, 0), 8);
});

it("YaRN keeps the fastest frequency and divides the slowest", () => {
  const yarn = { factor: 4, originalContextLength: 64, betaFast: 32, betaSlow: 1, attentionFactor: 1.1 };
  const [before, after] = [rotaryFrequencies(plain), rotaryFrequencies({ ...plain, yarn })];
  expect(after[0]).toBe(before[0]);
  expect(after[7]).toBe(before[7]! / 4);
  const x = draw(64);
  expect(norm(rotate(x, 5, { ...plain, yarn }).subarray(0, 16)) / norm(x.subarray(0, 16))).toBeCloseTo(
    1.1,
    12,
  );
});

it("attention over equal keys is the mean of the values", () => {
  const k = draw(4);
  const o = attend(draw(4), [k, k], [Float64Array.of(1, 2, 3, 4), Float64Array.of(3, 2, 1, 0)]);
  expect([...o].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([2, 2, 2, 2]);
});

it("each head's gate follows its query, and heads share kv heads in groups", () => {
  const config = { nHeads: 4, nKvHeads: 2, headDim: 4, rotaryDim: 2, ropeTheta: 1e4 };
  const queryAndGate = draw(4 * 2 * 4);
  const v = draw(8);
  const weight = Float64Array.of(1, 1, 1, 1);
  const input = { queryAndGate, k: draw(8), v, qNorm: weight, kNorm: weight, position: 0, eps: 1e-6 };
  const y = gatedAttention(input, { keys: [], values: [] }, config);
  // A first token attends to itself: its output is its value, gated.
  y.forEach((value, i) => {
    const [head, dim] = [Math.floor(i / 4), i % 4];
    const expected = v[Math.floor(head / 2) * 4 + dim]! * sigmoid(queryAndGate[head * 8 + 4 + dim]!);
    expect(value).toBeCloseTo(expected, 14);
  });
});

it("the mean KL is by row, and NaN does not pass for small", () => {
  const p = [Math.log(3), 0, 0, 0];
  const expected = (0.75 * Math.log(0.75 / 0.5) + 0.25 * Math.log(0.25 / 0.5)) / 2;
  expect(meanKl(p, [0, 0, 0, 0], 2)).toBeCloseTo(expected, 14);
  expect(meanKl(p, [0, NaN, 0, 0], 2)).toBeNaN();
  expect(() => meanKl(p, [0, 0], 2)).toThrow(/4 and 2 logits/);
  expect(logSoftmax([1000, 1000])[0]).toBeCloseTo(-Math.log(2), 14);
});
