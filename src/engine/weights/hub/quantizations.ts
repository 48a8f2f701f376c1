import { bitsOf, isPlain, typeWords, type GgmlType } from "../types/type-facts";
import { t, type Sentence } from "../../../language/language";

/** A quantization by a file's name, as llama.cpp and those who publish with it name files. */
export interface Quantization {
  /** The name in the file's, such as "Q4_K_M" or "UD-Q4_K_XL". */
  readonly name: string;
  /** Bits of most weights. */
  readonly bits: number;
  /** The meaning of the name, in a person's words. */
  readonly explanation: Sentence;
  /** The type of most tensors. Some have others, of more bits as a rule; only the file's header tells. */
  readonly type: GgmlType;
  /** True for names of types that only the fork ik_llama.cpp has. */
  readonly isOfFork?: boolean;
}

/** Names of ik_llama.cpp's own types (its ggml.h), and of rows that lie interleaved. */
const ofFork = /^(?:IQ[2-6]_K(?:SS|S|L|T)?|IQ[1-4]_KT|.*_R[48])$/;

/** The longest first: of those that begin a name it says most. */
const beginnings = [...typeWords.keys()].toSorted((a, b) => b.length - a.length);
const plainNames = beginnings.filter((name) => isPlain(typeWords.get(name)!.type)).join("|");
const blockNames = beginnings.filter((name) => !isPlain(typeWords.get(name)!.type)).join("|");

/** Names such as Q4_K_M and UD-IQ2_XXS, whole parts of a path. */
const inName = new RegExp(
  `(?:^|[-._/ ])((?:UD-)?(?:${plainNames}|(?:${blockNames})(?:_[A-Z0-9]+)*))(?=[-._/ ]|$)`,
  "gi",
);

/** @param path  of the file; a folder may name it too. @returns undefined when nothing in it does */
export function readQuantization(path: string): Quantization | undefined {
  // Behind the model's own stands that of the drafter in the same file: "…-PQ2_0-MTP-Q8_0.gguf".
  const ofModel = path.replace(/[-._]MTP[-._][A-Z]*\d[\w]*(?=\.gguf$|-\d{5}-of-)/i, "");
  const match = [...ofModel.matchAll(inName)].at(-1) ?? [...path.matchAll(inName)].at(-1);
  const name = match?.[1]?.toUpperCase();
  if (name === undefined) return undefined;
  const isDynamic = name.startsWith("UD-");
  const plain = isDynamic ? name.slice("UD-".length) : name;
  const { type, explanation } = typeWords.get(beginnings.find((beginning) => plain.startsWith(beginning))!)!;
  const words = isDynamic
    ? t("{explanation}. Dynamic: layers that suffer most keep more bits", { explanation: t(explanation) })
    : t(explanation);
  const found = { name, bits: bitsOf(type), type, explanation: words };
  return ofFork.test(plain) ? { ...found, isOfFork: true } : found;
}

interface Sized {
  readonly name: string;
  readonly sizeBytes: number;
  readonly quantization?: Quantization | undefined;
  readonly isRunnable: boolean;
}

/** Models of several shards or formats in the order people look for them: the smallest first. */
export function bySize<T extends Sized>(choices: readonly T[]): T[] {
  return choices.toSorted((a, b) => a.sizeBytes - b.sizeBytes);
}

/**
 * The one to propose: the usual 4-bit one if it fits, else the largest below it that does; where nothing is
 * 4-bit, the smallest above. If nothing fits, the one that comes closest.
 *
 * @returns undefined when none can be run
 */
export function suggest<T extends Sized>(choices: readonly T[], fits: (choice: T) => boolean): T | undefined {
  const runnable = bySize(choices.filter(({ isRunnable }) => isRunnable));
  const usual =
    runnable.find(({ quantization }) => quantization?.name === "Q4_K_M") ??
    runnable.find(({ quantization }) => quantization?.name === "UD-Q4_K_XL") ??
    runnable.find(({ quantization }) => (quantization?.bits ?? 16) >= 4) ??
    runnable.at(-1);
  if (usual === undefined || fits(usual)) return usual;
  const fitting = runnable.filter((choice) => choice.sizeBytes < usual.sizeBytes && fits(choice));
  return fitting.at(-1) ?? runnable[0];
}

/** In place of one that can not be run: the runnable one of the nearest size, rather larger than smaller. */
export function instead<T extends Sized>(refused: T, choices: readonly T[]): T | undefined {
  const runnable = bySize(choices.filter(({ isRunnable }) => isRunnable));
  return runnable.find(({ sizeBytes }) => sizeBytes >= refused.sizeBytes) ?? runnable.at(-1);
}
