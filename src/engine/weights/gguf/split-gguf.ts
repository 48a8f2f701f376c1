import { ModelFormatError } from "../../../ground/errors";
import { readShardName } from "../../../ground/model-file-names";
import { counted } from "../../../ground/figures";
import type { ByteSource, SourceFile } from "../bytes/byte-source";
import { readGguf, type GgufFile, type GgufTensor, type GgufValue } from "./gguf";
import { fileOf } from "../bytes/joined-source";
import { t, tn, verbatim, type Sentence } from "../../../language/language";

interface Shard {
  readonly name: string;
  readonly start: number;
  readonly gguf: GgufFile;
  /** Counted from 0, as the file has it. */
  readonly number: number;
}

/**
 * The header of a GGUF model of one file or of several, whatever their order in the source: each shard has a
 * header of its own, the first one what the model says about itself. Offsets are into the source.
 *
 * @throws ModelFormatError  as readGguf; and when a shard is missing, twice there, or of another model
 */
export async function readModelFile(source: ByteSource): Promise<GgufFile> {
  const { files } = source;
  if (files === undefined || files.length < 2) {
    const gguf = await readGguf(source);
    const count = numberOf(gguf, "split.count") ?? 1;
    if (count > 1) throw missing([numberOf(gguf, "split.no") ?? 0], count, files?.[0]?.name);
    return gguf;
  }
  const shards: Shard[] = [];
  let start = 0;
  for (const [i, { name, sizeBytes }] of files.entries()) {
    const gguf = await readGguf(fileOf(source, files, i), verbatim(`“${name}”`));
    shards.push({ name, start, gguf, number: numberOf(gguf, "split.no") ?? -1 });
    start += sizeBytes;
  }
  checkShards(shards, files);
  return merge(shards.toSorted((a, b) => a.number - b.number));
}

function checkShards(shards: readonly Shard[], files: readonly SourceFile[]): void {
  const count = numberOf(shards[0]!.gguf, "split.count") ?? 1;
  const byNumber = new Map<number, Shard>();
  for (const shard of shards) {
    const itsCount = numberOf(shard.gguf, "split.count") ?? 1;
    if (itsCount !== count || !(shard.number >= 0 && shard.number < count))
      throw mixed(
        t("“{name}” is part {value} of {itsCount}; “{name2}” is one of {count}.", {
          name: shard.name,
          value: shard.number + 1,
          itsCount,
          name2: files[0]!.name,
          count,
        }),
      );
    const before = byNumber.get(shard.number);
    if (before)
      throw mixed(
        t("“{name}” and “{name2}” are both part {value} of {count}.", {
          name: before.name,
          name2: shard.name,
          value: shard.number + 1,
          count,
        }),
      );
    byNumber.set(shard.number, shard);
  }
  if (byNumber.size < count) throw missing([...byNumber.keys()], count, files[0]!.name);
}

function merge(shards: readonly Shard[]): GgufFile {
  const first = shards[0]!;
  const tensors = new Map<string, GgufTensor>();
  for (const { name, start, gguf } of shards) {
    for (const tensor of gguf.tensors.values()) {
      if (tensors.has(tensor.name))
        throw mixed(
          t('Tensor "{name}" of “{name2}” is in a part before it too.', { name: tensor.name, name2: name }),
        );
      tensors.set(tensor.name, { ...tensor, offset: start + tensor.offset });
    }
  }
  const expected = numberOf(first.gguf, "split.tensors.count");
  if (expected !== undefined && expected !== tensors.size)
    throw mixed(
      t('The {parts} hold {tensors} together; "split.tensors.count" is {expected}.', {
        parts: counted(shards.length, "part"),
        tensors: counted(tensors.size, "tensor"),
        expected,
      }),
    );
  const metadata = new Map<string, GgufValue>(first.gguf.metadata);
  for (const key of metadata.keys()) if (key.startsWith("split.")) metadata.delete(key); // it is whole now
  return { metadata, tensors, dataOffset: first.start + first.gguf.dataOffset };
}

function numberOf({ metadata }: GgufFile, key: string): number | undefined {
  const value = metadata.get(key);
  return typeof value === "number" ? value : undefined;
}

/** @param numbers  of the parts that are there, from 0 */
function missing(numbers: readonly number[], count: number, someName: string | undefined): ModelFormatError {
  const absent = Array.from({ length: count }, (_, i) => i).filter((i) => !numbers.includes(i));
  const stem = readShardName(someName ?? "")?.stem;
  const five = (n: number) => String(n).padStart(5, "0");
  const names = absent
    .slice(0, 3)
    .map((i) =>
      stem === undefined
        ? t("part {number}", { number: i + 1 })
        : `“${stem}-${five(i + 1)}-of-${five(count)}.gguf”`,
    );
  const more =
    absent.length > names.length ? t(" and {nMore} more", { nMore: absent.length - names.length }) : "";
  return new ModelFormatError(
    tn(
      absent.length,
      "The model is split into {files}, of which {names}{more} is missing.",
      "The model is split into {files}, of which {names}{more} are missing.",
      { files: counted(count, "file"), names: names.join(", "), more },
    ),
    { hint: t("Choose all of its files together, or the folder they are in.") },
  );
}

function mixed(message: Sentence): ModelFormatError {
  return new ModelFormatError(message, {
    hint: t("The files do not belong together. Choose those of one model, all from the same download."),
  });
}
