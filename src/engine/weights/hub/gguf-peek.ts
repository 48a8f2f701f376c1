import { connect, piecesOf } from "./connections";
import { readSizes } from "../config/config";
import type { ModelConfig } from "../config/model-config";
import { readCounts } from "../gguf/gguf";
import { GgufHeaderReader } from "../gguf/gguf-header-reader";
import { readGgufValue, type GgufValue } from "../gguf/gguf-metadata";

// llama.cpp's converters write the sizes before the tokenizer, which is 10 MB; these come within some 3 kB.
const peekBytes = 64 << 10;
const tokensKey = "tokenizer.ggml.tokens";

/**
 * A model's sizes from the first 64 KiB of its file on a server.
 *
 * @returns undefined when they do not all stand there
 * @throws DownloadError          when the server does not give them
 * @throws ModelFormatError       when it is no GGUF file
 * @throws UnsupportedModelError  when it is a model that is not run
 */
export async function peekSizes(url: URL, signal?: AbortSignal): Promise<ModelConfig | undefined> {
  const bytes = await firstBytes(url, signal);
  const reader = new GgufHeaderReader({
    sizeBytes: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
  });
  const { nKeyValues } = await readCounts(reader);
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < nKeyValues; i++) {
    const key = await readIfThere(() => reader.string(`Metadata key ${i}`));
    if (key === undefined) return undefined;
    if (key === tokensKey) {
      await reader.need(16, `The length of "${tokensKey}"`);
      reader.takeU64(); // an array, of texts
      const vocabSize = reader.takeU64();
      return readSizes({ metadata, tensors: new Map(), dataOffset: 0 }, () => vocabSize);
    }
    const value = await readIfThere(() => readGgufValue(reader, key));
    if (value === undefined) return undefined;
    metadata.set(key, value);
  }
  return undefined;
}

/** Reads within the peeked bytes; what is past them reads as the file's end. */
async function readIfThere<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

async function firstBytes(url: URL, signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(peekBytes);
  let length = 0;
  // A server without ranges sends the whole file; leaving the loop ends that.
  for await (const piece of piecesOf(await connect(url, { range: [0, peekBytes], signal }), url, signal)) {
    const wanted = piece.subarray(0, peekBytes - length);
    bytes.set(wanted, length);
    length += wanted.length;
    if (length === peekBytes) break;
  }
  return bytes.slice(0, length);
}
