import { counted } from "../../../ground/figures";
import type { ByteSource } from "../bytes/byte-source";
import type { HeadOrder } from "./head-order";
import { refuse } from "./hf-fields";
import { partName } from "./hf-names";
import type { HfQuantization } from "./hf-quantization";
import { packedBlockWeights } from "./packed-blocks";
import { blockOfType } from "../types/type-facts";
import type { SafetensorsTensor, SafetensorsType } from "./safetensors";
import { compressedMatrix } from "./safetensors-compressed";
import { fp8Matrix, type Fp8Parts } from "./safetensors-fp8";
import { mlxBits, mlxMatrix, mxfp4Matrix, type MlxBits } from "./safetensors-mlx";
import { nvfp4Matrix } from "./safetensors-nvfp4";
import { partOf } from "./safetensors-parts";
import { turnedMatrix } from "./safetensors-turned";
import type { StreamedTensor } from "./streamed-tensor";
import { t } from "../../../language/language";

interface PackedFolder {
  readonly source: ByteSource;
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  readonly quantization: HfQuantization;
}

/** One matrix, with its parts looked up. */
interface Packed {
  readonly source: ByteSource;
  readonly name: string;
  readonly shape: readonly [nRows: number, nColumns: number];
  readonly order: HeadOrder | undefined;
  /** A part as it is, by what stands for "weight" in its name. */
  readonly find: (suffix: string) => SafetensorsTensor | undefined;
  /** A part that has to be there, in one of these types and this shape. */
  readonly part: (
    suffix: string,
    types: readonly SafetensorsType[],
    ...shape: readonly number[]
  ) => SafetensorsTensor;
}

/** Powers of two: e8m0, which most files call U8. */
const powerTypes: readonly SafetensorsType[] = ["U8", "F8_E8M0"];
const scaleTypes: readonly SafetensorsType[] = ["F32", "F16", "BF16"];

/**
 * A matrix that is stored as config.json's quantization has it; undefined for those that were left plain. How
 * many bits its codes have and how long its groups are is told by the shapes of its parts: published files
 * mix them, and name the exceptions in as many ways.
 */
export function packedMatrix(
  { source, tensors, quantization }: PackedFolder,
  name: string,
  shape: readonly [number, number],
  order: HeadOrder | undefined,
): StreamedTensor | undefined {
  const find = (suffix: string) => tensors.get(partName(name, suffix));
  const packed: Packed = {
    source,
    name,
    shape,
    order,
    find,
    part: (suffix, types, ...partShape) => partOf(tensors, name, suffix, types, partShape),
  };
  switch (quantization.kind) {
    case "none":
      // Model Optimizer's settings may be in a file of their own.
      return find("weight_scale_2") && compressed(packed);
    case "mlx":
      return find("scales") && mlx(packed);
    case "gptq":
      return find("qweight") && gptq(packed, quantization);
    case "awq":
      return find("qweight") && awq(packed);
    case "fp8":
      return find("weight_scale_inv") && fp8(packed, "weight_scale_inv", quantization.blockShape);
    case "compressed":
      return find("weight_scale") && compressed(packed);
    default:
      return quantization satisfies never;
  }
}

function mlx(packed: Packed): StreamedTensor {
  const { source, name, shape, order, find, part } = packed;
  const [nRows, nColumns] = shape;
  if (!find("biases")) {
    const isEight = find("weight")?.shape[1] === nColumns / 4;
    const weight = part("weight", ["U32"], nRows, nColumns / (isEight ? 4 : 8));
    if (isEight) return fp8Matrix(source, mxfp8(packed, weight, "scales"), shape, order);
    if (find("scales")?.shape[1] === nColumns / 16)
      return nvfp4Matrix(
        source,
        { weight, scales: part("scales", ["U8"], nRows, nColumns / 16) },
        shape,
        order,
      );
    const scales = part("scales", ["U8"], nRows, nColumns / packedBlockWeights);
    return mxfp4Matrix(source, { weight, scales }, shape, order);
  }
  const bits = bitsOf(packed, find("weight"), 1, nColumns, mlxBits);
  const weight = part("weight", ["U32"], nRows, (nColumns * bits) / 32);
  const nGroups = groupsOf(name, find("scales"), 1, nColumns);
  const scales = part("scales", scaleTypes, nRows, nGroups);
  const biases = part("biases", [scales.type], nRows, nGroups);
  return mlxMatrix(source, { weight, scales, biases, bits, groupSize: nColumns / nGroups }, shape, order);
}

function gptq(packed: Packed, quantization: HfQuantization & { readonly kind: "gptq" }): StreamedTensor {
  const { source, name, shape, order, find, part } = packed;
  const [nRows, nColumns] = shape;
  const { isSymmetric, isReordered, addedToZero } = quantization;
  const bits = bitsOf(packed, find("qweight"), 0, nColumns, [4, 8]);
  const nGroups = groupsOf(name, find("scales"), 0, nColumns);
  const parts = {
    qweight: part("qweight", ["I32"], (nColumns * bits) / 32, nRows),
    qzeros: part("qzeros", ["I32"], nGroups, (nRows * bits) / 32),
    scales: part("scales", scaleTypes, nGroups, nRows),
    gIdx: isReordered ? part("g_idx", ["I32"], nColumns) : undefined,
  };
  const meaning = { layout: "gptq", bits, nGroups, isSymmetric, addedToZero } as const;
  return turnedMatrix(source, { ...parts, ...meaning }, shape, order);
}

function awq({ source, name, shape, order, find, part }: Packed): StreamedTensor {
  const [nRows, nColumns] = shape;
  const nGroups = groupsOf(name, find("scales"), 0, nColumns);
  const parts = {
    qweight: part("qweight", ["I32"], nColumns, nRows / 8),
    qzeros: part("qzeros", ["I32"], nGroups, nRows / 8),
    scales: part("scales", scaleTypes, nGroups, nRows),
    gIdx: undefined,
  };
  const meaning = { layout: "awq", bits: 4, nGroups, isSymmetric: false, addedToZero: 0 } as const;
  return turnedMatrix(source, { ...parts, ...meaning }, shape, order);
}

function fp8(
  { source, shape, order, part }: Packed,
  scaleName: string,
  blockShape: readonly [number, number],
  scaleShape?: readonly number[],
): StreamedTensor {
  const [nRows, nColumns] = shape;
  const weight = part("weight", ["F8_E4M3"], nRows, nColumns);
  const blocks = [Math.ceil(nRows / blockShape[0]), Math.ceil(nColumns / blockShape[1])];
  const scaleInv = part(scaleName, scaleTypes, ...(scaleShape ?? blocks));
  return fp8Matrix(source, { weight, scaleInv, blockShape }, shape, order);
}

function compressed(packed: Packed): StreamedTensor {
  const { source, name, shape, order, find, part } = packed;
  const [nRows, nColumns] = shape;
  if (find("weight_scale_2")) return nvfp4(packed, "weight", "weight_scale_2", false);
  if (find("weight_global_scale")) return nvfp4(packed, "weight_packed", "weight_global_scale", true);
  if (find("weight_packed")?.type === "U8") {
    const weight = part("weight_packed", ["U8"], nRows, nColumns / 2);
    const scales = part("weight_scale", powerTypes, nRows, nColumns / packedBlockWeights);
    return mxfp4Matrix(source, { weight, scales }, shape, order);
  }
  if (find("weight_g_idx"))
    refuse(
      t('"{name}" has a "weight_g_idx"; this app reads compressed-tensors in the order of their columns.', {
        name,
      }),
    );
  if (find("weight")?.type === "F8_E4M3") {
    // A scale for the whole matrix, for each row, or for blocks of 128 × 128.
    const { type, shape: scaleShape } = find("weight_scale")!;
    if (powerTypes.includes(type)) {
      const weight = part("weight", ["F8_E4M3"], nRows, nColumns);
      return fp8Matrix(source, mxfp8(packed, weight, "weight_scale"), shape, order);
    }
    const isOfRows = scaleShape[0] === nRows && scaleShape.slice(1).every((length) => length === 1);
    if (scaleShape.every((length) => length === 1)) return fp8(packed, "weight_scale", shape, scaleShape);
    if (isOfRows) return fp8(packed, "weight_scale", [1, nColumns], scaleShape);
    return fp8(packed, "weight_scale", [128, 128]);
  }
  const nGroups = groupsOf(name, find("weight_scale"), 1, nColumns);
  const scales = part("weight_scale", scaleTypes, nRows, nGroups);
  if (!find("weight_packed")) {
    const weight = part("weight", ["I8"], nRows, nColumns);
    return compressedMatrix(source, { weight, scales, zeros: undefined, bits: 8, nGroups }, shape, order);
  }
  const bits = bitsOf(packed, find("weight_packed"), 1, nColumns, [4, 8]);
  const weight = part("weight_packed", ["I32"], nRows, (nColumns * bits) / 32);
  const zeros = find("weight_zero_point");
  if (zeros && bits === 8)
    refuse(t('"{name}" has 8 bits and zeros of its own; this app reads those in 4 bits only.', { name }));
  return compressedMatrix(
    source,
    {
      weight,
      scales,
      bits,
      nGroups,
      zeros: zeros && part("weight_zero_point", ["I32"], Math.ceil(nRows / 8), nGroups),
    },
    shape,
    order,
  );
}

function nvfp4(
  { source, name, shape, order, find, part }: Packed,
  codesName: string,
  scaleName: string,
  isDivisor: boolean,
): StreamedTensor {
  const [nRows, nColumns] = shape;
  const { weights } = blockOfType("NVFP4");
  if (nColumns % weights !== 0)
    refuse(
      t('"{name}" is NVFP4 with {columns}; this app reads multiples of {weights}.', {
        name,
        columns: counted(nColumns, "column"),
        weights,
      }),
    );
  const weight = part(codesName, ["U8"], nRows, nColumns / 2);
  const scales = part("weight_scale", ["F8_E4M3"], nRows, nColumns / 16);
  const isScalar = find(scaleName)!.shape.length === 0;
  const tensor = part(scaleName, ["F32"], ...(isScalar ? [] : [1]));
  return nvfp4Matrix(source, { weight, scales, matrixScale: { tensor, isDivisor } }, shape, order);
}

/** Codes of e4m3 with a power of two for each 32. */
function mxfp8({ shape, part }: Packed, weight: SafetensorsTensor, scalesName: string): Fp8Parts {
  const [nRows, nColumns] = shape;
  const scaleInv = part(scalesName, powerTypes, nRows, nColumns / packedBlockWeights);
  return { weight, scaleInv, blockShape: [1, packedBlockWeights] };
}

/** Bits of a code, by how many words of 32 a line of `nCodes` takes. */
function bitsOf<Bits extends MlxBits>(
  { name }: Packed,
  stored: SafetensorsTensor | undefined,
  axis: 0 | 1,
  nCodes: number,
  known: readonly Bits[],
): Bits {
  const bits = known.find((bits) => stored?.shape[axis] === (nCodes * bits) / 32);
  if (bits === undefined)
    refuse(
      t('The codes of "{name}" are {value}; for {columns} this app reads {known} bits, 32 to a word.', {
        name,
        value: stored ? `${stored.type} [${stored.shape.join(", ")}]` : t("missing"),
        columns: counted(nCodes, "column"),
        known: known.join(", "),
      }),
    );
  return bits;
}

/** Groups of a row, which share a scale: whole blocks of 32 weights. */
function groupsOf(
  name: string,
  scales: SafetensorsTensor | undefined,
  axis: 0 | 1,
  nColumns: number,
): number {
  const nGroups = scales?.shape[axis];
  if (nGroups === undefined || nGroups === 0 || nColumns % (nGroups * packedBlockWeights) !== 0)
    refuse(
      t('The scales of "{name}" are {value}; this app reads groups of a multiple of 32 of its {columns}.', {
        name,
        value: scales ? `[${scales.shape.join(", ")}]` : t("missing"),
        columns: counted(nColumns, "column"),
      }),
    );
  return nGroups;
}
