import { ModelFormatError } from "../../../ground/errors";
import { counted, formatCount } from "../../../ground/figures";
import type { GgufHeaderReader } from "./gguf-header-reader";
import { mark, t } from "../../../language/language";

/** A metadata value. 64-bit integers past 2^53 are bigint. */
export type GgufValue = number | bigint | boolean | string | readonly (number | bigint | boolean | string)[];
type Scalar = number | bigint | boolean;

/** The longest array there is reason for; the vocabulary has 248,320 entries. */
const maxArrayLength = 1 << 22;
const hint = mark("The file is damaged or was not written as GGUF. Get it again, or choose another file.");

const narrow = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;

interface ScalarType {
  readonly nBytes: number;
  readonly get: (view: DataView, at: number) => Scalar;
}

/** Value types by id; 8 is a string, 9 an array. */
const scalars: ReadonlyMap<number, ScalarType> = new Map<number, ScalarType>([
  [0, { nBytes: 1, get: (view, at) => view.getUint8(at) }],
  [1, { nBytes: 1, get: (view, at) => view.getInt8(at) }],
  [2, { nBytes: 2, get: (view, at) => view.getUint16(at, true) }],
  [3, { nBytes: 2, get: (view, at) => view.getInt16(at, true) }],
  [4, { nBytes: 4, get: (view, at) => view.getUint32(at, true) }],
  [5, { nBytes: 4, get: (view, at) => view.getInt32(at, true) }],
  [6, { nBytes: 4, get: (view, at) => view.getFloat32(at, true) }],
  [7, { nBytes: 1, get: (view, at) => view.getUint8(at) !== 0 }],
  [10, { nBytes: 8, get: (view, at) => narrow(view.getBigUint64(at, true)) }],
  [11, { nBytes: 8, get: (view, at) => narrow(view.getBigInt64(at, true)) }],
  [12, { nBytes: 8, get: (view, at) => view.getFloat64(at, true) }],
]);
const stringType = 8;
const arrayType = 9;

/** Reads the value of `key`, its type id first. */
export async function readGgufValue(reader: GgufHeaderReader, key: string): Promise<GgufValue> {
  const what = t('The value of "{key}"', { key });
  await reader.need(4, what);
  const type = reader.takeU32();
  if (type === stringType) return reader.string(what);
  if (type === arrayType) return readArray(reader, key);
  const scalar = scalarType(type, key);
  await reader.need(scalar.nBytes, what);
  return reader.take(scalar.nBytes, scalar.get);
}

async function readArray(reader: GgufHeaderReader, key: string): Promise<(Scalar | string)[]> {
  const what = t('Array "{key}"', { key });
  await reader.need(12, what);
  const type = reader.takeU32();
  const length = reader.takeU64();
  const scalar = type === stringType ? undefined : scalarType(type, key);
  const minBytes = scalar?.nBytes ?? 8;
  if (length > maxArrayLength || length * minBytes > reader.remainingBytes)
    throw new ModelFormatError(
      t(
        "{what} claims {entries} of at least {bytes}; at most {maxArrayLength} are read, and the file has {bytesLeft} left.",
        {
          what,
          entries: counted(length, "entry", "entries"),
          bytes: counted(minBytes, "byte"),
          maxArrayLength: formatCount(maxArrayLength),
          bytesLeft: counted(reader.remainingBytes, "byte"),
        },
      ),
      { hint: t(hint) },
    );
  const values: (Scalar | string)[] = [];
  for (let i = 0; i < length; i++) {
    if (scalar) {
      if (!reader.has(scalar.nBytes)) await reader.need(scalar.nBytes, what);
      values.push(reader.take(scalar.nBytes, scalar.get));
    } else {
      // Reads what reader.string does, without a promise for each of half a million.
      if (!reader.has(8)) await reader.need(8, what);
      const nBytes = reader.peekU64();
      if (!reader.has(8 + nBytes)) await reader.need(8 + nBytes, t('Entry {i} of array "{key}"', { i, key }));
      reader.takeU64();
      values.push(reader.takeText(nBytes, what));
    }
  }
  return values;
}

function scalarType(type: number, key: string): ScalarType {
  const found = scalars.get(type);
  if (found) return found;
  throw new ModelFormatError(
    type === arrayType
      ? t('"{key}" is an array of arrays, which GGUF readers do not take.', { key })
      : t('"{key}" has value type {type}; GGUF knows 0 to 12.', { key, type }),
    { hint: t(hint) },
  );
}
