import { isObject } from "../../../ground/record-checks";
import { ModelFormatError } from "../../../ground/errors";
import { counted, formatCount } from "../../../ground/figures";
import type { ByteSource } from "../bytes/byte-source";
import { formatOf, maxSafetensorsHeaderBytes } from "../bytes/file-format";
import { recognise, recognisedBytes } from "../bytes/not-a-model";
import { parseJson } from "../bytes/json-fields";
import { mark, t, type Sentence } from "../../../language/language";

/** Bytes of a number of each type that safetensors knows. */
export const safetensorsTypes = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E8M0: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  I64: 8,
  U64: 8,
  F64: 8,
} as const;

export type SafetensorsType = keyof typeof safetensorsTypes;

export interface SafetensorsTensor {
  readonly name: string;
  readonly type: SafetensorsType;
  /** Row-major. */
  readonly shape: readonly number[];
  /** The offset of the first byte, from the start of the file. */
  readonly offset: number;
  readonly sizeBytes: number;
}

const readBytes = 4 << 20;
const lengthBytes = 8;
const hint = mark(
  "The file is damaged or was not written as safetensors. Get it again, or choose another file.",
);

/**
 * Reads and checks the header of a safetensors file: the length of a JSON text, the text, then the tensors'
 * bytes. Every tensor's bytes are inside the file, are as many as its shape says, and belong to it alone. No
 * tensor is read.
 *
 * @throws ModelFormatError  naming the field that can not be
 */
export async function readSafetensors(
  source: ByteSource,
  file: Sentence = t("The file"),
): Promise<ReadonlyMap<string, SafetensorsTensor>> {
  const headerBytes = await readHeaderLength(source, file);
  const text = await readText(source, headerBytes);
  const header = parseJson(t("The safetensors header"), text, t(hint));
  const dataOffset = lengthBytes + headerBytes;
  const tensors = new Map<string, SafetensorsTensor>();
  for (const [name, entry] of Object.entries(header))
    if (name !== "__metadata__") tensors.set(name, readTensor(name, entry, dataOffset, source.sizeBytes));
  checkOverlaps([...tensors.values()]);
  return tensors;
}

async function readHeaderLength(source: ByteSource, file: Sentence): Promise<number> {
  const start = await source.read(0, Math.min(recognisedBytes, source.sizeBytes));
  const other = formatOf(start) === "safetensors" ? undefined : recognise(start, source.sizeBytes);
  if (other)
    throw new ModelFormatError(t("{file} is {what}.", { file, what: other.what }), { hint: other.hint });
  if (source.sizeBytes < lengthBytes)
    refuse(
      t("The file has {bytes}; the length of a safetensors header alone takes {lengthBytes}.", {
        bytes: counted(source.sizeBytes, "byte"),
        lengthBytes: formatCount(lengthBytes),
      }),
    );
  const length = Number(new DataView(start.buffer, start.byteOffset, lengthBytes).getBigUint64(0, true));
  if (length > maxSafetensorsHeaderBytes || length < 2)
    refuse(
      t("The header's length is {bytes}; from 2 to {maxSafetensorsHeaderBytes} are read.", {
        bytes: counted(length, "byte"),
        maxSafetensorsHeaderBytes: formatCount(maxSafetensorsHeaderBytes),
      }),
    );
  if (length > source.sizeBytes - lengthBytes)
    refuse(
      t("The header's length is {bytes}; the file has {nAfter} after it.", {
        bytes: counted(length, "byte"),
        nAfter: formatCount(source.sizeBytes - lengthBytes),
      }),
    );
  return length;
}

async function readText(source: ByteSource, headerBytes: number): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  try {
    for (let at = 0; at < headerBytes; at += readBytes) {
      const bytes = await source.read(lengthBytes + at, Math.min(readBytes, headerBytes - at));
      text += decoder.decode(bytes, { stream: true });
    }
    return text + decoder.decode();
  } catch (cause) {
    if (cause instanceof TypeError)
      throw new ModelFormatError(t("The safetensors header is no text in UTF-8."), { hint: t(hint), cause });
    throw cause;
  }
}

function readTensor(name: string, entry: unknown, dataOffset: number, fileBytes: number): SafetensorsTensor {
  const what = t('Tensor "{name}"', { name: clip(name) });
  if (!isObject(entry)) refuse(t("{what} is no object in the header.", { what }));
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== "string" || !Object.hasOwn(safetensorsTypes, dtype))
    refuse(
      t('{what} has "dtype" {dtype}; known are {safetensorsTypes}.', {
        what,
        dtype: clip(JSON.stringify(dtype)),
        safetensorsTypes: Object.keys(safetensorsTypes).join(", "),
      }),
    );
  const type = dtype as SafetensorsType;
  if (!isCounts(shape) || shape.length > 8)
    refuse(
      t('{what} has "shape" {shape}; it must have up to 8 whole numbers from 0 to 2^53.', {
        what,
        shape: clip(JSON.stringify(shape)),
      }),
    );
  if (!isCounts(offsets) || offsets.length !== 2)
    refuse(
      t('{what} has "data_offsets" {offsets}; they must be two whole numbers from 0 to 2^53.', {
        what,
        offsets: clip(JSON.stringify(offsets)),
      }),
    );
  const [begin, end] = offsets as [number, number];
  const sizeBytes = shape.reduce((product, n) => product * n, safetensorsTypes[type]);
  if (end - begin !== sizeBytes)
    refuse(
      t('{what} has "data_offsets" for {bytes}; {type} of "shape" [{shape}] takes {sizeBytes}.', {
        what,
        bytes: counted(end - begin, "byte"),
        type,
        shape: shape.join(", "),
        sizeBytes: formatCount(sizeBytes),
      }),
    );
  if (dataOffset + end > fileBytes)
    throw new ModelFormatError(
      t('{what} ends at byte {dataOffset} by its "data_offsets"; the file has {fileBytes}.', {
        what,
        dataOffset: dataOffset + end,
        fileBytes,
      }),
      { hint: t("The file is only partly there. Download it again.") },
    );
  return { name, type, shape, offset: dataOffset + begin, sizeBytes };
}

function checkOverlaps(tensors: readonly SafetensorsTensor[]): void {
  const inOrder = tensors.filter(({ sizeBytes }) => sizeBytes > 0).toSorted((a, b) => a.offset - b.offset);
  inOrder.forEach((tensor, i) => {
    const before = inOrder[i - 1];
    if (before && before.offset + before.sizeBytes > tensor.offset)
      refuse(
        t(
          'Tensor "{name}" starts inside "{name2}" by their "data_offsets": byte {offset}, where the other ends at {end}.',
          {
            name: clip(tensor.name),
            name2: clip(before.name),
            offset: tensor.offset,
            end: before.offset + before.sizeBytes,
          },
        ),
      );
  });
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

/** Enough of a text from a file to find it by. */
const clip = (text: string | undefined) =>
  text === undefined ? t("missing") : text.length <= 120 ? text : `${text.slice(0, 120)}…`;

function refuse(message: Sentence): never {
  throw new ModelFormatError(message, { hint: t(hint) });
}
