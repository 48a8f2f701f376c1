import type { GgufValue } from "../../engine/weights/gguf/gguf";
import { readGguf } from "../../engine/weights/gguf/gguf";
import { sizeBytesOf, type GgmlType } from "../../engine/weights/types/type-facts";
import { encodeHeader, padded, type MetadataValue, type TensorEntry } from "./make-model-gguf";
import { memorySource } from "./memory-source";

/** A tensor of a rewritten file, its bytes zeros where none are given. */
export interface RewrittenTensor extends Omit<TensorEntry, "sizeBytes"> {
  readonly bytes?: Uint8Array;
}

export interface Rewriting {
  readonly metadata?: (
    entries: (readonly [string, MetadataValue])[],
  ) => readonly (readonly [string, MetadataValue])[];
  readonly tensors?: (tensors: RewrittenTensor[]) => readonly RewrittenTensor[];
}

/** A GGUF file with other metadata, in another order, or other tensors: as other converters write them. */
export async function rewriteModel(
  file: Uint8Array<ArrayBuffer>,
  { metadata = (entries) => entries, tensors = (all) => all }: Rewriting,
): Promise<Uint8Array<ArrayBuffer>> {
  const gguf = await readGguf(memorySource(file));
  const entries = [...gguf.metadata].map(([key, value]) => [key, typed(value)] as const);
  const all = [...gguf.tensors.values()].map(({ name, type, shape, offset, sizeBytes }): RewrittenTensor => ({
    name,
    type: type as GgmlType,
    shape,
    bytes: file.subarray(offset, offset + sizeBytes),
  }));
  const rewritten = tensors(all).map(({ name, type, shape, bytes }) => {
    const nElements = shape.reduce((product, n) => product * n, 1);
    return { name, type, shape, bytes, sizeBytes: sizeBytesOf(type, nElements) };
  });
  const header = encodeHeader(metadata(entries), rewritten);
  const size = rewritten.reduce((sum, { sizeBytes }) => sum + padded(sizeBytes), header.length);
  const out = new Uint8Array(size);
  out.set(header);
  let at = header.length;
  for (const { bytes, sizeBytes } of rewritten) {
    if (bytes) out.set(bytes, at);
    at += padded(sizeBytes);
  }
  return out;
}

/** A value with a type that holds it; whole numbers are u32, or i32 in lists. */
function typed(value: GgufValue): MetadataValue {
  if (typeof value === "string") return { text: value };
  if (typeof value === "boolean") return { bool: value };
  if (typeof value === "number")
    return Number.isInteger(value) && value >= 0 ? { u32: value } : { f32: value };
  const entries = value as readonly unknown[];
  return typeof entries[0] === "string"
    ? { texts: entries as readonly string[] }
    : { i32s: entries as readonly number[] };
}
