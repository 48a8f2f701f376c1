import normScale from "../../../../shaders/lib/norm-scale.wgsl?raw";
import sections1 from "../../../../shaders/lib/sections/1.wgsl?raw";
import sections3 from "../../../../shaders/lib/sections/3.wgsl?raw";
import sections4 from "../../../../shaders/lib/sections/4.wgsl?raw";
import weightRows from "../../../../shaders/lib/weight/rows.wgsl?raw";
import source from "../../../../shaders/products/norm-product.wgsl?raw";
import type { GpuRange, MemoryScope } from "../../gpu/buffers";
import type { Dispatch, KernelCompiler } from "../../gpu/kernel";
import type { Access } from "../../gpu/shader-interface";
import { defaultMapping, rowsPerWorkgroup, rowSumsOf, type RowMapping } from "./row-mapping";
import { inputOf } from "./input-span";
import { dotOf, SPAN_WEIGHTS, type WeightFormat } from "./weight-format";

/** The input of a product whose RMS norm is folded into it, as the kernel before left it. */
export interface NormedInput {
  /** f32 [hiddenSize]: the residual stream times the norm's weights. */
  readonly weighted: GpuRange;
  /** f32 [nSquares]: the residual stream's sums of squares. */
  readonly squares: GpuRange;
  readonly nSquares: number;
  readonly hiddenSize: number;
  readonly eps: number;
}

/**
 * A matrix [nRows, hiddenSize], or a piece of one, whose products go to columns [column, column + nRows) of
 * y.
 */
export interface ProductSection {
  readonly weight: GpuRange;
  readonly nRows: number;
  readonly column: number;
}

/**
 * Makes the dispatch of the products with one normed token; as many sections as formats were given, in their
 * order.
 */
export type NormProduct = (
  scope: MemoryScope,
  label: string,
  args: { readonly input: NormedInput; readonly y: GpuRange; readonly sections: readonly ProductSection[] },
) => Dispatch;

const names = ["first", "second", "third", "fourth"] as const;
const sectionFiles: Readonly<Record<number, string>> = { 1: sections1, 3: sections3, 4: sections4 };
/** Matrices from this one on have a row a lane, NARROW_FROM in the files. */
const narrowFrom: Readonly<Record<number, number>> = { 1: 1, 3: 1, 4: 2 };
const NEVER = 2 ** 32 - 1;

/**
 * Equation and shapes: shaders/products/norm-product.wgsl.
 *
 * @param formats of the matrices that share the input: 1, 3 or 4
 */
export async function compileNormProduct(
  compiler: KernelCompiler,
  formats: readonly WeightFormat[],
  mapping: RowMapping = defaultMapping(4),
): Promise<NormProduct> {
  const sectionFile = sectionFiles[formats.length];
  if (sectionFile === undefined) throw new RangeError(`No module joins ${formats.length} matrices.`);
  const { arithmetic = "f32" } = mapping;
  const views = formats.map((format, i) => {
    const rows = i < narrowFrom[formats.length]! ? weightRows : "";
    return [`${dotOf(format, arithmetic)}\n${rows}`, names[i]!] as const;
  });
  const weights: Readonly<Record<string, Access>> = Object.fromEntries(
    formats.map((_, i) => [names[i]!, "read" as const]),
  );
  const kernel = await compiler.compile({
    label: `norm-product ${formats.join(" ")}`,
    files: [source, sectionFile, ...inputOf[arithmetic], rowSumsOf(mapping), normScale, ...views],
    params: {
      rowSpans: "u32",
      laneBits: "u32",
      nSquares: "u32",
      hiddenSize: "u32",
      eps: "f32",
      firstSpans: "u32",
      firstRows: "u32",
      firstColumn: "u32",
      secondSpans: "u32",
      secondRows: "u32",
      secondColumn: "u32",
      secondFrom: "u32",
      thirdSpans: "u32",
      thirdRows: "u32",
      thirdColumn: "u32",
      thirdFrom: "u32",
      fourthSpans: "u32",
      fourthRows: "u32",
      fourthColumn: "u32",
      fourthFrom: "u32",
    },
    buffers: { x: "read", squares: "read", y: "read_write", ...weights },
    overrides: { WORKGROUP_SIZE: mapping.workgroupSize, ROWS_PER_LANE: mapping.rowsPerLane },
  });
  return (scope, label, { input, y, sections }) => {
    const k = input.hiddenSize;
    const rowSpans = k / SPAN_WEIGHTS;
    let nWorkgroups = 0;
    const sectionArgs = names.map((name, i) => {
      const section = sections[i];
      const from = section ? nWorkgroups : NEVER;
      const { nRows, column } = section ?? { nRows: 0, column: 0 };
      const rowsPerLane = i < narrowFrom[formats.length]! ? mapping.rowsPerLane : 1;
      nWorkgroups += Math.ceil(nRows / rowsPerWorkgroup({ ...mapping, rowsPerLane }, k));
      return {
        [`${name}Spans`]: nRows * rowSpans,
        [`${name}Rows`]: nRows,
        [`${name}Column`]: column,
        [`${name}From`]: from,
        ...(section && { [name]: section.weight }),
      };
    });
    const { weighted: x, squares, nSquares, hiddenSize, eps } = input;
    const shared = { x, squares, y, rowSpans, laneBits: mapping.laneBits(k), nSquares, hiddenSize, eps };
    const args = Object.assign({}, ...sectionArgs, shared) as Record<never, never>;
    return kernel.dispatch(scope, label, args as Parameters<typeof kernel.dispatch>[2], [nWorkgroups]);
  };
}
