import { strToU8, Zip, ZipDeflate } from "fflate";

/** Bytes that are held before they are handed to the browser, which keeps large blobs on the disk. */
const HELD_BYTES = 1 << 20;

/** Writes a zip archive of texts, one after another: no more than one of them is in memory. */
export class ZipWriter {
  readonly #blobs: Blob[] = [];
  #held: Uint8Array<ArrayBuffer>[] = [];
  #nHeld = 0;
  readonly #zip = new Zip((error, chunk) => {
    if (error) throw error;
    this.#held.push(chunk.slice());
    this.#nHeld += chunk.length;
    if (this.#nHeld >= HELD_BYTES) this.#handOver();
  });

  add(path: string, text: string): void {
    const file = new ZipDeflate(path, { level: 6 });
    this.#zip.add(file);
    file.push(strToU8(text.toWellFormed()), true);
  }

  end(): Blob {
    this.#zip.end();
    this.#handOver();
    return new Blob(this.#blobs, { type: "application/zip" });
  }

  #handOver(): void {
    this.#blobs.push(new Blob(this.#held));
    this.#held = [];
    this.#nHeld = 0;
  }
}
