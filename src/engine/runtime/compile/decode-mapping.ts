import { defaultMapping, type RowMapping } from "../../kernels/products/row-mapping";
import type { DotArithmetic } from "../../kernels/products/weight-format";

/** The mapping of a product of one token onto lanes, and the arithmetic of its inputs. */
export interface DecodeChoice {
  readonly workgroupSize: number;
  readonly rowsPerLane: RowMapping["rowsPerLane"];
  /** log2 of the lanes a row, against the default's. */
  readonly laneShift: number;
  readonly sums: "workgroup" | "subgroup";
  /** f32 unless said otherwise. */
  readonly arithmetic?: DotArithmetic;
}

/** Kernels of decode that multiply; each is compiled for a set of formats. */
export type DecodeProductKind = "norm-product" | "gate-up" | "residual-product";

/** Rows a lane as reasoned in docs/kernels.md. gate-up has two of each matrix, always. */
const DEFAULT_ROWS = { "norm-product": 4, "gate-up": 4, "residual-product": 2 } as const;

/** The choice that the other mappings are variants of. */
export const baselineChoice = (kind: DecodeProductKind): DecodeChoice => ({
  workgroupSize: 64,
  rowsPerLane: DEFAULT_ROWS[kind],
  laneShift: 0,
  sums: "workgroup",
});

export function mappingOf({
  workgroupSize,
  rowsPerLane,
  laneShift,
  sums,
  arithmetic = "f32",
}: DecodeChoice): RowMapping {
  const { laneBits } = defaultMapping(rowsPerLane);
  const most = Math.log2(workgroupSize);
  return {
    workgroupSize,
    rowsPerLane,
    sums,
    arithmetic,
    laneBits: (k) => Math.min(most, laneBits(k) + laneShift),
  };
}

/** The mapping of each product of decode onto lanes. */
export type DecodeMapping = (kind: DecodeProductKind) => RowMapping;

/** The mapping that was reasoned for GPUs, for what the tuner has not tried or found no better for. */
export const baselineMapping: DecodeMapping = (kind) => mappingOf(baselineChoice(kind));

/**
 * For software adapters, which the tuner leaves alone. Lanes are loops of a processor there: they share a row
 * for nothing, and their sums cost workgroup memory and turns. As few share one as leaves each row of the
 * workgroup a lane of its own to store it: as many as a lane has rows of a matrix.
 */
export const softwareMapping: DecodeMapping = (kind) => {
  const rowsPerLane = DEFAULT_ROWS[kind];
  const rowsOfMatrix = kind === "gate-up" ? rowsPerLane / 2 : rowsPerLane;
  return { workgroupSize: 16, rowsPerLane, laneBits: () => Math.log2(rowsOfMatrix) };
};
