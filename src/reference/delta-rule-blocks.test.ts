import { expect, it } from "vitest";
import { Random } from "../ground/random";
import { deltaRuleHead } from "./delta-rule";
import { deltaRuleBlock, type BlockToken } from "./delta-rule-blocks";
import { l2Norm } from "./l2-norm";

const random = new Random(1);
const draw = (length: number) => Float64Array.from({ length }, () => random.normal());
const [keyDim, valueDim, nTokens] = [8, 6, 20];

const token = (change: Partial<BlockToken> = {}): BlockToken => ({
  q: l2Norm(draw(keyDim)),
  k: l2Norm(draw(keyDim)),
  v: draw(valueDim),
  alpha: random.uniform(),
  beta: random.uniform(),
  ...change,
});
const key = l2Norm(draw(keyDim));

it.each<[string, (t: number) => Partial<BlockToken>]>([
  ["drawn at random", () => ({})],
  ["that forget nearly all", () => ({ alpha: 1e-6 * random.uniform() })],
  ["that forget all at times", (t) => ({ alpha: t % 7 === 3 ? 0 : 0.99 })],
  ["that do not forget, of one key", () => ({ alpha: 1, k: key })],
  ["with beta 0 or 1", (t) => ({ beta: t % 2 })],
])("blocks give what one token after another gives: tokens %s", (_, change) => {
  const tokens = Array.from({ length: nTokens }, (_, t) => token(change(t)));
  const before = draw(valueDim * keyDim);
  const expectedState = before.slice();
  const expected = tokens.map((t) => [...deltaRuleHead(expectedState, t)]);
  for (const length of [1, 7, nTokens]) {
    const state = before.slice();
    const o: number[][] = [];
    for (let at = 0; at < nTokens; at += length)
      o.push(...deltaRuleBlock(state, tokens.slice(at, at + length)).map((row) => [...row]));
    const errors = [...o.flat(), ...state].map((value, i) =>
      Math.abs(value - [...expected.flat(), ...expectedState][i]!),
    );
    expect(Math.max(...errors), `blocks of ${length}`).toBeLessThan(1e-12);
  }
});
