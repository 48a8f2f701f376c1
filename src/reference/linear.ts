/** y = W x, W [y.length, x.length] row-major. No Linear of Qwen3.5's text model has a bias. */
export function linear(W: Float64Array, x: Float64Array): Float64Array {
  const nColumns = x.length;
  const y = new Float64Array(W.length / nColumns);
  for (let row = 0; row < y.length; row++) {
    const at = row * nColumns;
    let sum = 0; // not dot(row): nearly all the time of a forward pass goes here
    for (let column = 0; column < nColumns; column++) sum += W[at + column]! * x[column]!;
    y[row] = sum;
  }
  return y;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Row `index` of a row-major matrix of `width` columns, as a view. */
export function row(matrix: Float64Array, index: number, width: number): Float64Array {
  return matrix.subarray(index * width, (index + 1) * width);
}
