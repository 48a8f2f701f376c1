/** ln softmax(logits) of one row, in f64. */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const row = Float64Array.from(logits);
  const highest = row.reduce((best, l) => Math.max(best, l), -Infinity);
  const logSum = Math.log(row.reduce((sum, l) => sum + Math.exp(l - highest), 0));
  return row.map((l) => l - highest - logSum);
}

/**
 * Mean over rows of KL(reference ‖ other) = Σ p (ln p − ln q), in nats, p and q the softmax of logits [nRows,
 * vocabSize]. NaN if either holds a NaN, so that `toBeLessThan` fails.
 */
export function meanKl(reference: ArrayLike<number>, other: ArrayLike<number>, vocabSize: number): number {
  if (reference.length !== other.length || reference.length === 0 || reference.length % vocabSize !== 0)
    throw new RangeError(
      `${reference.length} and ${other.length} logits; expected equal rows of ${vocabSize}.`,
    );
  const nRows = reference.length / vocabSize;
  const rowOf = (logits: ArrayLike<number>, i: number) =>
    logSoftmax(Array.prototype.slice.call(logits, i * vocabSize, (i + 1) * vocabSize) as number[]);
  let sum = 0;
  for (let i = 0; i < nRows; i++) {
    const logP = rowOf(reference, i);
    const logQ = rowOf(other, i);
    logP.forEach((lp, id) => (sum += Math.exp(lp) * (lp - logQ[id]!)));
  }
  return sum / nRows;
}
