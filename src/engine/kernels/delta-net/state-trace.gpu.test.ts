import { expect, it } from "vitest";
import { deltaRule } from "../../../reference/delta-rule";
import { sigmoid, softplus } from "../../../reference/activation";
import { download, empty, gpu, run, scope, upload, worstError } from "../../../testing/gpu/gpu";
import { randomNormal } from "../../../testing/samples/random";
import { compileStateTrace } from "./state-trace";

// 64: a key dim of one workgroup's lanes; 96: a value dim that is no multiple of them; two value heads share
// a key head.
it("tells decay, write strength, what is written and the norm after it, as f64 has them", async () => {
  const shape = { nKeyHeads: 2, nValueHeads: 4, keyDim: 64, valueDim: 96 };
  const { nKeyHeads, nValueHeads, keyDim, valueDim } = shape;
  const c = randomNormal(2 * nKeyHeads * keyDim + nValueHeads * valueDim, 1);
  const projected = randomNormal(4 + 2 * nValueHeads, 2);
  const gates = new Float32Array(2 * nValueHeads);
  randomNormal(nValueHeads, 3).forEach((value, head) => {
    gates[head] = -Math.exp(value);
    gates[nValueHeads + head] = value - 2;
  });
  const before = randomNormal(nValueHeads * valueDim * keyDim, 4); // [head, valueDim, keyDim]
  const inKernelOrder = new Float32Array(before.length);
  for (let head = 0; head < nValueHeads; head++)
    for (let row = 0; row < valueDim; row++)
      for (let key = 0; key < keyDim; key++)
        inKernelOrder[((head * keyDim) / 4 + (key >> 2)) * valueDim * 4 + row * 4 + (key & 3)] =
          before[(head * valueDim + row) * keyDim + key]!;

  const trace = empty(nValueHeads * 4);
  const kernel = await compileStateTrace(gpu.compiler);
  const ranges = {
    c: upload(c),
    projected: upload(projected),
    gates: upload(gates),
    state: upload(inKernelOrder),
  };
  run([kernel(scope, "trace", { ...ranges, trace, ...shape, bColumn: 4, aColumn: 4 + nValueHeads })]);
  const actual = await download(trace);

  const after = Float64Array.from(before);
  const gate = (column: number) => Float64Array.from(projected.subarray(column, column + nValueHeads));
  const [aRaw, bRaw] = [gate(4 + nValueHeads), gate(4)];
  const [a, dtBias] = [gates.subarray(0, nValueHeads), gates.subarray(nValueHeads)].map((g) =>
    Float64Array.from(g),
  );
  deltaRule({ ...shape, c: Float64Array.from(c), aRaw, bRaw, a: a!, dtBias: dtBias! }, after);
  const norm = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const expected = Array.from({ length: nValueHeads }, (_, head) => {
    const alpha = Math.exp(a![head]! * softplus(aRaw[head]! + dtBias![head]!));
    const size = valueDim * keyDim;
    const S = after.subarray(head * size, (head + 1) * size);
    // The write is a rank-1 matrix, delta kᵀ with |k| = 1: its norm is that of delta.
    const written = S.map((value, i) => value - alpha * before[head * size + i]!);
    return [alpha, sigmoid(bRaw[head]!), norm(written), norm(S)];
  }).flat();
  expect(worstError(actual, expected)).toBeLessThan(1e-5);
});
