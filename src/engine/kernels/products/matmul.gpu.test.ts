import { describe, expect, it } from "vitest";
import { dequantize } from "../../../reference/weights/dequantize";
import { row } from "../../../reference/linear";
import { download, gpu, run, scope, upload, uploadStep } from "../../../testing/gpu/gpu";
import { roundedToInt8 } from "../../../testing/samples/product-error";
import { randomNormal } from "../../../testing/samples/random";
import { fileTypeOf, formatsWithK, repackOnGpu, sampleBlocks } from "../../../testing/samples/sample-weights";
import { compileMatmul, matmulTiles, type Arithmetic, type MatmulTile } from "./matmul";
import { hasCodes, SPAN_WEIGHTS, type WeightFormat } from "./weight-format";

/**
 * Subgroup matrices: where the adapter has them, as lavapipe of Mesa 26 (`npm run test:matrices`) and most
 * GPUs do.
 */
const arithmetics: readonly Arithmetic[] = [
  "f32",
  ...(gpu.hasF16 ? (["f16"] as const) : []),
  ...(gpu.subgroupMatrices.length > 0 ? (["matrix"] as const) : []),
];

it("lavapipe has f16, so f16 is tested where it is said to be", () => {
  expect(gpu.hasF16 || process.env["GPU_ADAPTER"] !== "lavapipe").toBe(true);
});

const isLavapipe = process.env["GPU_ADAPTER"] === "lavapipe";

/**
 * Tiles hold what a view gives, so f16 is tried on the formats that differ most: any value, small scales,
 * affine, signed scales. A pipeline takes lavapipe up to ten seconds to compile: there,
 * made-models.gpu.test.ts and safetensors.gpu.test.ts multiply in the formats left out here.
 */
const isTried = (arithmetic: Arithmetic, format: WeightFormat) =>
  ["F32", "Q8_0", "Q4_K", "Q6_K"].includes(format) ||
  (arithmetic === "f32" &&
    !(isLavapipe && ["Q4_1", "Q5_1", "Q2_K", "Q3_K", "MLX_Q8", "AWQ_Q4"].includes(format)));

interface Product {
  readonly format: WeightFormat;
  readonly arithmetic: Arithmetic;
  readonly tile?: MatmulTile;
  readonly nTokens: number;
  readonly nRows: number;
  readonly k: number;
  readonly residual?: boolean;
  /** Changes X, f32 [nTokens, k], in place. */
  readonly change?: (x: Float32Array) => void;
}

const FIRST_ROW = 3;

/**
 * Errors of the product of a piece whose rows begin at 3 of an output with 2 more after it, and what else
 * changed in the output.
 */
async function errorsOf({ format, arithmetic, tile, nTokens, nRows, k, residual = false, change }: Product) {
  const raw = sampleBlocks(fileTypeOf(format), (nRows * k) / SPAN_WEIGHTS, nRows);
  const x = randomNormal(nTokens * k, 1);
  change?.(x);
  const nOutputs = FIRST_ROW + nRows + 2;
  const before = randomNormal((nTokens + 1) * nOutputs, 2); // one token more than the step has
  const y = upload(before);
  const weight = await repackOnGpu(fileTypeOf(format), raw);
  const matmul = await compileMatmul(gpu.compiler, {
    format,
    arithmetic,
    matrix: gpu.subgroupMatrices[0],
    ...(tile && { tile }),
  });
  const args = { weight, x: upload(x), y, nRows, k, firstRow: FIRST_ROW, nOutputs, residual };
  run([matmul(scope, "product", { step: uploadStep({ nTokens }), ...args })], nTokens);
  const actual = await download(y);

  const W = dequantize(fileTypeOf(format), raw);
  const X = Float64Array.from(arithmetic === "int8" ? roundedToInt8(x) : x);
  let worst = 0; // against sum |w x|
  let squares = 0; // against sum (w x)^2
  let othersChanged = 0;
  actual.forEach((value, i) => {
    const t = Math.floor(i / nOutputs);
    const r = (i % nOutputs) - FIRST_ROW;
    if (t === nTokens || r < 0 || r >= nRows) {
      if (value !== before[i]) othersChanged++;
      return;
    }
    const w = row(W, r, k);
    const xs = row(X, t, k);
    let sum = residual ? before[i]! : 0;
    let sizes = Math.abs(sum);
    let norm = 0;
    w.forEach((weight, j) => {
      const product = weight * xs[j]!;
      sum += product;
      sizes += Math.abs(product);
      norm += product * product;
    });
    const error = Number.isFinite(value) ? Math.abs(value - sum) : Infinity;
    if (error > 0) {
      worst = Math.max(worst, error / sizes);
      squares += (error * error) / norm;
    }
  });
  return { worst, rms: Math.sqrt(squares / (nTokens * nRows)), othersChanged };
}

// 1 token and 1 row: a tile that is nearly all tail. 17, 70 tokens and 17, 100 rows: not multiples of the
// tile. 64: multiples of it. 1 span: one stage; 33: an odd number.
const shapes = [
  [1, 17, 1],
  [3, 1, 8],
  [17, 100, 33],
  [64, 64, 8],
  [70, 70, 8],
] as const;

describe.each(arithmetics)("matmul with %s", (arithmetic) => {
  describe.each(shapes)("of %i tokens with %i rows of %i spans", (nTokens, nRows, spans) => {
    it.each(formatsWithK(spans).filter(([format]) => isTried(arithmetic, format)))(
      "in %s (K = %i) matches f64 and writes its columns only",
      async (format, k) => {
        const errors = await errorsOf({ format, arithmetic, nTokens, nRows, k });
        expect(errors.othersChanged).toBe(0);
        if (arithmetic === "f32") expect(errors.worst).toBeLessThan(1e-6);
        else expect(errors.rms).toBeLessThan(4e-4);
      },
    );
  });

  it.each(formatsWithK(8).filter(([format]) => isTried(arithmetic, format)))(
    "in %s adds to what is there if asked",
    async (format, k) => {
      const errors = await errorsOf({ format, arithmetic, nTokens: 33, nRows: 65, k, residual: true });
      expect(errors.othersChanged).toBe(0);
      expect(errors.worst).toBeLessThan(arithmetic === "f32" ? 1e-6 : 2e-4);
    },
  );

  // Column 5 of X as published models have them; token 1 far below what f16 can hold; token 2 all zero.
  it("keeps its precision beside channels 100,000 times larger and for tokens near zero", async () => {
    const k = 256;
    const change = (x: Float32Array) => {
      for (let i = 5; i < x.length; i += k) x[i]! *= 1e5;
      for (let i = 0; i < k; i++) x[k + i]! *= 1e-25;
      x.fill(0, 2 * k, 3 * k);
    };
    const errors = await errorsOf({ format: "Q8_0", arithmetic, nTokens: 17, nRows: 64, k, change });
    expect(errors.rms).toBeLessThan(arithmetic === "f32" ? 1e-6 : 4e-4);
  });
});

// Tails in all directions, and an odd number of spans for stages of two.
const awkward = { nTokens: 70, nRows: 133, k: 33 * SPAN_WEIGHTS } as const;

describe.each(arithmetics)("tiles of %s", (arithmetic) => {
  const [, ...others] = matmulTiles[arithmetic];
  // The formats come to the baseline; tiles hold what any of them gives. SwiftShader takes over a second to
  // compile each.
  it.each(isLavapipe || arithmetic === "f32" ? others : others.slice(0, 1))(
    "of $rows rows by $tokens tokens, $stageSpans spans match f64 and write their columns only",
    async (tile) => {
      const errors = await errorsOf({ format: "Q8_0", arithmetic, tile, ...awkward });
      expect(errors.othersChanged).toBe(0);
      if (arithmetic === "f32") expect(errors.worst).toBeLessThan(1e-6);
      else expect(errors.rms).toBeLessThan(4e-4);
    },
  );
});

describe("tiles of int8", () => {
  it("are there on both adapters", () => expect(gpu.hasInt8Dot).toBe(true));

  it.each(isLavapipe ? matmulTiles.int8.slice(1) : [])(
    "of $rows rows by $tokens tokens, $stageSpans spans match f64 on inputs rounded to int8",
    async (tile) => {
      const errors = await errorsOf({ format: "Q8_0", arithmetic: "int8", tile, ...awkward });
      expect(errors.othersChanged).toBe(0);
      expect(errors.worst).toBeLessThan(1e-6);
    },
  );

  const codes = formatsWithK(33).filter(([format]) => hasCodes(format));
  const tried = isLavapipe ? ["Q8_0", "Q4_K"] : ["Q6_K"]; // compiling one takes lavapipe some ten seconds
  it.each(codes.filter(([format]) => (isLavapipe ? tried.includes(format) : true)))(
    "in %s (K = %i) match f64 on inputs rounded to int8",
    async (format, k) => {
      const errors = await errorsOf({ ...awkward, format, arithmetic: "int8", k });
      expect(errors.othersChanged).toBe(0);
      expect(errors.worst).toBeLessThan(1e-6);
    },
  );

  it("give what is there when asked to add, zeros for a token of zeros and no inf beside outliers", async () => {
    const k = 256;
    const change = (x: Float32Array) => {
      for (let i = 5; i < x.length; i += k) x[i]! *= 1e5;
      x.fill(0, 2 * k, 3 * k);
    };
    const product = { format: "Q8_0", arithmetic: "int8", nTokens: 17, nRows: 65, k, change } as const;
    const errors = await errorsOf({ ...product, residual: true });
    expect(errors.othersChanged).toBe(0);
    expect(errors.worst).toBeLessThan(1e-6);
  });
});
