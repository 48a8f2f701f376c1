import { mark, t, type Key, type Sentence } from "../language/language";
// Tells by its name what a file of a model is, for the page (files that were picked or dropped) and the
// engine (a hub's).

/**
 * The name a file had before a browser or a file manager gave it another, as there was one of the name
 * already:
 * "m (1).gguf", "m(2).gguf", "m copy.gguf", "m - Copy (2).gguf".
 */
export function originalName(name: string): string {
  return name.replace(/(?: ?\(\d{1,3}\)| - Copy(?: \(\d{1,3}\))?| copy(?: \d{1,3})?)(?=\.[a-z]+$)/i, "");
}

/** The place of a file in a split model, counted from 1: "name-00002-of-00005.gguf". */
export interface ShardName {
  readonly stem: string;
  readonly index: number;
  readonly count: number;
}

/** @returns undefined for the name of a file that is not split */
export function readShardName(fileName: string): ShardName | undefined {
  const match = /^(.*)-(\d{5})-of-(\d{5})\.(?:gguf|safetensors)$/i.exec(originalName(fileName));
  return match ? { stem: match[1]!, index: Number(match[2]), count: Number(match[3]) } : undefined;
}

/** A file with weights, of those that came together. */
export interface NamedFile {
  readonly name: string;
  readonly sizeBytes: number;
}

interface Part {
  readonly reason: Key;
  /** In the name of nothing else, as far as there is a model beside it. */
  readonly always: RegExp;
  /** A lone one may be a whole model all the same; its bytes tell. */
  readonly isBesideModel?: true;
  /** May be in the name of a whole model too; a part is a small one of those beside it. */
  readonly maybe?: RegExp;
}

const parts: readonly Part[] = [
  {
    reason: mark("The part that looks at images. This app reads and writes text, which needs none of it."),
    always: /mmproj/i,
  },
  {
    reason: mark("Statistics for those who quantize models, not a model."),
    always: /imatrix/i,
  },
  {
    reason: mark("A LoRA adapter: changes to a model, not a model. This app runs models without them."),
    always: /^adapter[-_.]|^lora[-_.]|^adapter_model/i,
    maybe: /(^|[-_. ])(lora|qlora|adapter)([-_. ]|$)/i,
  },
  {
    reason: mark(
      "Layers that draft several tokens ahead (MTP), to go with a model. This app runs models without them.",
    ),
    isBesideModel: true,
    always: /^(mtp|nextn|draft|drafter|eagle3?|dflash|dspark)[-_.]/i,
    maybe: /(^|[-_. ])(mtp|nextn|draft|drafter|eagle3?|dflash)([-_. ]|$)/i,
  },
];

const partOf = ({ name }: NamedFile) =>
  parts.find(({ always, maybe }) => always.test(name) || maybe?.test(name));

/**
 * Why a file with weights is no model to talk to; undefined when it may be one. `all` are the files it came
 * with, itself among them or not.
 */
export function asideReason(file: NamedFile, all: readonly NamedFile[]): Sentence | undefined {
  const part = partOf(file);
  if (!part) return undefined;
  const models = all.filter((other) => partOf(other) === undefined);
  if (part.always.test(file.name))
    return part.isBesideModel && models.length === 0 ? undefined : t(part.reason);
  const bits = bitsInName(file.name);
  const isPart = models.some(
    ({ name, sizeBytes }) => file.sizeBytes < 0.5 * (bits / bitsInName(name)) * sizeBytes,
  );
  return isPart ? t(part.reason) : undefined;
}

/** Bits of a weight, by the quantization in a name; 16 where there is none. */
function bitsInName(name: string): number {
  const found = /(?:^|[-_. ])(?:(?:UD-)?(?:I|T|P|PT)?Q|BF|FP?|MXFP|NVFP)(\d{1,2})(?=[-_. ]|$)/i.exec(name);
  return found ? Number(found[1]) || 16 : 16;
}
