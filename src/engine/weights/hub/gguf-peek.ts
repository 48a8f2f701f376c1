import { connect, piecesOf } from "./connections";
import { checkArchitecture, readSizes } from "../config/config";
import type { ModelConfig } from "../config/model-config";
import { readCounts } from "../gguf/gguf";
import { GgufHeaderReader } from "../gguf/gguf-header-reader";
import { readGgufValue, type GgufValue } from "../gguf/gguf-metadata";
import { t } from "../../../language/language";

// llama.cpp's converters write the sizes before the tokenizer, which is 10 MB; these come within some 3 kB.
export const peekBytes = 64 << 10;
const tokensKey = "tokenizer.ggml.tokens";

/** Keys that no file of the architecture is without. */
const sizeKeys = (architecture: string): readonly string[] =>
  [
    ...["block_count", "context_length", "embedding_length"],
    ...(architecture === "qwen35moe"
      ? ["expert_count", "expert_used_count", "expert_feed_forward_length"]
      : ["feed_forward_length"]),
    ...["attention.head_count", "attention.head_count_kv", "attention.key_length"],
    ...["attention.layer_norm_rms_epsilon", "rope.freq_base", "rope.dimension_count"],
    ...["ssm.conv_kernel", "ssm.state_size", "ssm.group_count", "ssm.time_step_rank", "ssm.inner_size"],
  ].map((key) => `${architecture}.${key}`);

/**
 * A model's sizes from the first 64 KiB of its file on a server.
 *
 * @returns undefined when they do not all stand there
 * @throws DownloadError          when the server does not give them
 * @throws ModelFormatError       when it is no GGUF file
 * @throws UnsupportedModelError  when it is a model that is not run
 */
export async function peekSizes(url: URL, signal?: AbortSignal): Promise<ModelConfig | undefined> {
  return sizesOf(await firstValues(await firstBytes(url, signal)));
}

/** The metadata of a GGUF file that stands in its first bytes. */
export interface FirstValues {
  readonly metadata: ReadonlyMap<string, GgufValue>;
  /** Undefined where the tokenizer does not begin within those bytes. */
  readonly vocabSize: number | undefined;
}

/**
 * Reads the metadata of a GGUF file up to its tokenizer, as far as its first bytes have it.
 *
 * @throws ModelFormatError when it is no GGUF file
 */
export async function firstValues(bytes: Uint8Array<ArrayBuffer>): Promise<FirstValues> {
  const reader = new GgufHeaderReader({
    sizeBytes: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
  });
  const { nKeyValues } = await readCounts(reader);
  const metadata = new Map<string, GgufValue>();
  for (let i = 0; i < nKeyValues; i++) {
    const key = await readIfThere(() => reader.string(t("Metadata key {i}", { i })));
    if (key === undefined) break;
    if (key === tokensKey) {
      await reader.need(16, t('The length of "{tokensKey}"', { tokensKey }));
      reader.takeU64(); // an array, of texts
      return { metadata, vocabSize: reader.takeU64() };
    }
    const value = await readIfThere(() => readGgufValue(reader, key));
    if (value === undefined) break;
    metadata.set(key, value);
  }
  return { metadata, vocabSize: undefined };
}

/**
 * The sizes among a file's first values; undefined when they do not all stand there.
 *
 * @throws UnsupportedModelError  when it is a model that is not run
 */
export function sizesOf({ metadata, vocabSize }: FirstValues): ModelConfig | undefined {
  if (vocabSize === undefined) return undefined;
  if (!metadata.has("general.architecture")) return undefined;
  const architecture = checkArchitecture({ metadata, tensors: new Map(), dataOffset: 0 });
  // Some converters write sizes behind the tokenizer: what is missing here need not be missing there.
  if (!sizeKeys(architecture).every((key) => metadata.has(key))) return undefined;
  return readSizes({ metadata, tensors: new Map(), dataOffset: 0 }, () => vocabSize);
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
