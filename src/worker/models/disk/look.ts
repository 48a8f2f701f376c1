import { ModelFormatError, UnsupportedModelError } from "../../../ground/errors";
import { isNumber, isString } from "../../../ground/record-checks";
import { firstValues, peekBytes, sizesOf } from "../../../engine/weights/hub/gguf-peek";
import { checkArchitecture } from "../../../engine/weights/config/config";
import type { ModelConfig } from "../../../engine/weights/config/model-config";
import { t, type Sentence } from "../../../language/language";

/** A glance into a GGUF on the disk. */
export interface Looked {
  /** Its quantization by the name llama.cpp gives it; undefined where the file does not say. */
  readonly quantization: string | undefined;
  /** The place in a split model, counted from 0, and the number of its files. */
  readonly split: { readonly index: number; readonly count: number } | undefined;
  readonly modelName: string | undefined;
  /** Undefined where they do not all stand in its first bytes. */
  readonly sizes: ModelConfig | undefined;
  readonly refusal: Sentence | undefined;
}

export const looksLikeGguf = async (file: File): Promise<boolean> =>
  (await textOf(file.slice(0, 4))) === "GGUF";

/** Its header is JSON behind eight bytes that say how long it is. */
export const looksLikeSafetensors = async (file: File): Promise<boolean> =>
  file.size > 9 && (await textOf(file.slice(8, 9))) === "{";

const textOf = (blob: Blob) => blob.text().catch(() => "");

export async function look(file: File): Promise<Looked> {
  const nothing = { quantization: undefined, split: undefined, modelName: undefined, sizes: undefined };
  try {
    const values = await firstValues(new Uint8Array(await file.slice(0, peekBytes).arrayBuffer()));
    const { metadata } = values;
    const name = metadata.get("general.name");
    const type = metadata.get("general.file_type");
    const [index, count] = [metadata.get("split.no"), metadata.get("split.count")];
    const known = {
      quantization: isNumber(type) ? fileTypes[type] : undefined,
      split: isNumber(index) && isNumber(count) && count > 1 ? { index, count } : undefined,
      modelName: isString(name) && name !== "" ? name : undefined,
    };
    // Only the first part of a split model has its sizes.
    if (known.split && known.split.index > 0) return { ...known, sizes: undefined, refusal: undefined };
    try {
      if (metadata.has("general.architecture"))
        checkArchitecture({ metadata, tensors: new Map(), dataOffset: 0 });
      return { ...known, sizes: sizesOf(values), refusal: undefined };
    } catch (error) {
      return { ...known, sizes: undefined, refusal: messageOf(error) };
    }
  } catch (error) {
    return { ...nothing, refusal: messageOf(error) };
  }
}

function messageOf(error: unknown): Sentence {
  if (error instanceof UnsupportedModelError || error instanceof ModelFormatError) return error.sentence;
  return t("It could not be read.");
}

/** The names of llama.cpp's `general.file_type` (llama.h, llama_ftype). */
const fileTypes: Readonly<Record<number, string>> = {
  0: "F32",
  1: "F16",
  2: "Q4_0",
  3: "Q4_1",
  7: "Q8_0",
  8: "Q5_0",
  9: "Q5_1",
  10: "Q2_K",
  11: "Q3_K_S",
  12: "Q3_K_M",
  13: "Q3_K_L",
  14: "Q4_K_S",
  15: "Q4_K_M",
  16: "Q5_K_S",
  17: "Q5_K_M",
  18: "Q6_K",
  19: "IQ2_XXS",
  20: "IQ2_XS",
  21: "Q2_K_S",
  22: "IQ3_XS",
  23: "IQ3_XXS",
  24: "IQ1_S",
  25: "IQ4_NL",
  26: "IQ3_S",
  27: "IQ3_M",
  28: "IQ2_S",
  29: "IQ2_M",
  30: "IQ4_XS",
  31: "IQ1_M",
  32: "BF16",
  36: "TQ1_0",
  37: "TQ2_0",
  38: "MXFP4_MOE",
};
