import type { Gpu } from "../../../gpu/device";
import { compileGateUp } from "../../../kernels/products/gate-up";
import { compileNormProduct, type NormedInput } from "../../../kernels/products/norm-product";
import { compileResidualProduct } from "../../../kernels/products/residual-product";
import { layoutOf, SPAN_WEIGHTS } from "../../../kernels/products/weight-format";
import { mappingOf, type DecodeChoice } from "../decode-mapping";
import type { DecodePart } from "../decode-parts";
import { asInputs, asWeights, fill, type TrialSetup } from "./trial";

/** Weights in turn, so that a cache holds less of them: copies of a small matrix, up to so many bytes. */
const MOST_COPIES = 8;
const COPIED_BYTES = 2 ** 26;
const N_SQUARES = 64;
const TOLERANCE = { f32: 1e-4, f16: 5e-3, int8: 5e-2 } as const;

/** A product of decode on made-up weights. A pass is as long as makes a clock of 100 µs tell 2 % apart. */
export const decodeTrial = (gpu: Gpu, { kind, formats, rows, k }: DecodePart): TrialSetup<DecodeChoice> => ({
  nTokens: 1,
  passMs: 5,
  mostRepeats: 1000,
  tolerance: ({ arithmetic = "f32" }) => TOLERANCE[arithmetic],
  prepare: (buffer, scope) => {
    const sizes = formats.map((format, i) => layoutOf(format, (rows[i]! * k) / SPAN_WEIGHTS).sizeBytes);
    const total = sizes.reduce((a, b) => a + b, 0);
    const nCopies = Math.max(1, Math.min(MOST_COPIES, Math.floor(COPIED_BYTES / total)));
    const nRows = rows[0]!;
    const filled = (name: string, sizeBytes: number, shape: (bits: number) => number) => {
      const range = buffer(name, sizeBytes);
      fill(gpu, range, shape);
      return range;
    };
    const copies = Array.from({ length: nCopies }, () =>
      sizes.map((sizeBytes) => filled("weight", sizeBytes, asWeights)),
    );
    const x = filled("x", k * 4, asInputs);
    const squares = filled("squares", N_SQUARES * 4, () => 0x3f800000);
    const input: NormedInput = { weighted: x, squares, nSquares: N_SQUARES, hiddenSize: k, eps: 1e-6 };
    const output = buffer("y", rows.reduce((a, b) => a + b, 0) * 4);
    const residual =
      kind === "residual-product"
        ? {
            norm: filled("norm", nRows * 4, asInputs),
            weighted: buffer("weighted", nRows * 4),
            squares: buffer("squares out", nRows * 4),
          }
        : null;
    return {
      output,
      dispatches: async (choice) => {
        const mapping = mappingOf(choice);
        if (residual) {
          const product = await compileResidualProduct(gpu.compiler, formats[0]!, mapping);
          const shared = { ...residual, x, k, nRows, firstRow: 0, firstSquare: 0, hidden: output };
          return copies.map(([weight]) => [product.dispatch(scope, "tuner", { ...shared, weight: weight! })]);
        }
        if (kind === "gate-up") {
          const pair = { gate: formats[0]!, up: formats[1]! };
          const product = await compileGateUp(gpu.compiler, pair, mapping);
          return copies.map(([gate, up]) => [
            product(scope, "tuner", {
              input,
              y: output,
              firstRow: 0,
              nRows,
              gate: { weight: gate!, nRows, fromRow: 0 },
              up: { weight: up!, nRows, fromRow: 0 },
            }),
          ]);
        }
        const product = await compileNormProduct(gpu.compiler, formats, mapping);
        return copies.map((weights) => {
          let column = 0;
          const sections = weights.map((weight, i) => {
            const section = { weight, nRows: rows[i]!, column };
            column += rows[i]!;
            return section;
          });
          return [product(scope, "tuner", { input, y: output, sections })];
        });
      },
    };
  },
});
