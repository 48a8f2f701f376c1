import { OutOfMemoryError } from "../../../ground/errors";
import { formatBytes } from "../../../ground/figures";
import { isLossless, keptFormat } from "../../kernels/load/repacking";
import { hasCodes, layoutOf, SPAN_WEIGHTS, type WeightFormat } from "../../kernels/products/weight-format";
import type { ModelConfig } from "../../weights/config/model-config";
import type { WeightType } from "../../weights/types/type-facts";
import type { GgufFile, GgufTensor } from "../../weights/gguf/gguf";
import { expectedTensors, scaleName, type ExpectedTensor } from "../../weights/config/tensor-names";
import { t } from "../../../language/language";

/** Rows [firstRow, firstRow + nRows) of a matrix, as one binding. */
export interface PlannedPiece {
  readonly firstRow: number;
  readonly nRows: number;
  readonly sizeBytes: number;
}

/** A matrix [nRows, k] of products, split by rows where the device can not bind it whole. */
export interface PlannedMatrix {
  readonly tensor: GgufTensor;
  readonly expected: ExpectedTensor;
  /** The type in the file, and the format on the GPU. */
  readonly type: WeightType;
  readonly format: WeightFormat;
  readonly nRows: number;
  readonly k: number;
  readonly pieces: readonly PlannedPiece[];
  /** The tensor of the scale of all its weights, where it has one. */
  readonly scale: GgufTensor | undefined;
}

/** A small tensor, kept as f32 in the buffer its layer's small tensors share. */
export interface PlannedVector {
  readonly tensor: GgufTensor;
  readonly expected: ExpectedTensor;
  readonly length: number;
}

export interface WeightsPlan {
  readonly matrices: readonly PlannedMatrix[];
  readonly vectors: readonly PlannedVector[];
  /** Bytes on the GPU, layout padding included. */
  readonly sizeBytes: number;
}

/** Small tensors that one binding holds together, in this order. */
export const JOINED = { gates: ["a", "dtBias"], norms: ["qNorm", "kNorm"] } as const;

/** Chooses the format of a matrix on the GPU by its type in the file and its part in the model. */
export type ChooseFormat = (type: WeightType, tensor: ExpectedTensor) => WeightFormat;

/**
 * Decides how every tensor of the model lies on the device. Needs the header only. Keeps every value unless
 * told otherwise.
 */
export function planWeights(
  config: ModelConfig,
  gguf: GgufFile,
  maxBindingBytes: number,
  chooseFormat: ChooseFormat = keptFormat,
): WeightsPlan {
  const matrices: PlannedMatrix[] = [];
  const vectors: PlannedVector[] = [];
  for (const expected of expectedTensors(config)) {
    const tensor = gguf.tensors.get(expected.name)!; // readModelConfig has checked that it is there
    if (expected.kind === "vector") {
      vectors.push({ tensor, expected, length: expected.shape.reduce((a, b) => a * b, 1) });
    } else {
      const [nRows, k] = expected.shape as [number, number];
      const type = tensor.type as WeightType; // readModelConfig lets no other through
      const format = chooseFormat(type, expected);
      const pieces = splitRows(expected, format, nRows, k, maxBindingBytes);
      const scale = type === "NVFP4" ? gguf.tensors.get(scaleName(expected.name)) : undefined;
      matrices.push({ tensor, expected, type, format, nRows, k, pieces, scale });
    }
  }
  const matrixBytes = matrices.flatMap((m) => m.pieces).reduce((sum, piece) => sum + piece.sizeBytes, 0);
  const vectorBytes = vectors.reduce((sum, v) => sum + Math.ceil((v.length * 4) / 256) * 256, 0);
  return { matrices, vectors, sizeBytes: matrixBytes + vectorBytes };
}

/** Matrices that lie on the GPU in another format than in the file. */
export interface Transcoded {
  readonly type: WeightType;
  readonly format: WeightFormat;
  readonly isLossless: boolean;
  readonly nTensors: number;
  /** Without the layer's number, each once, e.g. "ffn_down". */
  readonly names: readonly string[];
  readonly fileBytes: number;
  readonly gpuBytes: number;
}

/** Returns whether some of its matrices can be multiplied in 8 bits. */
export const someHaveCodes = ({ matrices }: WeightsPlan): boolean =>
  matrices.some(({ format }) => hasCodes(format));

/** The matrices that are transcoded, by type and format, those that take the most bytes first. */
export function transcodedIn({ matrices }: WeightsPlan): Transcoded[] {
  const groups = new Map<string, PlannedMatrix[]>();
  for (const matrix of matrices) {
    const key = `${matrix.type} ${matrix.format}`;
    if (matrix.type !== matrix.format) groups.set(key, [...(groups.get(key) ?? []), matrix]);
  }
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  return [...groups.values()]
    .map((group): Transcoded => {
      const { type, format } = group[0]!;
      const names = group.map(({ expected: { name } }) => name.replace(/^blk\.\d+\.|\.weight$/g, ""));
      return {
        type,
        format,
        isLossless: isLossless({ from: type, to: format }),
        nTensors: group.length,
        names: [...new Set(names)],
        fileBytes: sum(group.map(({ tensor }) => tensor.sizeBytes)),
        gpuBytes: sum(group.flatMap(({ pieces }) => pieces.map(({ sizeBytes }) => sizeBytes))),
      };
    })
    .sort((a, b) => b.gpuBytes - a.gpuBytes);
}

function splitRows(
  { name, unitRows = 1 }: ExpectedTensor,
  format: WeightFormat,
  nRows: number,
  k: number,
  maxBindingBytes: number,
) {
  const sizeOf = (rows: number) => layoutOf(format, (rows * k) / SPAN_WEIGHTS).sizeBytes;
  if (sizeOf(unitRows) > maxBindingBytes) {
    const sizes = {
      name,
      sizeOf: formatBytes(sizeOf(unitRows)),
      maxBindingBytes: formatBytes(maxBindingBytes),
    };
    throw new OutOfMemoryError(
      unitRows === 1
        ? t('One row of "{name}" takes {sizeOf}; this device binds {maxBindingBytes} at once.', sizes)
        : t('One expert of "{name}" takes {sizeOf}; this device binds {maxBindingBytes} at once.', sizes),
      { hint: t("Choose a smaller model.") },
    );
  }
  let rowsPerPiece = nRows;
  while (sizeOf(rowsPerPiece) > maxBindingBytes) {
    // Planes are padded to 16 bytes each, so the size is not quite proportional to the rows.
    const fitting = Math.floor((rowsPerPiece * maxBindingBytes) / sizeOf(rowsPerPiece));
    const most = Math.min(rowsPerPiece - 1, fitting);
    rowsPerPiece = Math.max(unitRows, most - (most % unitRows));
  }
  const pieces: PlannedPiece[] = [];
  for (let firstRow = 0; firstRow < nRows; firstRow += rowsPerPiece) {
    const rows = Math.min(rowsPerPiece, nRows - firstRow);
    pieces.push({ firstRow, nRows: rows, sizeBytes: sizeOf(rows) });
  }
  return pieces;
}
