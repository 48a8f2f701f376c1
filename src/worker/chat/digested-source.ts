import { sha256Hex } from "../../storage/models/sha256";
import type { ByteSource } from "../../engine/weights/bytes/byte-source";
import type { GgufFile, GgufTensor } from "../../engine/weights/gguf/gguf";

const MOST_SAMPLES = 64;
const SAMPLE_BYTES = 1024;

interface Sample {
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  nTaken: number;
}

/**
 * The source of a model's weights, which takes from what is read of it what tells one model from another. To
 * read the samples by themselves would be up to 64 reads of stored parts at the end of a start, and a matrix
 * that is turned as a whole would be turned once more.
 */
export class DigestedSource implements ByteSource {
  readonly sizeBytes: number;
  readonly files: ByteSource["files"];
  readonly #source: ByteSource;
  readonly #layout: string;
  /** By ascending offset. */
  readonly #samples: readonly Sample[];

  constructor(source: ByteSource, { tensors }: Pick<GgufFile, "tensors">) {
    this.#source = source;
    this.sizeBytes = source.sizeBytes;
    this.files = source.files;
    const inOrder = [...tensors.values()].toSorted((a, b) => a.offset - b.offset);
    this.#layout = inOrder.map(({ name, type, sizeBytes }) => `${name} ${type} ${sizeBytes}\n`).join("");
    this.#samples = sampled(inOrder).map(({ offset, sizeBytes }) => ({
      offset,
      bytes: new Uint8Array(Math.min(SAMPLE_BYTES, sizeBytes)),
      nTaken: 0,
    }));
  }

  async read(offset: number, length: number, buffer?: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
    const read = await this.#source.read(offset, length, buffer);
    for (const sample of this.#samples) take(sample, offset, read);
    return read;
  }

  /**
   * SHA-256 of the names and sizes of all tensors and of the first bytes of up to 64 of them, evenly between
   * the first and the last. Weights that were trained on, or quantized in another way, differ everywhere; a
   * hash of all bytes would take seconds with every load. Of tensors that nobody has read, such as an MTP
   * block's, it reads the samples now.
   *
   * @throws what the source does when it can not be read
   */
  async digest(): Promise<string> {
    // One after another, and each within a tensor: what safetensors are made into can be read in no other
    // way.
    for (const { offset, bytes, nTaken } of this.#samples)
      if (nTaken < bytes.length) await this.read(offset, bytes.length);
    const parts = [new TextEncoder().encode(this.#layout), ...this.#samples.map(({ bytes }) => bytes)];
    // Not by a Blob, which a browser may keep on the disk, where it can fail to be read.
    const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return sha256Hex(whole);
  }
}

function sampled(tensors: readonly GgufTensor[]): readonly GgufTensor[] {
  const n = Math.min(MOST_SAMPLES, tensors.length);
  return Array.from({ length: n }, (_, i) => tensors[Math.floor((i * tensors.length) / n)]!);
}

/**
 * Takes a sample's bytes out of a read. When the sample lies across two reads the front is taken first;
 * should the other read end first, `digest` reads it.
 */
function take(sample: Sample, offset: number, read: Uint8Array): void {
  const at = sample.offset + sample.nTaken;
  const end = Math.min(sample.offset + sample.bytes.length, offset + read.length);
  if (at < offset || at >= end) return;
  sample.bytes.set(read.subarray(at - offset, end - offset), sample.nTaken);
  sample.nTaken += end - at;
}
