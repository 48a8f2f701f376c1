import type { PlainType, WeightType } from "../../weights/types/type-facts";
import type { WeightFormat } from "../products/weight-format";
import type { Program } from "./program";
import { quantizePrograms } from "./quantize";
import iq2_xxs from "../../../../shaders/load/iq/repack-iq2_xxs.wgsl?raw";
import iq2_xs from "../../../../shaders/load/iq/repack-iq2_xs.wgsl?raw";
import iq2_s from "../../../../shaders/load/iq/repack-iq2_s.wgsl?raw";
import iq1_s from "../../../../shaders/load/iq/repack-iq1_s.wgsl?raw";
import iq1_m from "../../../../shaders/load/iq/repack-iq1_m.wgsl?raw";
import iq3_s from "../../../../shaders/load/iq/repack-iq3_s.wgsl?raw";
import iq3_xxs from "../../../../shaders/load/iq/repack-iq3_xxs.wgsl?raw";
import iq4_nl from "../../../../shaders/load/iq/repack-iq4_nl.wgsl?raw";
import iq4_xs from "../../../../shaders/load/iq/repack-iq4_xs.wgsl?raw";
import mlx_q8 from "../../../../shaders/load/repack-mlx_q8.wgsl?raw";
import mxfp4 from "../../../../shaders/load/repack-mxfp4.wgsl?raw";
import nvfp4 from "../../../../shaders/load/repack-nvfp4.wgsl?raw";
import q1_0 from "../../../../shaders/load/repack-q1_0.wgsl?raw";
import q2_0 from "../../../../shaders/load/repack-q2_0.wgsl?raw";
import pq2_0 from "../../../../shaders/load/repack-pq2_0.wgsl?raw";
import ptq1_0 from "../../../../shaders/load/repack-ptq1_0.wgsl?raw";
import q2_k from "../../../../shaders/load/repack-q2_k.wgsl?raw";
import q3_k from "../../../../shaders/load/repack-q3_k.wgsl?raw";
import q4_0 from "../../../../shaders/load/repack-q4_0.wgsl?raw";
import q4_1 from "../../../../shaders/load/repack-q4_1.wgsl?raw";
import q4_k from "../../../../shaders/load/repack-q4_k.wgsl?raw";
import q5_0 from "../../../../shaders/load/repack-q5_0.wgsl?raw";
import q5_1 from "../../../../shaders/load/repack-q5_1.wgsl?raw";
import q5_k from "../../../../shaders/load/repack-q5_k.wgsl?raw";
import q6_k from "../../../../shaders/load/repack-q6_k.wgsl?raw";
import q8_0 from "../../../../shaders/load/repack-q8_0.wgsl?raw";
import tq1_0 from "../../../../shaders/load/repack-tq1_0.wgsl?raw";
import tq2_0 from "../../../../shaders/load/repack-tq2_0.wgsl?raw";
import gridIq1 from "../../../../shaders/lib/grid/iq1.wgsl?raw";
import gridIq2S from "../../../../shaders/lib/grid/iq2_s.wgsl?raw";
import gridIq2Xs from "../../../../shaders/lib/grid/iq2_xs.wgsl?raw";
import gridIq2Xxs from "../../../../shaders/lib/grid/iq2_xxs.wgsl?raw";
import gridIq3S from "../../../../shaders/lib/grid/iq3_s.wgsl?raw";
import gridIq3Xxs from "../../../../shaders/lib/grid/iq3_xxs.wgsl?raw";
import codes from "../../../../shaders/lib/repack/codes.wgsl?raw";
import grid from "../../../../shaders/lib/repack/grid.wgsl?raw";
import halvesGroup from "../../../../shaders/lib/repack/group-halves.wgsl?raw";
import oneGroup from "../../../../shaders/lib/repack/group-one.wgsl?raw";
import wordsGroup from "../../../../shaders/lib/repack/group-words.wgsl?raw";
import iq1 from "../../../../shaders/lib/repack/iq1.wgsl?raw";
import iq2 from "../../../../shaders/lib/repack/iq2.wgsl?raw";
import kBlocks from "../../../../shaders/lib/repack/k.wgsl?raw";
import pq2Planes from "../../../../shaders/lib/repack/pq2_0.wgsl?raw";
import ptq1Planes from "../../../../shaders/lib/repack/ptq1_0.wgsl?raw";
import q2kPlanes from "../../../../shaders/lib/repack/q2_k.wgsl?raw";
import three from "../../../../shaders/lib/repack/three.wgsl?raw";
import trits from "../../../../shaders/lib/repack/trits.wgsl?raw";
import table from "../../../../shaders/lib/repack/table.wgsl?raw";
import tableIq4 from "../../../../shaders/lib/grid/iq4.wgsl?raw";

/** The formats that a type can become. */
interface Repackings {
  /** The format that keeps every value, in the fewest bytes. */
  readonly kept: WeightFormat;
  /** `null` where the planes are the bytes of the file. */
  readonly to: Readonly<Partial<Record<WeightFormat, Program | null>>>;
}

const kept = (format: WeightFormat, program: Program): Repackings => ({
  kept: format,
  to: { [format]: program },
});
/** Plain weights are copied, or quantized. */
const plain = (type: PlainType): Repackings => ({
  kept: type,
  to: { [type]: null, ...quantizePrograms(type) },
});

const program = (blocks: number, ...files: readonly string[]): Program => ({
  files: [codes, ...files],
  blocks,
  isLossless: true,
});
/** Programs that keep every value, by how many blocks fill whole vec4 of each plane. */
const one = (...files: readonly string[]) => program(1, ...files, oneGroup);
const four = (...files: readonly string[]) => program(4, ...files, wordsGroup);
const eight = (...files: readonly string[]) => program(8, ...files, halvesGroup);

/**
 * The ways from each type (engine/weights/types/weight-types.ts) to formats of the GPU's
 * (products/weight-format.ts).
 */
export const repackingsOf: Readonly<Record<WeightType, Repackings>> = {
  F32: plain("F32"),
  F16: plain("F16"),
  BF16: plain("BF16"),
  Q8_0: kept("Q8_0", eight(q8_0)),
  Q4_0: kept("Q4_0", eight(q4_0)),
  Q4_1: kept("Q4_1", four(q4_1)),
  Q5_0: kept("Q8_0", eight(q5_0)),
  Q5_1: kept("Q5_1", program(4, q5_1)),
  Q2_K: kept("Q2_K", four(q2kPlanes, q2_k)),
  Q3_K: kept("Q3_K", eight(q3_k)),
  Q4_K: kept("Q4_K", one(kBlocks, q4_k)),
  Q5_K: kept("Q5_K", one(kBlocks, q5_k)),
  Q6_K: kept("Q6_K", eight(q6_k)),
  IQ4_NL: kept("Q4_TABLE", four(tableIq4, table, iq4_nl)),
  IQ4_XS: kept("Q4_TABLE", one(tableIq4, table, iq4_xs)),
  IQ3_S: kept("Q4_TABLE", one(gridIq3S, grid, table, iq3_s)),
  IQ3_XXS: kept("Q4_TABLE", one(gridIq3Xxs, grid, table, iq3_xxs)),
  IQ2_XXS: kept("Q3_TABLE", eight(gridIq2Xxs, three, iq2, iq2_xxs)),
  IQ2_XS: kept("Q3_TABLE", eight(gridIq2Xs, three, iq2, iq2_xs)),
  IQ2_S: kept("Q3_TABLE", eight(gridIq2S, three, iq2, iq2_s)),
  IQ1_S: kept("Q3_TABLE", eight(gridIq1, three, iq1, iq1_s)),
  IQ1_M: kept("Q3_TABLE", eight(gridIq1, three, iq1, iq1_m)),
  TQ1_0: kept("PTQ1_0", program(2, trits, ptq1Planes, tq1_0)),
  TQ2_0: kept("PQ2_0", four(pq2Planes, tq2_0)),
  PQ2_0: kept("PQ2_0", eight(pq2Planes, pq2_0)),
  PTQ1_0: kept("PTQ1_0", four(trits, ptq1Planes, ptq1_0)),
  Q2_0: kept("Q2_0", eight(pq2Planes, q2_0)),
  Q1_0: kept("Q1_0", eight(q1_0)),
  MXFP4: kept("Q4_TABLE", four(table, mxfp4)),
  NVFP4: kept("NVFP4", four(nvfp4)),
  MLX_Q8: kept("MLX_Q8", four(mlx_q8)),
  AWQ_Q4: kept("AWQ_Q4", four(q4_1)), // d and z lie as Q4_1's d and m do
};
