import rowSumsSubgroup from "../../../../shaders/lib/row-sums-subgroup.wgsl?raw";
import rowSums from "../../../../shaders/lib/row-sums.wgsl?raw";
import type { DotArithmetic } from "./weight-format";

/** The sharing of a product's rows among lanes, for one token. The tuner finds what a device is best with. */
export interface RowMapping {
  readonly workgroupSize: number;
  /**
   * Rows that a lane works on at once, 1, 2 or 4: each reads x once for all of them, and their loads are in
   * flight together.
   */
  readonly rowsPerLane: 1 | 2 | 4;
  /** log2 of the lanes that share a row. */
  readonly laneBits: (k: number) => number;
  /**
   * The place where the lanes' sums of a row meet: workgroup memory, unless said otherwise, or subgroups
   * before it, where the device has them.
   */
  readonly sums?: "workgroup" | "subgroup";
  /** The arithmetic that inputs are rounded to; f32 unless said otherwise. */
  readonly arithmetic?: DotArithmetic;
}

/**
 * 64 lanes; two spans of a row for each lane, where that gives 8 to 32 lanes a row
 * (docs/kernels.md#the-kernels).
 */
export const defaultMapping = (rowsPerLane: RowMapping["rowsPerLane"]): RowMapping => ({
  workgroupSize: 64,
  rowsPerLane,
  laneBits: (k) => Math.min(5, Math.max(3, Math.floor(Math.log2(k / 64)))),
});

/** Rows of one workgroup. */
export const rowsPerWorkgroup = (
  { workgroupSize, rowsPerLane, laneBits }: Pick<RowMapping, "workgroupSize" | "rowsPerLane" | "laneBits">,
  k: number,
) => (workgroupSize >> laneBits(k)) * rowsPerLane;

/** The file with put_row_sums and row_sum. */
export const rowSumsOf = ({ sums }: Pick<RowMapping, "sums">) =>
  sums === "subgroup" ? rowSumsSubgroup : rowSums;
