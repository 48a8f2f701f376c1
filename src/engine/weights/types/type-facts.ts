import { otherTypes, packedTypes, runTypes, type GgmlBlock, type WeightBlock } from "./weight-types";
import { type Key } from "../../../language/language";

/** A type of GGUF files that this engine runs. */
export type RunType = keyof typeof runTypes;
/** A type that a GGUF file may name. */
export type GgmlType = RunType | keyof typeof otherTypes;
/** A type of matrices that this engine runs, from whatever file. */
export type WeightType = RunType | keyof typeof packedTypes;
/** A type of a tensor in its source. */
export type TensorType = GgmlType | WeightType;

const namesIn = <T extends string>(types: Readonly<Record<T, unknown>>) => Object.keys(types) as T[];

export const runTypeNames: readonly RunType[] = namesIn(runTypes);
export const weightTypeNames: readonly WeightType[] = [...runTypeNames, ...namesIn(packedTypes)];

export const ggmlTypes: Readonly<Record<GgmlType, GgmlBlock>> = { ...runTypes, ...otherTypes };
const blocks: Readonly<Record<TensorType, WeightBlock>> = { ...ggmlTypes, ...packedTypes };

const isWeightType: ReadonlySet<string> = new Set(weightTypeNames);

/** Returns whether matrices of this type run. */
export const runsType = (type: string): type is WeightType => isWeightType.has(type);

/** The plain types: every number for itself. */
export const plainTypes = ["F32", "F16", "BF16"] as const satisfies readonly RunType[];
export type PlainType = (typeof plainTypes)[number];

/** Returns whether a type stores every number for itself, so that a person may choose its format. */
export const isPlain = (type: string): type is PlainType => plainTypes.some((plain) => plain === type);

/** The types that plain weights can be quantized to while they stream. */
export const quantizedTypes = ["Q8_0", "Q4_K", "Q6_K"] as const satisfies readonly RunType[];
export type QuantizedType = (typeof quantizedTypes)[number];

export const blockOfType = (type: TensorType): WeightBlock => blocks[type];

/** Bytes of `nWeights` numbers, which are whole blocks. */
export function sizeBytesOf(type: TensorType, nWeights: number): number {
  const { weights, bytes } = blocks[type];
  return (nWeights / weights) * bytes;
}

/** Bits of a weight, without its share of the scales: the number in the type's name. */
export const bitsOf = (type: GgmlType): number => Number(/\d+/.exec(type)![0]);

const typeOfId = new Map(namesIn(ggmlTypes).map((type) => [ggmlTypes[type].id, type]));

/** The type with this id, or undefined if none is known. */
export const ggmlTypeOfId = (id: number): GgmlType | undefined => typeOfId.get(id);

/**
 * Each beginning of a quantization in the name of a file, with the type of most of its tensors and what a
 * person reads of it.
 */
export const typeWords: ReadonlyMap<string, { readonly type: GgmlType; readonly explanation: Key }> = new Map(
  namesIn(ggmlTypes).flatMap((type) =>
    Object.entries(ggmlTypes[type].words).map(
      ([name, explanation]) => [name, { type, explanation }] as const,
    ),
  ),
);
