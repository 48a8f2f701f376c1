import { counted } from "../../../ground/figures";
import { refuse } from "./config-metadata";
import type { ModelConfig } from "./model-config";
import { mark, t, type Key, type Sentence } from "../../../language/language";

interface Limit {
  readonly what: (config: ModelConfig) => Sentence;
  readonly holds: (config: ModelConfig) => boolean;
  /** The value it must have, and the reason. */
  readonly expected: Key;
}

const isMultiple = (value: number, of: number) => value % of === 0;
const perKvHead = ({ attention: { nHeads, nKvHeads } }: ModelConfig) => nHeads / nKvHeads;

/**
 * The kernels' demands on a model's sizes. Every Qwen3.5 meets them; a file that does not would run wrong,
 * not slowly.
 */
const limits: readonly Limit[] = [
  {
    what: (c) => t("hidden size {hiddenSize}", { hiddenSize: c.hiddenSize }),
    holds: (c) => isMultiple(c.hiddenSize, 32),
    expected: mark("a multiple of 32: products read rows in spans of 32 weights"),
  },
  {
    what: (c) => t("MLP width {intermediateSize}", { intermediateSize: c.intermediateSize }),
    holds: (c) => isMultiple(c.intermediateSize, 32),
    expected: mark("a multiple of 32: products read rows in spans of 32 weights"),
  },
  {
    what: (c) => t("experts of {width} columns", { width: c.experts?.width ?? 0 }),
    holds: ({ experts }) => !experts || isMultiple(experts.width, 32),
    expected: mark("a multiple of 32: products read rows in spans of 32 weights"),
  },
  {
    what: (c) =>
      t("{used} of {count} experts for a token", {
        used: c.experts?.used ?? 0,
        count: c.experts?.count ?? 0,
      }),
    holds: ({ experts }) =>
      !experts || (experts.used <= experts.count && experts.used <= 16 && experts.count <= 1024),
    expected: mark("up to 16 of at most 1,024: one workgroup chooses among them"),
  },
  {
    what: (c) => t("attention head size {headDim}", { headDim: c.attention.headDim }),
    holds: ({ attention: { headDim } }) => isMultiple(headDim, 32) && headDim <= 256,
    expected: mark("a multiple of 32 up to 256: one workgroup holds a head"),
  },
  {
    what: (c) =>
      t("{nHeads} query heads on {nKvHeads} kv heads", {
        nHeads: c.attention.nHeads,
        nKvHeads: c.attention.nKvHeads,
      }),
    holds: (c) => Number.isInteger(perKvHead(c)) && perKvHead(c) <= 8,
    expected: mark(
      "1 to 8 query heads for each kv head: a group's queries and scores share 16,384 bytes of workgroup memory",
    ),
  },
  {
    what: (c) =>
      t("{rotaryDim} rotated dims of {headDim}", {
        rotaryDim: c.attention.rotaryDim,
        headDim: c.attention.headDim,
      }),
    holds: ({ attention: { rotaryDim, headDim } }) => isMultiple(rotaryDim, 2) && rotaryDim <= headDim,
    expected: mark("an even number within the head: dims are rotated in pairs"),
  },
  {
    what: (c) => t("DeltaNet key size {keyDim}", { keyDim: c.deltaNet.keyDim }),
    holds: (c) => [32, 64, 128].includes(c.deltaNet.keyDim),
    expected: mark("32, 64 or 128: a lane keeps one row of the state in registers"),
  },
  {
    what: (c) => t("DeltaNet value size {valueDim}", { valueDim: c.deltaNet.valueDim }),
    holds: ({ deltaNet: { valueDim } }) => isMultiple(valueDim, 32) && valueDim <= 256,
    expected: mark("a multiple of 32 up to 256: one workgroup holds a head"),
  },
  {
    what: (c) =>
      t("{nValueHeads} value heads on {nKeyHeads} key heads", {
        nValueHeads: c.deltaNet.nValueHeads,
        nKeyHeads: c.deltaNet.nKeyHeads,
      }),
    holds: ({ deltaNet: { nKeyHeads, nValueHeads } }) => isMultiple(nValueHeads, nKeyHeads),
    expected: mark("a whole number of value heads for each key head: they share its keys"),
  },
  {
    what: (c) => t("a convolution over {tokens}", { tokens: counted(c.deltaNet.convKernel, "token") }),
    holds: (c) => c.deltaNet.convKernel === 4,
    expected: mark("4: its state is a ring of 4"),
  },
];

/** @throws UnsupportedModelError  naming the first size that no kernel takes */
export function checkLimits(config: ModelConfig): void {
  for (const { what, holds, expected } of limits)
    if (!holds(config))
      refuse(
        t("The model has {size}; this app needs {expected}.", { size: what(config), expected: t(expected) }),
      );
}
