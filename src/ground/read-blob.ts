/**
 * The bytes of a blob, in `buffer` where the browser can read into given memory. What a browser allocates for
 * each read is given back late: reading 520 MB that way took 110 MB more than reading into one buffer, and
 * longer (docs/benchmarks.md).
 *
 * @param buffer  memory to read into, of at least the blob's size. It is gone afterwards: use the result's
 * @returns as many bytes as the blob has; rejects with what the browser says when they can not be read
 */
export async function readBlob(blob: Blob, buffer?: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  const reader = blob.size > 0 && byobReader(blob.stream());
  if (!reader) return new Uint8Array(await blob.arrayBuffer());
  reading.add(reader);
  try {
    return await readAll(reader, blob.size, buffer);
  } finally {
    reading.delete(reader);
  }
}

/**
 * Readers in use. Chromium (156) collects a blob's stream that only a pending read refers to, and the read
 * then never ends: with a garbage collection every few milliseconds each such read hung, with this none
 * (e2e/chat/collected.spec.ts).
 */
const reading = new Set<ReadableStreamBYOBReader>();

async function readAll(
  reader: ReadableStreamBYOBReader,
  size: number,
  buffer: ArrayBuffer | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const isLongEnough = buffer !== undefined && buffer.byteLength >= size;
  let bytes = new Uint8Array(isLongEnough ? buffer : new ArrayBuffer(size));
  let filled = 0;
  while (filled < size) {
    const { done, value } = await reader.read(bytes.subarray(filled, size));
    if (value) bytes = new Uint8Array(value.buffer);
    filled += value?.length ?? 0;
    if (done) break;
  }
  return bytes.subarray(0, filled);
}

/** A reader into given memory; undefined where the browser has none for this stream. */
export function byobReader(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): ReadableStreamBYOBReader | undefined {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    return undefined; // Safari before 26
  }
}

/** Memory that is read into again and again, also by one reading after another. */
export interface PieceMemory {
  buffer?: ArrayBuffer;
}
