import { counted } from "../../../ground/figures";
import { refuse } from "./config-metadata";
import type { ModelConfig } from "./model-config";

interface Limit {
  readonly what: (config: ModelConfig) => string;
  readonly holds: (config: ModelConfig) => boolean;
  /** The value it must have, and the reason. */
  readonly expected: string;
}

const isMultiple = (value: number, of: number) => value % of === 0;
const perKvHead = ({ attention: { nHeads, nKvHeads } }: ModelConfig) => nHeads / nKvHeads;

/**
 * The kernels' demands on a model's sizes. Every Qwen3.5 meets them; a file that does not would run wrong,
 * not slowly.
 */
const limits: readonly Limit[] = [
  {
    what: (c) => `hidden size ${c.hiddenSize}`,
    holds: (c) => isMultiple(c.hiddenSize, 32),
    expected: "a multiple of 32: products read rows in spans of 32 weights",
  },
  {
    what: (c) => `MLP width ${c.intermediateSize}`,
    holds: (c) => isMultiple(c.intermediateSize, 32),
    expected: "a multiple of 32: products read rows in spans of 32 weights",
  },
  {
    what: (c) => `attention head size ${c.attention.headDim}`,
    holds: ({ attention: { headDim } }) => isMultiple(headDim, 32) && headDim <= 256,
    expected: "a multiple of 32 up to 256: one workgroup holds a head",
  },
  {
    what: (c) => `${c.attention.nHeads} query heads on ${c.attention.nKvHeads} kv heads`,
    holds: (c) => Number.isInteger(perKvHead(c)) && perKvHead(c) <= 8,
    expected:
      "1 to 8 query heads for each kv head: a group's queries and scores share 16,384 bytes of workgroup memory",
  },
  {
    what: (c) => `${c.attention.rotaryDim} rotated dims of ${c.attention.headDim}`,
    holds: ({ attention: { rotaryDim, headDim } }) => isMultiple(rotaryDim, 2) && rotaryDim <= headDim,
    expected: "an even number within the head: dims are rotated in pairs",
  },
  {
    what: (c) => `DeltaNet key size ${c.deltaNet.keyDim}`,
    holds: (c) => [32, 64, 128].includes(c.deltaNet.keyDim),
    expected: "32, 64 or 128: a lane keeps one row of the state in registers",
  },
  {
    what: (c) => `DeltaNet value size ${c.deltaNet.valueDim}`,
    holds: ({ deltaNet: { valueDim } }) => isMultiple(valueDim, 32) && valueDim <= 256,
    expected: "a multiple of 32 up to 256: one workgroup holds a head",
  },
  {
    what: (c) => `${c.deltaNet.nValueHeads} value heads on ${c.deltaNet.nKeyHeads} key heads`,
    holds: ({ deltaNet: { nKeyHeads, nValueHeads } }) => isMultiple(nValueHeads, nKeyHeads),
    expected: "a whole number of value heads for each key head: they share its keys",
  },
  {
    what: (c) => `a convolution over ${counted(c.deltaNet.convKernel, "token")}`,
    holds: (c) => c.deltaNet.convKernel === 4,
    expected: "4: its state is a ring of 4",
  },
];

/** @throws UnsupportedModelError  naming the first size that no kernel takes */
export function checkLimits(config: ModelConfig): void {
  for (const { what, holds, expected } of limits)
    if (!holds(config)) refuse(`The model has ${what(config)}; this app needs ${expected}.`);
}
