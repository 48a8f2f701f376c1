import { ModelFormatError, UnsupportedModelError } from "../../../ground/errors";
import { counted, formatCount } from "../../../ground/figures";
import type { ByteSource } from "../bytes/byte-source";
import { blockOfType, ggmlTypeOfId, sizeBytesOf, type TensorType } from "../types/type-facts";
import { recognisedBytes, whatItIs } from "../bytes/not-a-model";
import { settleQ2Groups, type DescribedTensor } from "./q2-groups";
import { refuseOldPrism } from "./old-prism";
import { refuseType } from "./unknown-types";
import { GgufHeaderReader } from "./gguf-header-reader";
import { readGgufValue, type GgufValue } from "./gguf-metadata";
import { mark, t, type Sentence } from "../../../language/language";

export type { GgufValue } from "./gguf-metadata";

export interface GgufTensor {
  readonly name: string;
  readonly type: TensorType;
  /** Row-major, as the data lies: [rows, columns] or [n]. The file lists it the other way round. */
  readonly shape: readonly number[];
  /** The offset of the first byte, from the start of the file. */
  readonly offset: number;
  readonly sizeBytes: number;
}

export interface GgufFile {
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
  /** The end of the header, at which the tensors' bytes begin. */
  readonly dataOffset: number;
}

const magic = 0x46554747; // "GGUF", little-endian
const minKeyValueBytes = 8 + 4 + 1;
const minTensorInfoBytes = 8 + 4 + 8 + 4 + 8;
const maxCount = 1 << 20;
const maxDimensions = 4;
const defaultAlignment = 32;
const hint = mark("The file is damaged or was not written as GGUF. Get it again, or choose another file.");

/**
 * Reads and checks the header of a GGUF file, version 2 or 3: what it says about itself and where its tensors
 * lie. Every tensor's bytes are inside the file and belong to it alone. No tensor is read.
 *
 * @param file  a name for it in sentences, at their start
 * @throws ModelFormatError       if anything in the header can not be
 * @throws UnsupportedModelError  for a type of tensors, or a version, that is not known here
 */
export async function readGguf(source: ByteSource, file: Sentence = t("The file")): Promise<GgufFile> {
  const reader = new GgufHeaderReader(source);
  const { nTensors, nKeyValues } = await readCounts(reader, file);

  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < nKeyValues; i++) {
    const key = await reader.string(t("Metadata key {i}", { i }));
    if (metadata.has(key))
      refuse(t('Metadata key "{key}" is there twice; the second is number {i}.', { key, i }));
    metadata.set(key, await readGgufValue(reader, key));
  }
  const alignment = alignmentOf(metadata);

  const infos: DescribedTensor[] = [];
  for (let i = 0; i < nTensors; i++) infos.push(await readTensorInfo(reader, i));
  const dataOffset = Math.ceil(reader.position / alignment) * alignment;

  refuseOldPrism(infos, alignment);
  const tensors = new Map<string, GgufTensor>();
  for (const info of settleQ2Groups(infos, source.sizeBytes - dataOffset, alignment)) {
    if (tensors.has(info.name)) refuse(t('Tensor "{name}" is there twice.', { name: info.name }));
    tensors.set(info.name, placeTensor(info, dataOffset, alignment, source.sizeBytes));
  }
  checkOverlaps([...tensors.values()]);
  return { metadata, tensors, dataOffset };
}

/**
 * Reads a file's first 24 bytes. @throws ModelFormatError when they are not those of a GGUF, or count more
 * than there can be
 */
export async function readCounts(
  reader: GgufHeaderReader,
  file: Sentence = t("The file"),
): Promise<{ nTensors: number; nKeyValues: number }> {
  const sizeBytes = reader.remainingBytes;
  await reader.need(Math.min(recognisedBytes, sizeBytes), t("The GGUF magic"));
  const start = reader.peek(recognisedBytes);
  if (sizeBytes < 4 || reader.takeU32() !== magic) {
    const { what, hint } = whatItIs(start, sizeBytes);
    throw new ModelFormatError(t("{file} is {what}.", { file, what }), { hint });
  }
  await reader.need(20, t("The GGUF version and counts"));
  const version = reader.takeU32();
  if (version === 3 << 24)
    throw new ModelFormatError(t("The file is a big-endian GGUF of version 3; only little-endian is read."), {
      hint: t("Convert it with gguf-py's gguf_convert_endian, or get the ordinary file."),
    });
  if (version > 3 && version < 100)
    throw new UnsupportedModelError(
      t("The file is GGUF version {version}; versions 2 and 3 are read.", { version }),
      {
        hint: t(
          "A newer program wrote it. Choose a file of this model in version 3, as llama.cpp writes it.",
        ),
      },
    );
  if (version !== 2 && version !== 3)
    throw new ModelFormatError(
      t("The file is GGUF version {version}; versions 2 and 3 are read.", { version }),
      {
        hint: version === 1 ? t("Get a newer file of this model.") : t(hint),
      },
    );
  const nTensors = reader.takeU64();
  const nKeyValues = reader.takeU64();
  for (const [what, count, minBytes] of [
    [counted(nTensors, "tensor"), nTensors, minTensorInfoBytes],
    [counted(nKeyValues, "metadata value"), nKeyValues, minKeyValueBytes],
  ] as const)
    if (count > maxCount || count * minBytes > reader.remainingBytes)
      refuse(
        t(
          "The header claims {what} of at least {bytes}; at most {maxCount} are read, and the file has {bytesLeft} left.",
          {
            what,
            bytes: counted(minBytes, "byte"),
            maxCount: formatCount(maxCount),
            bytesLeft: counted(reader.remainingBytes, "byte"),
          },
        ),
      );
  return { nTensors, nKeyValues };
}

function alignmentOf(metadata: ReadonlyMap<string, GgufValue>): number {
  const alignment = metadata.get("general.alignment") ?? defaultAlignment;
  if (
    typeof alignment !== "number" ||
    !(alignment >= 8 && alignment <= 65536) ||
    !Number.isInteger(Math.log2(alignment))
  )
    refuse(
      t('"general.alignment" is {alignment}; it must be a power of two from 8 to 65536.', {
        alignment: String(alignment),
      }),
    );
  return alignment;
}

async function readTensorInfo(reader: GgufHeaderReader, index: number): Promise<DescribedTensor> {
  const name = await reader.string(t("The name of tensor {index}", { index }));
  const what = t('The description of tensor "{name}"', { name });
  await reader.need(4, what);
  const nDimensions = reader.takeU32();
  if (nDimensions < 1 || nDimensions > maxDimensions)
    refuse(
      t('Tensor "{name}" has {nDimensions} dimensions; it must have 1 to {maxDimensions}.', {
        name,
        nDimensions,
        maxDimensions,
      }),
    );
  await reader.need(nDimensions * 8 + 12, what);
  const shape: number[] = [];
  for (let i = 0; i < nDimensions; i++) shape.unshift(reader.takeU64());
  const id = reader.takeU32();
  const type = ggmlTypeOfId(id);
  if (type === undefined) refuseType(name, id);
  return { name, type, shape, relativeOffset: reader.takeU64() };
}

function placeTensor(
  info: DescribedTensor,
  dataOffset: number,
  alignment: number,
  fileBytes: number,
): GgufTensor {
  const { name, type, shape, relativeOffset } = info;
  const nElements = shape.reduce((product, n) => product * n, 1);
  if (!(nElements >= 1 && nElements <= Number.MAX_SAFE_INTEGER))
    refuse(
      t('Tensor "{name}" has shape [{shape}], {nElements} numbers; it must have 1 to 2^53.', {
        name,
        shape: shape.join(", "),
        nElements: formatCount(nElements),
      }),
    );
  const columns = shape[shape.length - 1]!;
  const { weights } = blockOfType(type);
  if (columns % weights !== 0)
    refuse(
      t('Tensor "{name}" is {type} with {columns}; {type} needs a multiple of {weights}.', {
        name,
        type,
        columns: counted(columns, "column"),
        weights,
      }),
    );
  if (relativeOffset % alignment !== 0)
    refuse(
      t('Tensor "{name}" starts at data byte {relativeOffset}; the alignment is {alignment}.', {
        name,
        relativeOffset,
        alignment,
      }),
    );
  const offset = dataOffset + relativeOffset;
  const sizeBytes = sizeBytesOf(type, nElements);
  if (!(offset + sizeBytes <= fileBytes))
    throw new ModelFormatError(
      t('Tensor "{name}" ends at byte {offset}; the file has {fileBytes}.', {
        name,
        offset: offset + sizeBytes,
        fileBytes,
      }),
      {
        hint: t("The file is only partly there. Download it again."),
      },
    );
  return { name, type, shape, offset, sizeBytes };
}

function checkOverlaps(tensors: readonly GgufTensor[]): void {
  const inOrder = tensors.toSorted((a, b) => a.offset - b.offset);
  inOrder.forEach((tensor, i) => {
    const before = inOrder[i - 1];
    if (before && before.offset + before.sizeBytes > tensor.offset)
      refuse(
        t('Tensor "{name}" starts at byte {offset}, inside "{name2}", which ends at byte {end}.', {
          name: tensor.name,
          offset: tensor.offset,
          name2: before.name,
          end: before.offset + before.sizeBytes,
        }),
      );
  });
}

function refuse(message: Sentence): never {
  throw new ModelFormatError(message, { hint: t(hint) });
}
