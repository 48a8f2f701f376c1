import { ggmlTypes, type GgmlType } from "../../engine/weights/types/type-facts";

const encoder = new TextEncoder();

/** A typed metadata value as GGUF writes it. */
export type MetadataValue =
  | { readonly u32: number }
  | { readonly f32: number }
  | { readonly bool: boolean }
  | { readonly text: string }
  | { readonly i32s: readonly number[] }
  | { readonly texts: readonly string[] };

export interface TensorEntry {
  readonly name: string;
  readonly type: GgmlType;
  /** Row-major. */
  readonly shape: readonly number[];
  readonly sizeBytes: number;
}

export const alignment = 32;
export const padded = (sizeBytes: number) => Math.ceil(sizeBytes / alignment) * alignment;

/**
 * A GGUF version 3 header, padded to where the tensors' bytes begin. They follow in order, each padded to
 * `alignment`.
 */
export function encodeHeader(
  metadata: readonly (readonly [key: string, value: MetadataValue])[],
  tensors: readonly TensorEntry[],
): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  out.bytes(encoder.encode("GGUF"));
  out.u32(3);
  out.u64(tensors.length);
  out.u64(metadata.length);
  for (const [key, value] of metadata) {
    out.text(key);
    writeValue(out, value);
  }
  let offset = 0;
  for (const { name, type, shape, sizeBytes } of tensors) {
    out.text(name);
    out.u32(shape.length);
    shape.toReversed().forEach((n) => out.u64(n));
    out.u32(ggmlTypes[type].id);
    out.u64(offset);
    offset += padded(sizeBytes);
  }
  return out.finish();
}

function writeValue(out: ByteWriter, value: MetadataValue): void {
  if ("u32" in value) {
    out.u32(4);
    out.u32(value.u32);
  } else if ("f32" in value) {
    out.u32(6);
    out.f32(value.f32);
  } else if ("bool" in value) {
    out.u32(7);
    out.bytes(Uint8Array.of(value.bool ? 1 : 0));
  } else if ("text" in value) {
    out.u32(8);
    out.text(value.text);
  } else if ("i32s" in value) {
    out.u32(9);
    out.u32(5);
    out.u64(value.i32s.length);
    value.i32s.forEach((n) => out.u32(n >>> 0));
  } else {
    out.u32(9);
    out.u32(8);
    out.u64(value.texts.length);
    value.texts.forEach((text) => out.text(text));
  }
}

class ByteWriter {
  #bytes = new Uint8Array(1 << 16);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  u32(value: number): void {
    const at = this.#take(4);
    this.#view.setUint32(at, value, true);
  }
  f32(value: number): void {
    const at = this.#take(4);
    this.#view.setFloat32(at, value, true);
  }
  u64(value: number): void {
    const at = this.#take(8);
    this.#view.setBigUint64(at, BigInt(value), true);
  }
  text(text: string): void {
    const bytes = encoder.encode(text);
    this.u64(bytes.length);
    this.bytes(bytes);
  }
  bytes(bytes: Uint8Array): void {
    const at = this.#take(bytes.length);
    this.#bytes.set(bytes, at);
  }
  finish(): Uint8Array<ArrayBuffer> {
    this.#take(padded(this.#length) - this.#length);
    return this.#bytes.slice(0, this.#length);
  }

  /**
   * Room for `nBytes` more; returns where it begins. May replace the buffer and its view: take first, then
   * write.
   */
  #take(nBytes: number): number {
    const at = this.#length;
    this.#length += nBytes;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}
