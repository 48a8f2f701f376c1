/**
 * The bytes of a blob, in `buffer` where the browser can read into given memory. What a browser allocates for each read is
 * given back late: reading 520 MB that way took 110 MB more than reading into one buffer, and longer (docs/benchmarks.md).
 *
 * @param buffer  memory to read into, of at least the blob's size. It is gone afterwards: use the result's
 * @returns as many bytes as the blob has; rejects with what the browser says when they can not be read
 */
export async function readBlob(blob: Blob, buffer?: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
  const reader = blob.size > 0 && byobReader(blob.stream());
  if (!reader) return new Uint8Array(await blob.arrayBuffer());
  const isLongEnough = buffer !== undefined && buffer.byteLength >= blob.size;
  let bytes = new Uint8Array(isLongEnough ? buffer : new ArrayBuffer(blob.size));
  let filled = 0;
  while (filled < blob.size) {
    const { done, value } = await reader.read(bytes.subarray(filled, blob.size));
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
