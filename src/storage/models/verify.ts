import { CancelledError } from "../../ground/errors";
import { readBlob } from "../../ground/read-blob";
import { partLength } from "./arriving-file";
import type { PartStore, StoredFile } from "./part-store";
import { sha256Hex } from "./sha256";

export interface Verified {
  readonly nParts: number;
  /** Lost, cut, unreadable, or with another hash than when they were written. */
  readonly damagedParts: readonly number[];
  /** The parts that an earlier version wrote without a hash: they could not be compared. */
  readonly nUnknown: number;
}

export interface VerifyOptions {
  readonly onProgress?: (checkedBytes: number) => void;
  readonly signal?: AbortSignal;
}

/** Reads every part of a file, one after another in the same memory. @throws CancelledError */
export async function verifyParts(
  store: PartStore,
  file: StoredFile,
  { onProgress, signal }: VerifyOptions,
): Promise<Verified> {
  const nParts = Math.ceil(file.sizeBytes / file.partBytes);
  const damagedParts: number[] = [];
  let nUnknown = 0;
  let buffer = new ArrayBuffer(Math.min(file.partBytes, file.sizeBytes));
  for (let index = 0, checkedBytes = 0; index < nParts; index++) {
    if (signal?.aborted) throw new CancelledError();
    const expected = await store.partHash(file.id, index);
    const bytes = await readPart(store, file, index, buffer);
    if (bytes) buffer = bytes.buffer;
    else buffer = new ArrayBuffer(buffer.byteLength || file.partBytes);
    if (!bytes || (expected !== undefined && (await sha256Hex(bytes)) !== expected)) damagedParts.push(index);
    else if (expected === undefined) nUnknown++;
    checkedBytes += partLength(file, index);
    onProgress?.(checkedBytes);
  }
  return { nParts, damagedParts, nUnknown };
}

/**
 * @returns undefined when the part is not there, too short, or can not be read: it is what is being looked
 *   for
 */
async function readPart(
  store: PartStore,
  file: StoredFile,
  index: number,
  buffer: ArrayBuffer,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const part = await store.part(file.id, index);
    if (part.size !== partLength(file, index)) return undefined;
    const bytes = await readBlob(part, buffer);
    return bytes.length === part.size ? bytes : undefined;
  } catch {
    return undefined;
  }
}
