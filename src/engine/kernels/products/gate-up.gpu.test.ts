import { describe, expect, it } from "vitest";
import { dequantize } from "../../../reference/weights/dequantize";
import { swiglu } from "../../../reference/swiglu";
import { download, gpu, run, scope, upload } from "../../../testing/gpu/gpu";
import { normedInput } from "../../../testing/samples/normed-input";
import { productOf } from "../../../testing/samples/product-error";
import { randomNormal } from "../../../testing/samples/random";
import { fileTypeOf, repackOnGpu, sampleBlocks } from "../../../testing/samples/sample-weights";
import { compileGateUp } from "./gate-up";
import { SPAN_WEIGHTS, weightFormats, type WeightFormat } from "./weight-format";

interface Case {
  readonly gate: WeightFormat;
  readonly up: WeightFormat;
  readonly k: number;
  /** The rows of both pieces; the dispatch's rows begin at `gateRow` and `upRow` in them. */
  readonly rows: number;
  readonly gateRow: number;
  readonly upRow: number;
  readonly nRows: number;
}

describe("gate-up", () => {
  // 1 row: fewer than a workgroup takes. 37: not a multiple of it. Pieces that overlap in part, as those of
  // differing formats do.
  it.each<Case>([
    ...weightFormats.map((format) => ({
      gate: format,
      up: format,
      k: 512,
      rows: 37,
      gateRow: 0,
      upRow: 0,
      nRows: 37,
    })),
    { gate: "F32", up: "F32", k: 32, rows: 1, gateRow: 0, upRow: 0, nRows: 1 },
    { gate: "Q4_K", up: "Q6_K", k: 1024, rows: 60, gateRow: 11, upRow: 0, nRows: 49 },
    { gate: "Q8_0", up: "Q5_K", k: 33 * 256, rows: 20, gateRow: 0, upRow: 3, nRows: 16 },
  ])("of $gate and $up (K = $k, $nRows rows) matches f64 and writes its rows only", async (shape) => {
    const { gate, up, k, rows, gateRow, upRow, nRows } = shape;
    const { input, normed } = normedInput(k, 70, 5);
    const spans = (rows * k) / SPAN_WEIGHTS;
    const raws = {
      gate: sampleBlocks(fileTypeOf(gate), spans, 1),
      up: sampleBlocks(fileTypeOf(up), spans, 2),
    };
    const kernel = await compileGateUp(gpu.compiler, { gate, up });
    const before = randomNormal(nRows + 5, 3);
    const y = upload(before);
    const piece = async (format: WeightFormat, raw: Uint8Array<ArrayBuffer>, fromRow: number) => ({
      weight: await repackOnGpu(fileTypeOf(format), raw),
      nRows: rows,
      fromRow,
    });
    run([
      kernel(scope, "gate, up", {
        input,
        y,
        firstRow: 3,
        nRows,
        gate: await piece(gate, raws.gate, gateRow),
        up: await piece(up, raws.up, upRow),
      }),
    ]);
    const actual = await download(y);
    const g = productOf(dequantize(fileTypeOf(gate), raws.gate), normed);
    const u = productOf(dequantize(fileTypeOf(up), raws.up), normed);
    const expected = swiglu(
      g.values.subarray(gateRow, gateRow + nRows),
      u.values.subarray(upRow, upRow + nRows),
    );
    for (let r = 0; r < nRows; r++) {
      // d(silu(g) u) is at most 1.1 |u| dg + |g| du
      const [gs, us] = [g.sizes[gateRow + r]!, u.sizes[upRow + r]!];
      const size =
        1.1 * Math.abs(u.values[upRow + r]!) * gs + Math.abs(g.values[gateRow + r]!) * us + gs * us * 1e-6;
      expect(Math.abs(actual[3 + r]! - expected[r]!) / size).toBeLessThan(2e-6);
    }
    expect([...actual.slice(0, 3), ...actual.slice(3 + nRows)]).toEqual([
      ...before.slice(0, 3),
      ...before.slice(3 + nRows),
    ]);
  });
});
