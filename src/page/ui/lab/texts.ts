import type { ExperimentId, KeyKind, LabCurve, RuleId } from "../../../worker/rpc/protocol/measure";
import { mark, t, type Key } from "../../../language/language";

interface RuleText {
  readonly name: string;
  readonly recurrence: string;
  /** The gates it has here. */
  readonly gates: Key;
  readonly paper: string;
}

export const rules: Readonly<Record<RuleId, RuleText>> = {
  linear: {
    name: "Linear attention",
    recurrence: "S ← S + k vᵀ",
    gates: mark("It has none: all is added, nothing is forgotten."),
    paper: "arXiv:2006.16236",
  },
  mamba2: {
    name: "Mamba-2",
    recurrence: "S ← α S + k vᵀ",
    gates: mark("α by the half-life; 0.02 at a switch."),
    paper: "arXiv:2405.21060",
  },
  deltaNet: {
    name: "DeltaNet",
    recurrence: "S ← (I − β k kᵀ) S + β k vᵀ",
    gates: mark("β = 1."),
    paper: "arXiv:2406.06484",
  },
  gatedDeltaNet: {
    name: "Gated DeltaNet",
    recurrence: "S ← α (I − β k kᵀ) S + β k vᵀ",
    gates: mark("α as Mamba-2, β = 1. Qwen3.5's linear layers."),
    paper: "arXiv:2412.06464",
  },
  comba: {
    name: "Comba",
    recurrence: "S ← α S − β k (pᵀ S) + β k vᵀ",
    gates: mark("α as Mamba-2, β = 1, p = 0.9 k, read before the decay. Its correction of q is left out."),
    paper: "arXiv:2506.02475",
  },
  kimiDelta: {
    name: "Kimi Delta Attention",
    recurrence: "S ← (I − β k kᵀ) Diag(α) S + β k vᵀ",
    gates: mark(
      "A quarter of the channels keeps α = 1; the others decay, with half-lives from ½ to 2 times. β = 1.",
    ),
    paper: "arXiv:2510.26692",
  },
  gatedDeltaNet2: {
    name: "Gated DeltaNet-2",
    recurrence: "S ← (I − k (b ⊙ k)ᵀ) Diag(α) S + k (w ⊙ v)ᵀ",
    gates: mark("α as Kimi Delta Attention, w = 1; b = ½ for a new key, 1 for one that is written again."),
    paper: "arXiv:2605.22791",
  },
};

export type Measure = "found" | "similarity" | "error";

export const measures: Readonly<Record<Measure, { readonly name: Key; readonly hint: Key }>> = {
  found: {
    name: mark("Pairs found"),
    hint: mark(
      "Share of pairs where what was read is nearer to their value than to any other one stored, and than to 0.",
    ),
  },
  similarity: {
    name: mark("Similarity"),
    hint: mark("Cosine between the value that was stored and what was read."),
  },
  error: {
    name: mark("Error"),
    hint: mark(
      "Squared distance of what was read from what was stored. 0 is exact, 1 as bad as reading nothing.",
    ),
  },
};

export const keyKinds: Readonly<Record<KeyKind, { readonly name: Key; readonly hint: Key }>> = {
  random: { name: mark("Random"), hint: mark("Independent directions: two of them overlap by 1/√size.") },
  orthogonal: {
    name: mark("Orthogonal"),
    hint: mark("No overlap, for as many keys as the state has channels."),
  },
  correlated: {
    name: mark("Correlated"),
    hint: mark("Half of each key is shared by all: a cosine of ½ between any two."),
  },
};

export const experiments: Readonly<
  Record<ExperimentId, { readonly title: Key; readonly xName: Key; readonly about: Key }>
> = {
  capacity: {
    title: mark("How many pairs it holds"),
    xName: mark("Pairs stored"),
    about: mark(
      "N pairs are stored, then all are read back. What others left along a key is what is read wrong.",
    ),
  },
  overwriting: {
    title: mark("Old values written over"),
    xName: mark("Pairs written twice"),
    about: mark(
      "N pairs are stored, then the same keys with new values. A rule that only adds reads both; one that first takes out what it recalls reads the new one. A pair counts as found if what is read is nearer to the new value than to the old.",
    ),
  },
  switch: {
    title: mark("After a switch of context"),
    xName: mark("Pairs of the new context"),
    about: mark(
      "Two pairs for each channel are stored, the context switches, and N new pairs follow. Rules with a decay forget at the switch; the others read the new pairs through the old ones.",
    ),
  },
  lasting: {
    title: mark("What should last over that switch"),
    xName: mark("Pairs of the new context"),
    about: mark(
      "Some pairs stored before the switch were meant to stay, with keys in a quarter of the channels. A decay for the whole state takes them too; a decay per channel can spare them.",
    ),
  },
  age: {
    title: mark("By age, with a window of exact attention"),
    xName: mark("Pairs ago"),
    about: mark(
      "All pairs of the right end of the curves, read back by how long ago they were stored. The window holds the last ones exactly, and the state answers for what it does not hold, as in hybrid models.",
    ),
  },
};

export const curveName = ({ rule, hasWindow }: LabCurve): string =>
  hasWindow ? t("{rule} and the window", { rule: rules[rule].name }) : rules[rule].name;
