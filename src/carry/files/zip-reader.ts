import { CarryError } from "../../ground/errors";
import { checkJsonSize, MOST_JSON_BYTES } from "../limits";
import { t } from "../../language/language";

/** A file of an archive. */
export interface ZipEntry {
  readonly path: string;
  readonly sizeBytes: number;
  readonly packedBytes: number;
  readonly method: number;
  readonly headerAt: number;
  readonly isEncrypted: boolean;
}

const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const MOST_ENTRIES = 200_000;

/**
 * Reads the list at the end of a zip archive, and nothing else of it: an export may have gigabytes of
 * pictures beside its chats.
 *
 * @throws CarryError  when it is damaged, or larger than 4 GB
 */
export async function readDirectory(file: Blob, name: string): Promise<readonly ZipEntry[]> {
  const tail = await viewOf(file, Math.max(0, file.size - 65_557), file.size);
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw damaged(name);
  const [nEntries, size, at] = [
    tail.getUint16(end + 10, true),
    tail.getUint32(end + 12, true),
    tail.getUint32(end + 16, true),
  ];
  if (at === 0xffffffff || nEntries === 0xffff)
    throw new CarryError(t("“{name}” is too large an archive to be read here.", { name }), {
      hint: t("Unpack it, and choose the file conversations.json in it."),
    });
  if (at + size > file.size) throw damaged(name);
  const list = await viewOf(file, at, at + size);
  const entries: ZipEntry[] = [];
  const decoder = new TextDecoder();
  for (let place = 0; place + 46 <= list.byteLength && entries.length < MOST_ENTRIES;) {
    if (list.getUint32(place, true) !== ENTRY) throw damaged(name);
    const nameLength = list.getUint16(place + 28, true);
    const next =
      place + 46 + nameLength + list.getUint16(place + 30, true) + list.getUint16(place + 32, true);
    if (next > list.byteLength) throw damaged(name);
    entries.push({
      path: decoder.decode(new Uint8Array(list.buffer, place + 46, nameLength)),
      isEncrypted: (list.getUint16(place + 8, true) & 1) === 1,
      method: list.getUint16(place + 10, true),
      packedBytes: list.getUint32(place + 20, true),
      sizeBytes: list.getUint32(place + 24, true),
      headerAt: list.getUint32(place + 42, true),
    });
    place = next;
  }
  return entries;
}

/**
 * Unpacks a file of an archive as text.
 *
 * @throws CarryError  when it is damaged, protected, or unpacks to more than it says or may
 */
export async function readEntry(file: Blob, entry: ZipEntry, most = MOST_JSON_BYTES): Promise<string> {
  const { path, headerAt, packedBytes, sizeBytes, method } = entry;
  if (entry.isEncrypted)
    throw new CarryError(t("“{path}” is protected by a password.", { path }), {
      hint: t("Unpack the archive with its password, and choose the file in it."),
    });
  checkJsonSize(path, sizeBytes);
  if (headerAt + 30 > file.size) throw damaged(path);
  const header = await viewOf(file, headerAt, headerAt + 30);
  if (header.getUint32(0, true) !== LOCAL_HEADER || (method !== 0 && method !== 8)) throw damaged(path);
  const at = headerAt + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = file.slice(at, at + packedBytes);
  const stream =
    method === 0
      ? packed.stream()
      : packed.stream().pipeThrough(new DecompressionStream("deflate-raw") as TransformStream);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let left = Math.min(most, sizeBytes);
  const reader = (stream as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      left -= read.value.length;
      if (left < 0) throw damaged(path);
      pieces.push(read.value);
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    throw cause instanceof CarryError ? cause : damaged(path, cause);
  }
  return new Blob(pieces).text();
}

const viewOf = async (file: Blob, from: number, to: number) =>
  new DataView(await file.slice(from, to).arrayBuffer());

const damaged = (name: string, cause?: unknown) =>
  new CarryError(t("“{name}” is damaged: it could not be unpacked.", { name }), {
    hint: t("Get the file again from where it came from."),
    cause,
  });
