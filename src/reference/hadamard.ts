/** A folded model, as its file describes it. */
export interface Fold {
  readonly blockSize: number;
  /** 1 or −1, by the width of an input. */
  readonly signs: ReadonlyMap<number, ArrayLike<number>>;
  /** Tensors that hold W S H. */
  readonly inputs: ReadonlySet<string>;
  /** The embedding's rows hold H (s ⊙ e). */
  readonly embedding: boolean;
  /** The head is the folded embedding. */
  readonly tiedOutput: boolean;
  /** The columns of a folded output product of DeltaNet are grouped by key head. */
  readonly groupedValueHeads: boolean;
}

/** H x / √B for each run of B values, H[r][c] = (−1)^popcount(r & c). */
export function walshHadamard(x: Float64Array, blockSize: number): Float64Array {
  const y = x.slice();
  for (let first = 0; first < y.length; first += blockSize)
    for (let half = 1; half < blockSize; half *= 2)
      for (let i = first; i < first + blockSize; i++) {
        if ((i - first) & half) continue;
        const [a, b] = [y[i]!, y[i + half]!];
        y[i] = a + b;
        y[i + half] = a - b;
      }
  return y.map((value) => value / Math.sqrt(blockSize));
}

/** H (s ⊙ x), what a folded matrix of this width multiplies. */
export function foldedInput({ signs, blockSize }: Fold, x: Float64Array): Float64Array {
  const s = signs.get(x.length)!;
  return walshHadamard(
    x.map((value, i) => value * s[i]!),
    blockSize,
  );
}

/** s ⊙ (H z), a row of a folded embedding turned back. */
export function unfoldedRow({ signs, blockSize }: Fold, z: Float64Array): Float64Array {
  const s = signs.get(z.length)!;
  return walshHadamard(z, blockSize).map((value, i) => value * s[i]!);
}

/** Value heads [members, nKeyHeads, dim] as [nKeyHeads, members, dim]. */
export function groupedHeads(x: Float64Array, nKeyHeads: number, nValueHeads: number): Float64Array {
  const dim = x.length / nValueHeads;
  const members = nValueHeads / nKeyHeads;
  return x.map((_, at) => {
    const head = Math.floor(at / dim);
    const keyHead = Math.floor(head / members);
    return x[((head % members) * nKeyHeads + keyHead) * dim + (at % dim)]!;
  });
}
