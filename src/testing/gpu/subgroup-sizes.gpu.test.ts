import { describe, expect, it } from "vitest";
import rowSumsSubgroup from "../../../shaders/lib/row-sums-subgroup.wgsl?raw";
import { withEmulatedMatrices, withEmulatedSums } from "./emulated-subgroups";
import { download, empty, gpu, run, scope, upload, uploadStep, worstError } from "./gpu";
import { randomNormal } from "../samples/random";
import type { KernelCompiler } from "../../engine/gpu/kernel";
import { compileMatmul } from "../../engine/kernels/products/matmul";

// 4: SwiftShader. 8: lavapipe, Intel. 16: Intel. 32: NVIDIA, Apple, RDNA. 64: RDNA3 as it comes, GCN, Adreno.
const sizes = [4, 8, 16, 32, 64];

const summing = `
struct Params { lane_bits: u32, size: u32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> own: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(local_invocation_index) lane: u32) {
  emulated_lane = lane;
  put_row_sums(own[lane], lane);
  workgroupBarrier();
  if (lane < (WORKGROUP_SIZE >> params.lane_bits) * ROWS_PER_LANE) { y[lane] = row_sum(lane, 1u << params.lane_bits); }
}`;

// 16 lanes: smaller than some subgroups. 128: two of the largest. A row in part of a subgroup, and over
// several.
it.each([
  [16, 4, [2, 3, 4]],
  [64, 2, [1, 3, 5]],
  [64, 4, [2, 4, 6]],
  [128, 4, [3, 5, 7]],
] as const)("rows' sums over %i lanes of %i rows each", async (workgroupSize, rowsPerLane, allBits) => {
  const kernel = await gpu.compiler.compile({
    label: "row sums of emulated subgroups",
    files: [withEmulatedSums(rowSumsSubgroup), summing],
    params: { laneBits: "u32", size: "u32" },
    buffers: { own: "read", y: "read_write" },
    overrides: { WORKGROUP_SIZE: workgroupSize, ROWS_PER_LANE: rowsPerLane },
  });
  // Whole numbers, so that the order of a sum does not matter.
  const own = Float32Array.from({ length: workgroupSize * 4 }, (_, i) => ((i * 37) % 101) + 1);
  for (const size of sizes)
    for (const laneBits of allBits) {
      const lanes = 2 ** laneBits;
      const groups = workgroupSize / lanes;
      const y = empty(groups * rowsPerLane);
      run([kernel.dispatch(scope, "sums", { laneBits, size, own: upload(own), y }, [1])]);
      const expected = Array.from({ length: groups * rowsPerLane }, (_, row) => {
        let sum = 0;
        for (let i = 0; i < lanes; i++)
          sum += own[((row % groups) * lanes + i) * 4 + Math.floor(row / groups)]!;
        return sum;
      });
      expect([...(await download(y))], `${size} lanes, ${lanes} a row`).toEqual(expected);
    }
});

/** The error of a product whose kernel was made for subgroups of `assumed` lanes, where they have `real`. */
async function errorOfMatrices(assumed: number, real: number): Promise<number> {
  const [nTokens, nRows, k] = [33, 70, 64]; // neither a multiple of the tile
  const compiler = {
    device: gpu.device,
    compile: (spec: Parameters<KernelCompiler["compile"]>[0]) => {
      const [matrices, ...others] = spec.files as readonly string[];
      return gpu.compiler.compile({ ...spec, files: [withEmulatedMatrices(matrices!), ...others] });
    },
  } as unknown as KernelCompiler;
  const matrix = { m: 8, n: 8, k: 8, lanes: assumed, isAsked: false };
  const tile = { rows: 64, tokens: 32, stageSpans: 1 };
  const matmul = await compileMatmul(compiler, { format: "F32", arithmetic: "matrix", tile, matrix });
  const [weight, x] = [randomNormal(nRows * k, 5), randomNormal(nTokens * k, 6)];
  const y = empty(nTokens * nRows);
  const args = { step: uploadStep({ nTokens, capacity: real }), weight: upload(weight), x: upload(x), y };
  run([matmul(scope, "product", { ...args, nRows, k, firstRow: 0, nOutputs: nRows })], nTokens);
  const expected = Array.from({ length: nTokens * nRows }, (_, i) => {
    const [t, r] = [Math.floor(i / nRows), i % nRows];
    let sum = 0;
    for (let j = 0; j < k; j++) sum += x[t * k + j]! * weight[r * k + j]!;
    return sum;
  });
  return worstError(await download(y), expected);
}

describe("products on matrices", () => {
  it.each([
    [8, [4, 8]],
    [64, [8, 16, 32, 64]],
  ])("made for subgroups of %i lanes are right with as many and fewer", async (assumed, reals) => {
    for (const real of reals) expect(await errorOfMatrices(assumed, real), `${real}`).toBeLessThan(1e-4);
  });

  it("made for 32 lanes leave rows out with 64, as the tuner finds", async () => {
    expect(await errorOfMatrices(32, 32)).toBeLessThan(1e-4);
    expect(await errorOfMatrices(32, 64)).toBeGreaterThan(0.5);
  });
});
