import { CancelledError } from "../../ground/errors";
import { readBlob } from "../../ground/read-blob";
import type { ReadRate } from "../rpc/protocol/model";

/**
 * Reads blobs one after another into the same memory, and does nothing with them.
 *
 * @throws CancelledError  when `signal` aborts
 */
export async function readBare(blobs: Iterable<Blob>, signal: AbortSignal): Promise<ReadRate> {
  let buffer: ArrayBuffer | undefined;
  let bytes = 0;
  const startedAt = performance.now();
  for (const blob of blobs) {
    if (signal.aborted) throw new CancelledError();
    const read = await readBlob(blob, buffer);
    buffer = read.buffer;
    bytes += read.length;
  }
  return { bytes, ms: performance.now() - startedAt };
}

/** A file in stretches of a stored part's length. */
export function* stretchesOf(file: Blob): Generator<Blob> {
  const length = 16 << 20;
  for (let at = 0; at < file.size; at += length) yield file.slice(at, at + length);
}
