import { expect, it } from "vitest";
import { rowsPerWorkgroup } from "../../kernels/products/row-mapping";
import { baselineMapping, softwareMapping } from "./decode-mapping";

it.each([
  ["baseline", baselineMapping],
  ["software adapters", softwareMapping],
])(
  "in the mapping of the %s each row of a workgroup has a lane to store it, and norms have their lanes",
  (_, mappingOf) => {
    for (const kind of ["norm-product", "gate-up", "residual-product"] as const)
      for (const k of [256, 1024, 5120, 17_408]) {
        const mapping = mappingOf(kind);
        const rowsPerLane = kind === "gate-up" ? 2 : mapping.rowsPerLane;
        const rows = rowsPerWorkgroup({ ...mapping, rowsPerLane }, k);
        expect(rows, `${kind} of ${k}`).toBeGreaterThan(0);
        expect(rows, `${kind} of ${k}`).toBeLessThanOrEqual(mapping.workgroupSize);
        expect(mapping.workgroupSize).toBeGreaterThanOrEqual(16);
      }
  },
);
