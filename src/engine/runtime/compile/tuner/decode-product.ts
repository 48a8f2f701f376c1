import type { Gpu } from "../../../gpu/device";
import { compileGateUp } from "../../../kernels/products/gate-up";
import { compileNormProduct, type NormedInput } from "../../../kernels/products/norm-product";
import { compileResidualProduct } from "../../../kernels/products/residual-product";
import { decodeProductSource } from "../../../kernels/products/decode-product-source";
import {
  hasCodes,
  hasDot,
  layoutOf,
  SPAN_WEIGHTS,
  type DotArithmetic,
} from "../../../kernels/products/weight-format";
import { baselineChoice, mappingOf, type DecodeChoice } from "../decode-mapping";
import { partKey, partsByBytes, type DecodePart } from "../decode-parts";
import type { Precision } from "../prefill-products";
import { asInputs, asWeights, fill, type TrialSetup } from "./trial";
import type { TunerSubject, TunerSubjects } from "./tune";

/** Weights in turn, so that a cache holds less of them: copies of a small matrix, up to so many bytes. */
const MOST_COPIES = 8;
const COPIED_BYTES = 2 ** 26;
const N_SQUARES = 64;
const TOLERANCE = { f32: 1e-4, f16: 5e-3, int8: 5e-2 } as const;

/** The mapping of each kernel of decode's products, those that read most bytes first. */
export const decodeSubjects = (
  gpu: Gpu,
  parts: readonly DecodePart[],
  precision: Precision,
): TunerSubjects<DecodeChoice> => ({
  budgetMs: 600,
  subjects: partsByBytes(parts).map((part): TunerSubject<DecodeChoice> => {
    const candidates = decodeCandidates(gpu, part, precision);
    return {
      key: partKey(part),
      storedAs: `${partKey(part)} ${part.rows.join(" ")}`,
      source: JSON.stringify(candidates) + decodeProductSource(part.kind, part.formats),
      candidates,
      trial: decodeTrial(gpu, part),
      nameOf: nameOfDecode,
    };
  }),
});

/**
 * The candidates for a kernel of these formats, the baseline first; rounded inputs where the precision of
 * prompts allows them.
 */
export function decodeCandidates(
  { hasF16, hasInt8Dot, hasSubgroups }: Pick<Gpu, "hasF16" | "hasInt8Dot" | "hasSubgroups">,
  { kind, formats }: Pick<DecodePart, "kind" | "formats">,
  precision: Precision,
): readonly [DecodeChoice, ...DecodeChoice[]] {
  const baseline = baselineChoice(kind);
  const { rowsPerLane } = baseline;
  const others: DecodeChoice[] = [
    { ...baseline, laneShift: 1 },
    { ...baseline, workgroupSize: 128 },
    ...(kind === "gate-up" ? [] : [{ ...baseline, rowsPerLane: rowsPerLane === 4 ? 2 : 4 } as const]),
  ];
  const sums = hasSubgroups ? "subgroup" : "workgroup";
  const arithmetics: readonly DotArithmetic[] = [
    ...(precision !== "f32" && hasF16 ? (["f16"] as const) : []),
    ...(precision === "int8" && hasInt8Dot ? (["int8"] as const) : []),
  ];
  // Four rows for one rounding of the inputs.
  const rounded = arithmetics
    .filter((arithmetic) => formats.some(hasCodes) && formats.every((format) => hasDot(format, arithmetic)))
    .map((arithmetic): DecodeChoice => ({ ...baseline, rowsPerLane: 4, sums, arithmetic }));
  const inSubgroups = [baseline, ...others].map((choice): DecodeChoice => ({ ...choice, sums: "subgroup" }));
  return [baseline, ...(hasSubgroups ? inSubgroups : others), ...rounded];
}

/** The choice in words. */
export const nameOfDecode = ({
  workgroupSize,
  rowsPerLane,
  laneShift,
  sums,
  arithmetic = "f32",
}: DecodeChoice): string =>
  [
    `${workgroupSize} lanes`,
    `${rowsPerLane} rows each`,
    ...(laneShift ? [`${2 ** laneShift} × lanes a row`] : []),
    ...(sums === "subgroup" ? ["subgroups"] : []),
    ...(arithmetic === "f32" ? [] : [arithmetic]),
  ].join(", ");

/** A product of decode on made-up weights. A pass is as long as makes a clock of 100 µs tell 2 % apart. */
const decodeTrial = (gpu: Gpu, { kind, formats, rows, k }: DecodePart): TrialSetup<DecodeChoice> => ({
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
