import { Unzip, UnzipInflate } from "fflate";
import { DocumentError } from "../../ground/errors";
import { formatBytes, formatRoundBytes } from "../../ground/figures";
import { pathOf } from "../office/relationships";
import { t } from "../../language/language";

/** The limit for unpacked XML. A book of 1,000 pages has some 20 MB; a zip bomb has gigabytes. */
export const MOST_XML_BYTES = 128e6;
const PUSHED_BYTES = 65_536;

/** An archive, and the bytes that may still come out of it, over all passes. */
export class Archive {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly #most: number;
  #left: number;

  constructor(bytes: Uint8Array, name: string, mostBytes = MOST_XML_BYTES) {
    this.bytes = bytes;
    this.name = name;
    this.#most = mostBytes;
    this.#left = mostBytes;
  }

  /** The names in it, as they are written. Nothing is unpacked. */
  names(): string[] {
    const names: string[] = [];
    this.unpack((path) => {
      names.push(path);
      return undefined;
    });
    return names;
  }

  /**
   * Unpacks as a stream, so that a bomb is noticed while it grows, whatever its header says.
   *
   * @param open  for a file that is wanted, gives what takes its bytes
   * @throws DocumentError  when the archive is damaged, protected, or unpacks to more than it may
   */
  unpack(open: (path: string) => ((chunk: Uint8Array, isFinal: boolean) => void) | undefined): void {
    const { bytes } = this;
    const unzip = new Unzip((file) => {
      const take = open(file.name);
      if (!take) return;
      file.ondata = (error, chunk, isFinal) => {
        if (error) throw error;
        this.#left -= chunk.length;
        if (this.#left < 0) throw this.#tooLarge();
        take(chunk, isFinal);
      };
      file.start();
    });
    unzip.register(UnzipInflate);
    try {
      for (let at = 0; at < bytes.length; at += PUSHED_BYTES)
        unzip.push(bytes.subarray(at, at + PUSHED_BYTES), at + PUSHED_BYTES >= bytes.length);
    } catch (cause) {
      if (cause instanceof DocumentError) throw cause;
      throw this.#damaged(cause);
    }
  }

  /** The texts of the files whose place in the archive is wanted: in small letters, without dots. */
  texts(isWanted: (path: string) => boolean): Map<string, string> {
    const texts = new Map<string, string>();
    this.unpack((written) => {
      const path = pathOf(written, "");
      if (!isWanted(path)) return undefined;
      let decoder: TextDecoder | undefined;
      const pieces: string[] = [];
      return (chunk, isFinal) => {
        if (chunk.length > 1) decoder ??= new TextDecoder(encodingOf(chunk));
        pieces.push((decoder ?? new TextDecoder()).decode(chunk, { stream: !isFinal }));
        if (isFinal) texts.set(path, pieces.join(""));
      };
    });
    return texts;
  }

  #damaged(cause: unknown): DocumentError {
    if (isEncrypted(this.bytes))
      return new DocumentError(t("“{name}” is protected by a password.", { name: this.name }), {
        hint: t("Unpack it, or save it without a password, and attach that."),
        cause,
      });
    return new DocumentError(t("“{name}” is damaged: it could not be unpacked.", { name: this.name }), {
      hint: t("Get the file again, or open it in its own program and save it anew."),
      cause,
    });
  }

  #tooLarge(): DocumentError {
    return new DocumentError(
      t("“{name}” has {nBytes} and unpacks to more than {most}.", {
        name: this.name,
        nBytes: formatBytes(this.bytes.length),
        most: formatRoundBytes(this.#most),
      }),
      { hint: t("Save the part you need as a document of its own.") },
    );
  }
}

/** Looks for a local header whose first flag says so; the first of them may be folders, which are never. */
export function isEncrypted(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length - 30, 4e6);
  for (let at = 0; at >= 0 && at <= end; at = bytes.indexOf(0x50, at + 1)) {
    const isHeader = bytes[at + 1] === 0x4b && bytes[at + 2] === 3 && bytes[at + 3] === 4;
    if (isHeader && bytes[at + 5]! < 2 && (bytes[at + 6]! & 1) === 1) return true;
  }
  return false;
}

/** XML in UTF-16 has a mark, or "<" in two bytes. */
function encodingOf(chunk: Uint8Array): string {
  const start = chunk[0]! * 256 + chunk[1]!;
  if (start === 0xfffe || start === 0x3c00) return "utf-16le";
  return start === 0xfeff || start === 0x003c ? "utf-16be" : "utf-8";
}

/** The pieces of a file as one. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
