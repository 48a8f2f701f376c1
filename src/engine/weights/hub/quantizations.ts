import type { GgmlType } from "../gguf/ggml-types";

/** A quantization by a file's name, as llama.cpp and those who publish with it name files. */
export interface Quantization {
  /** The name in the file's, such as "Q4_K_M" or "UD-Q4_K_XL". */
  readonly name: string;
  /** Bits of most weights. */
  readonly bits: number;
  /** The meaning of the name, in a person's words. */
  readonly explanation: string;
  /** The type of most tensors. Some have others, of more bits as a rule; only the file's header tells. */
  readonly type: GgmlType;
}

interface Family {
  readonly pattern: RegExp;
  readonly bits: number;
  readonly type: GgmlType;
  readonly explanation: string;
}

const family = (pattern: RegExp, bits: number, type: GgmlType, explanation: string): Family => ({
  pattern,
  bits,
  type,
  explanation,
});

const three = "3-bit, for when 4-bit does not fit: answers get noticeably worse";
const two = "2-bit, the last resort: smaller than 3-bit, and often wrong";
const one = "about 1 bit, an experiment for very large models";

/**
 * The first that matches. Sizes are given against the usual choice, which most people know or will try first.
 */
const families: readonly Family[] = [
  family(
    /^(F32|FP32)$/,
    32,
    "F32",
    "32-bit, for comparisons: twice the size of 16-bit, and no better to talk to",
  ),
  family(
    /^BF16$/,
    16,
    "BF16",
    "16-bit, as the model was published: full quality at over three times the size of 4-bit",
  ),
  family(/^(F16|FP16)$/, 16, "F16", "16-bit: full quality at over three times the size of 4-bit"),
  family(/^Q8/, 8, "Q8_0", "8-bit, not to be told from 16-bit in use, at about half its size"),
  family(/^Q6_K/, 6, "Q6_K", "6-bit, very close to 16-bit: for those who have the memory"),
  family(/^Q5_K_M/, 5, "Q5_K", "5-bit, a little better than the usual choice and about a fifth larger"),
  family(/^Q5_K/, 5, "Q5_K", "5-bit, a little better than the usual choice"),
  family(/^Q5_1/, 5, "Q5_1", "5-bit in an older, simpler way: Q5_K_M is better at this size"),
  family(/^Q5/, 5, "Q5_0", "5-bit in an older, simpler way: Q5_K_M is better at this size"),
  family(
    /^Q4_K_M/,
    4,
    "Q4_K",
    "4-bit, the usual choice: good answers at under a third of the size of 16-bit",
  ),
  family(/^Q4_K_S/, 4, "Q4_K", "4-bit, a little smaller than the usual choice and a little less exact"),
  family(/^Q4_K/, 4, "Q4_K", "4-bit, a little larger than the usual choice and a little more exact"),
  family(/^Q4_1/, 4, "Q4_1", "4-bit in an older, simpler way: Q4_K_M is better at this size"),
  family(/^Q4/, 4, "Q4_0", "4-bit in an older, simpler way: Q4_K_M is better at this size"),
  family(
    /^IQ4_NL/,
    4,
    "IQ4_NL",
    "4-bit with uneven steps: a little smaller than the usual choice, nearly as good",
  ),
  family(/^IQ4/, 4, "IQ4_XS", "4-bit with uneven steps: smaller than the usual choice, nearly as good"),
  family(/^MXFP4/, 4, "MXFP4", "4-bit floating point, meant for models that were trained with it"),
  family(/^NVFP4/, 4, "NVFP4", "4-bit floating point for NVIDIA's newest cards"),
  family(/^Q3_K/, 3, "Q3_K", three),
  family(/^IQ3_XXS/, 3, "IQ3_XXS", three),
  family(/^IQ3/, 3, "IQ3_S", three),
  family(/^Q2/, 2, "Q2_K", two),
  family(/^IQ2_(M|S)/, 2, "IQ2_S", two),
  family(/^IQ2_XS/, 2, "IQ2_XS", two),
  family(/^IQ2/, 2, "IQ2_XXS", two),
  family(/^IQ1_M/, 1, "IQ1_M", one),
  family(/^IQ1/, 1, "IQ1_S", one),
  family(/^TQ2/, 2, "TQ2_0", "three values a weight, for models that were trained so"),
  family(/^TQ1/, 1, "TQ1_0", "three values a weight, for models that were trained so"),
];

const inName =
  /(?:^|[-._/ ])((?:UD-)?(?:I?Q\d(?:_[A-Z0-9]+)*|TQ\d_\d|BF16|F16|F32|FP16|FP32|MXFP4(?:_[A-Z]+)?|NVFP4))(?=[-._/ ]|$)/gi;

/** @param path  of the file; a folder may name it too. @returns undefined when nothing in it does */
export function readQuantization(path: string): Quantization | undefined {
  const name = [...path.matchAll(inName)].at(-1)?.[1]?.toUpperCase();
  if (name === undefined) return undefined;
  const isDynamic = name.startsWith("UD-");
  const plain = isDynamic ? name.slice("UD-".length) : name;
  const found = families.find(({ pattern }) => pattern.test(plain));
  if (!found) return undefined;
  const { bits, type, explanation } = found;
  const dynamic = isDynamic ? ". Dynamic: layers that suffer most keep more bits" : "";
  return { name, bits, type, explanation: explanation + dynamic };
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
