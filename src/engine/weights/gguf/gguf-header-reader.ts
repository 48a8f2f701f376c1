import { ModelFormatError } from "../../../ground/errors";
import { counted } from "../../../ground/figures";
import type { ByteSource } from "../bytes/byte-source";
import { mark, t, type Sentence } from "../../../language/language";

const pieceBytes = 1 << 20;
/**
 * The header of the real models is about 10 MB (248,320 tokens, 247,587 merges); past this it is not a
 * header.
 */
export const maxHeaderBytes = 128 << 20;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const hint = mark("The file is damaged or only partly there. Get it again.");

/**
 * Reads little-endian values from the start of a file, holding one piece of it at a time. The take functions
 * need their bytes to be there: call `need` first. Between the two everything is synchronous, so half a
 * million strings cost no promise each.
 */
export class GgufHeaderReader {
  readonly #source: ByteSource;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);
  #pieceStart = 0;
  #at = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** Place in the file of the next byte. */
  get position(): number {
    return this.#pieceStart + this.#at;
  }

  /** Bytes of the file after `position`. */
  get remainingBytes(): number {
    return this.#source.sizeBytes - this.position;
  }

  has(nBytes: number): boolean {
    return this.#at + nBytes <= this.#bytes.length;
  }

  /**
   * Makes the next `nBytes` available, which are `what`. @throws ModelFormatError if the file ends before
   * them
   */
  async need(nBytes: number, what: Sentence): Promise<void> {
    if (this.has(nBytes)) return;
    if (nBytes > this.remainingBytes)
      throw new ModelFormatError(
        t("{what} ends at byte {position}; the file has {sizeBytes}.", {
          what,
          position: this.position + nBytes,
          sizeBytes: this.#source.sizeBytes,
        }),
        { hint: t(hint) },
      );
    if (this.position + nBytes > maxHeaderBytes)
      throw new ModelFormatError(
        t("{what} ends at byte {position}; a header has at most {maxHeaderBytes}.", {
          what,
          position: this.position + nBytes,
          maxHeaderBytes,
        }),
        { hint: t(hint) },
      );
    const rest = this.#bytes.subarray(this.#at);
    const start = this.position + rest.length;
    const length = Math.min(Math.max(nBytes - rest.length, pieceBytes), this.#source.sizeBytes - start);
    const piece = await this.#source.read(start, length);
    const joined = new Uint8Array(rest.length + piece.length);
    joined.set(rest);
    joined.set(piece, rest.length);
    this.#pieceStart = this.position;
    this.#at = 0;
    this.#bytes = joined;
    this.#view = new DataView(joined.buffer);
  }

  /** A value of the given width; `get` is the DataView's method for it. */
  take<T>(nBytes: number, get: (view: DataView, at: number) => T): T {
    const value = get(this.#view, this.#at);
    this.#at += nBytes;
    return value;
  }

  takeU32(): number {
    return this.take(4, (view, at) => view.getUint32(at, true));
  }

  /**
   * A 64-bit length, count or offset. Above 2^53 it comes out inexact, but as large: every limit still
   * refuses it.
   */
  takeU64(): number {
    return this.take(8, (view, at) => view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true));
  }

  /** The u64 that `takeU64` would give, left in place. */
  peekU64(): number {
    return this.#view.getUint32(this.#at + 4, true) * 2 ** 32 + this.#view.getUint32(this.#at, true);
  }

  /** The file's next bytes as far as they are held, `length` at most, left in place. */
  peek(length: number): Uint8Array {
    return this.#bytes.subarray(this.#at, this.#at + length);
  }

  /** `length` bytes of UTF-8. @throws ModelFormatError if they are not */
  takeText(length: number, what: Sentence): string {
    const start = this.#at;
    this.#at += length;
    // Tokens and merges are short, and TextDecoder costs about a microsecond a call: plain ASCII is read by
    // hand.
    if (length <= 32) {
      let text = "";
      let i = start;
      for (; i < this.#at && this.#bytes[i]! < 0x80; i++) text += String.fromCharCode(this.#bytes[i]!);
      if (i === this.#at) return text;
    }
    try {
      return decoder.decode(this.#bytes.subarray(start, this.#at));
    } catch (cause) {
      throw new ModelFormatError(
        t("{what}, {bytes} at byte {pieceStart}, is not valid UTF-8.", {
          what,
          bytes: counted(length, "byte"),
          pieceStart: this.#pieceStart + start,
        }),
        { hint: t(hint), cause },
      );
    }
  }

  /** A length-prefixed string. */
  async string(what: Sentence): Promise<string> {
    await this.need(8, t("The length of {what}", { what }));
    const length = this.peekU64();
    await this.need(8 + length, what);
    this.takeU64();
    return this.takeText(length, what);
  }
}
