import normScale from "../../../../shaders/lib/norm-scale.wgsl?raw";
import sections1 from "../../../../shaders/lib/sections/1.wgsl?raw";
import sections2 from "../../../../shaders/lib/sections/2.wgsl?raw";
import sections3 from "../../../../shaders/lib/sections/3.wgsl?raw";
import sections4 from "../../../../shaders/lib/sections/4.wgsl?raw";
import weightRows from "../../../../shaders/lib/weight/parts/rows.wgsl?raw";
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
  /** f32 [nSquares], in a range of whole vec4s: the residual stream's sums of squares. */
  readonly squares: GpuRange;
  readonly nSquares: number;
  readonly hiddenSize: number;
  readonly eps: number;
  /** Sections from this one on read what lies behind the first hiddenSize values; without it none does. */
  readonly plainFrom?: number;
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
type SectionName = (typeof names)[number];

/** The modules by how many matrices they join. Matrices from `narrowFrom` on have a row a lane. */
const joins: Readonly<Record<number, { readonly file: string; readonly narrowFrom: number }>> = {
  1: { file: sections1, narrowFrom: 1 },
  2: { file: sections2, narrowFrom: 1 },
  3: { file: sections3, narrowFrom: 1 },
  4: { file: sections4, narrowFrom: 2 },
};

/**
 * Equation and shapes: shaders/products/norm-product.wgsl.
 *
 * @param formats of the matrices that share the input: 1 to 4
 */
export async function compileNormProduct(
  compiler: KernelCompiler,
  formats: readonly WeightFormat[],
  mapping: RowMapping = defaultMapping(4),
): Promise<NormProduct> {
  const join = joins[formats.length];
  if (!join) throw new RangeError(`No module joins ${formats.length} matrices.`);
  const { file, narrowFrom } = join;
  const { arithmetic = "f32" } = mapping;
  const views = formats.map((format, i) => {
    const rows = i < narrowFrom ? weightRows : "";
    return [`${dotOf(format, arithmetic)}\n${rows}`, names[i]!] as const;
  });
  const kernel = await compiler.compile({
    label: `norm-product ${formats.join(" ")}`,
    files: [source, file, ...inputOf[arithmetic], rowSumsOf(mapping), normScale, ...views],
    constants: { N_SECTIONS: formats.length, NARROW_FROM: narrowFrom },
    params: {
      sections: {
        count: formats.length,
        of: { spans: "u32", nRows: "u32", column: "u32", firstWorkgroup: "u32" },
      },
      rowSpans: "u32",
      laneBits: "u32",
      nSquares: "u32",
      hiddenSize: "u32",
      eps: "f32",
      plainFrom: "u32",
    },
    buffers: { x: "read", squares: "read", y: "read_write", ...byName(formats, (): Access => "read") },
    overrides: { WORKGROUP_SIZE: mapping.workgroupSize, ROWS_PER_LANE: mapping.rowsPerLane },
  });
  return (scope, label, { input, y, sections }) => {
    const { weighted: x, squares, plainFrom = sections.length, ...norm } = input;
    const k = input.hiddenSize;
    const rowSpans = k / SPAN_WEIGHTS;
    let nWorkgroups = 0;
    const placed = sections.map(({ nRows, column }, i) => {
      const firstWorkgroup = nWorkgroups;
      const rowsPerLane = i < narrowFrom ? mapping.rowsPerLane : 1;
      nWorkgroups += Math.ceil(nRows / rowsPerWorkgroup({ ...mapping, rowsPerLane }, k));
      return { spans: nRows * rowSpans, nRows, column, firstWorkgroup };
    });
    const weights = byName(sections, ({ weight }) => weight);
    const shared = { x, squares, y, rowSpans, laneBits: mapping.laneBits(k), plainFrom, ...norm };
    return kernel.dispatch(scope, label, { ...shared, ...weights, sections: placed }, [nWorkgroups]);
  };
}

/** A value for each section, under its name in the shader. Names past the last section are left out. */
const byName = <S, T>(sections: readonly S[], valueOf: (section: S) => T) =>
  Object.fromEntries(sections.map((section, i) => [names[i]!, valueOf(section)])) as Record<SectionName, T>;
