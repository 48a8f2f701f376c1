import { createSHA256, type IHasher } from "hash-wasm";
import { DownloadError } from "../../ground/errors";
import { t } from "../../language/language";

/** One file of those that lie behind one another in a stored file; most are the only one. */
export interface Section {
  readonly name: string;
  readonly sizeBytes: number;
  /** The publisher's digest, in hexadecimal; without it, any bytes are right. */
  readonly sha256?: string | undefined;
}

/** The bytes of a section are not those that its publisher has. */
export class WrongHashError extends DownloadError {
  /** Bytes [start, end) of the stored file. */
  readonly start: number;
  readonly end: number;

  constructor({ name, sha256 = "" }: Section, found: string, start: number, end: number) {
    super(
      t("“{name}” is not the file that was published: its SHA-256 is {short}, not {short2}.", {
        name,
        short: short(found),
        short2: short(sha256),
      }),
      {
        hint: t(
          "It was damaged on its way, or the server has another file than it says. What came was deleted; download it again.",
        ),
      },
    );
    this.start = start;
    this.end = end;
  }
}

const short = (hash: string) => `${hash.slice(0, 12)}…`;

/**
 * Compares the bytes of a stored file, given in order, with the hashes its sections should have. Its state
 * can be kept, so that hashing goes on in another visit.
 */
export class SectionHash {
  readonly #hasher: IHasher;
  readonly #sections: readonly Section[];
  #section = 0;
  /** The start of the section at hand. */
  #start = 0;
  #hashedBytes = 0;

  private constructor(hasher: IHasher, sections: readonly Section[]) {
    this.#hasher = hasher;
    this.#sections = sections;
  }

  /**
   * @param from  bytes that went in before, with the `state` then; a state of another version of the library
   *   starts anew
   */
  static async create(
    sections: readonly Section[],
    from?: { readonly hashedBytes: number; readonly state: Uint8Array | null },
  ): Promise<SectionHash> {
    const hash = new SectionHash((await createSHA256()).init(), sections);
    return from && hash.#restore(from.hashedBytes, from.state)
      ? hash
      : new SectionHash(hash.#hasher.init(), sections);
  }

  /** The bytes of the file that went in. */
  get hashedBytes(): number {
    return this.#start + this.#hashedBytes;
  }

  get state(): Uint8Array<ArrayBuffer> | null {
    return this.#hashedBytes === 0 ? null : this.#hasher.save().slice();
  }

  /** The next bytes. @throws WrongHashError at the end of a section that has another hash than it should */
  update(bytes: Uint8Array): void {
    for (let rest = bytes; rest.length > 0;) {
      const section = this.#sections[this.#section]!;
      const piece = rest.subarray(0, section.sizeBytes - this.#hashedBytes);
      if (section.sha256 !== undefined) this.#hasher.update(piece);
      this.#hashedBytes += piece.length;
      rest = rest.subarray(piece.length);
      if (this.#hashedBytes === section.sizeBytes) this.#endSection(section);
    }
  }

  #endSection(section: Section): void {
    const end = this.#start + section.sizeBytes;
    if (section.sha256 !== undefined) {
      const found = this.#hasher.digest();
      if (found !== section.sha256.toLowerCase()) throw new WrongHashError(section, found, this.#start, end);
    }
    this.#hasher.init();
    this.#section++;
    this.#start = end;
    this.#hashedBytes = 0;
  }

  #restore(hashedBytes: number, state: Uint8Array | null): boolean {
    while (hashedBytes - this.#start >= (this.#sections[this.#section]?.sizeBytes ?? Infinity)) {
      this.#start += this.#sections[this.#section++]!.sizeBytes;
    }
    this.#hashedBytes = hashedBytes - this.#start;
    if (this.#hashedBytes === 0) return true;
    try {
      if (state) this.#hasher.load(state);
      return state !== null;
    } catch {
      return false;
    }
  }
}
