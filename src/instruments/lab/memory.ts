/** Pairs for several trials. Every rule stores the same ones. */
export interface Pairs {
  readonly nTrials: number;
  readonly nTokens: number;
  readonly keyDim: number;
  readonly valueDim: number;
  /** [nTrials, nTokens, keyDim], of length 1. */
  readonly keys: Float32Array<ArrayBuffer>;
  /** [nTrials, nTokens, valueDim], of length 1. */
  readonly values: Float32Array<ArrayBuffer>;
  /** [nTokens], indices into `tokenKinds`. */
  readonly kinds: Uint32Array<ArrayBuffer>;
}

/**
 * The keys of tokens [first, first + n) are read back; the value of `firstAnswer` + i is the right answer to
 * query i.
 */
export interface Question {
  readonly first: number;
  readonly n: number;
  readonly firstAnswer: number;
  readonly firstCandidate: number;
  readonly nCandidates: number;
  readonly window?: { readonly firstKey: number; readonly nKeys: number } | undefined;
}

/** States of all rules and trials, at once. The GPU's, or the reference's in f64. */
export interface Memory {
  clear(): void;
  /** Stores the pairs of tokens [first, first + n). */
  store(first: number, n: number): void;
  /** [rule, trial, query, (o·v, o·o, v·v, candidates nearer than v)] */
  ask(question: Question): Promise<ArrayLike<number>>;
}

/**
 * The sharpness of a window's attention, and how well one of its keys has to match for the state not to
 * answer.
 */
export const windowMatch = { scale: 32, threshold: 0.75 } as const;
