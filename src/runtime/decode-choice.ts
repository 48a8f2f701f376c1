import { defaultMapping, type RowMapping } from "../kernels/row-mapping";

/** How a product of one token is mapped onto lanes. */
export interface DecodeChoice {
  readonly workgroupSize: number;
  readonly rowsPerLane: RowMapping["rowsPerLane"];
  /** log2 of the lanes a row, against the default's. */
  readonly laneShift: number;
  readonly sums: "workgroup" | "subgroup";
}

/** Kernels of decode that multiply; each is compiled for a set of formats. */
export type DecodeProductKind = "norm-product" | "gate-up" | "residual-product";

/** Rows a lane as reasoned in docs/kernels.md. gate-up has two of each matrix, always. */
const DEFAULT_ROWS = { "norm-product": 4, "gate-up": 4, "residual-product": 2 } as const;

/** What is tried for a kernel, the baseline first. */
export function decodeCandidates(
  kind: DecodeProductKind,
  hasSubgroups: boolean,
): readonly [DecodeChoice, ...DecodeChoice[]] {
  const rowsPerLane = DEFAULT_ROWS[kind];
  const baseline: DecodeChoice = { workgroupSize: 64, rowsPerLane, laneShift: 0, sums: "workgroup" };
  const others: DecodeChoice[] = [
    { ...baseline, laneShift: 1 },
    { ...baseline, workgroupSize: 128 },
    ...(kind === "gate-up" ? [] : [{ ...baseline, rowsPerLane: rowsPerLane === 4 ? 2 : 4 } as const]),
  ];
  const inSubgroups: DecodeChoice[] = [baseline, ...others].map((choice) => ({
    ...choice,
    sums: "subgroup",
  }));
  return [baseline, ...(hasSubgroups ? inSubgroups : others)];
}

export function mappingOf({ workgroupSize, rowsPerLane, laneShift, sums }: DecodeChoice): RowMapping {
  const { laneBits } = defaultMapping(rowsPerLane);
  const most = Math.log2(workgroupSize);
  return { workgroupSize, rowsPerLane, sums, laneBits: (k) => Math.min(most, laneBits(k) + laneShift) };
}

/** How each product of decode is mapped onto lanes. */
export type DecodeMapping = (kind: DecodeProductKind) => RowMapping;

/** As reasoned for GPUs; what the tuner has not tried, or found to be the best. */
export const baselineMapping: DecodeMapping = (kind) => mappingOf(decodeCandidates(kind, false)[0]);

/**
 * For software adapters, which the tuner leaves alone. Lanes are loops of a processor there: they share a row for nothing, and their sums
 * cost workgroup memory and turns. As few share one as leaves each row of the workgroup a lane of its own to store it: as many as a
 * lane has rows of a matrix. A workgroup of fewer than the 16 lanes of lib/norm-scale.wgsl would lose squares.
 */
export const softwareMapping: DecodeMapping = (kind) => {
  const rowsPerLane = DEFAULT_ROWS[kind];
  const rowsOfMatrix = kind === "gate-up" ? rowsPerLane / 2 : rowsPerLane;
  return { workgroupSize: 16, rowsPerLane, laneBits: () => Math.log2(rowsOfMatrix) };
};

export const nameOfDecode = ({ workgroupSize, rowsPerLane, laneShift, sums }: DecodeChoice): string =>
  `${workgroupSize} lanes, ${rowsPerLane} rows each${laneShift ? `, ${2 ** laneShift} × lanes a row` : ""}${sums === "subgroup" ? ", subgroups" : ""}`;
