import fc from "fast-check";
import { AppError } from "../ground/errors";
import type { ByteSource } from "../engine/weights/bytes/byte-source";
import { readModelConfig } from "../engine/weights/config/config";
import { readGguf } from "../engine/weights/gguf/gguf";
import { readHfConfig } from "../engine/weights/safetensors/hf-config";
import { readSafetensors } from "../engine/weights/safetensors/safetensors";
import { openSafetensors } from "../engine/weights/safetensors/safetensors-model";
import { readSafetensorsIndex } from "../engine/weights/safetensors/safetensors-index";
import { makeModel } from "./models/make-model";
import { hfConfigOf, makeSafetensors } from "./models/make-safetensors";
import { configOf } from "./models/make-model-configs";
import { memorySource } from "./models/memory-source";

/** The bytes that a parser may read of a file, however large it says it is: four times the longest header. */
const maxReadBytes = 128 << 20;
/** The time that one case may take; a real header takes a few ms. */
const maxMs = 5000;

interface Parser {
  readonly name: string;
  /** Real bytes that are mutated. */
  readonly seed: Uint8Array<ArrayBuffer>;
  readonly parse: (source: ByteSource) => Promise<unknown>;
}

const gguf = makeModel({ config: "nano", quant: "MIX", seed: 1 });
const nano = makeModel({ config: "nano", quant: "F32", seed: 1 });
const folder = await makeSafetensors(nano, { nFiles: 2 });
const first = folder.get("model-00001-of-00002.safetensors")!;
const whole = (await makeSafetensors(nano)).get("model.safetensors")!;
const configText = JSON.stringify(hfConfigOf(configOf("nano")));
const text = async (source: ByteSource) =>
  new TextDecoder().decode(await source.read(0, Math.min(source.sizeBytes, 1 << 16)));
const encode = (value: string) => new TextEncoder().encode(value);
const headerOf = (file: Uint8Array<ArrayBuffer>) =>
  file.slice(0, 8 + Number(new DataView(file.buffer).getBigUint64(0, true)));

/** Every parser of a file's header, behind the checks of the model it describes. */
export const parsers: readonly Parser[] = [
  {
    name: "GGUF",
    seed: gguf.slice(0, 16 << 10),
    parse: async (source) => readModelConfig(await readGguf(source)),
  },
  { name: "safetensors", seed: headerOf(first), parse: readSafetensors },
  {
    name: "safetensors as a model",
    seed: headerOf(whole),
    parse: (source) => openSafetensors(source, configText, "fuzzed"),
  },
  {
    name: "config.json",
    seed: encode(configText),
    parse: async (source) => readHfConfig(await text(source), "fuzzed"),
  },
  {
    name: "the quantizations of config.json",
    seed: encode(
      JSON.stringify({
        ...(JSON.parse(configText) as object),
        quantization_config: {
          quant_method: "fp8",
          fmt: "e4m3",
          weight_block_size: [128, 128],
          bits: 4,
          group_size: 64,
        },
      }),
    ),
    parse: async (source) => readHfConfig(await text(source), "fuzzed"),
  },
  {
    name: "model.safetensors.index.json",
    seed: folder.get("model.safetensors.index.json")!,
    parse: async (source) => readSafetensorsIndex(await text(source)),
  },
];

type Mutation = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

const interesting = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0x7fffffffn,
  0xffffffffn,
  1n << 40n,
  (1n << 53n) + 1n,
  (1n << 64n) - 1n,
];
const texts = [
  "null",
  "-1",
  "1e999",
  '"',
  "{}",
  "[]",
  "9007199254740993",
  "0.5",
  "\u0000",
  '"F4"',
  "[1,2,3]",
  "true",
];

/** A place in the file, most often near its start, where the counts are. */
const place = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 0.02, noNaN: true }),
);

const at = (bytes: Uint8Array, share: number) => Math.floor(share * Math.max(0, bytes.length - 1));

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(([share, value]): Mutation => (bytes) => {
    bytes[at(bytes, share)] = value;
    return bytes;
  }),
  fc
    .tuple(place, fc.constantFrom(...interesting), fc.constantFrom(4, 8))
    .map(([share, value, width]): Mutation => (bytes) => {
      const start = at(bytes, share);
      for (let i = 0; i < width && start + i < bytes.length; i++)
        bytes[start + i] = Number((value >> BigInt(8 * i)) & 0xffn);
      return bytes;
    }),
  fc.tuple(place, fc.constantFrom(...texts)).map(([share, value]): Mutation => (bytes) => {
    // In the place of a value of JSON, up to the next comma or bracket.
    const start = bytes.indexOf(0x3a, at(bytes, share)) + 1;
    const end = bytes.findIndex((byte, i) => i >= start && (byte === 0x2c || byte === 0x5d || byte === 0x7d));
    return joined(bytes.subarray(0, start), encode(value), bytes.subarray(Math.max(start, end)));
  }),
  fc.tuple(place, place).map(([a, b]): Mutation => (bytes) => {
    const [from, to] = [at(bytes, Math.min(a, b)), at(bytes, Math.max(a, b))];
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  }),
  fc.tuple(place, place).map(([a, b]): Mutation => (bytes) => {
    const [from, to] = [at(bytes, Math.min(a, b)), at(bytes, Math.max(a, b))];
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  }),
  place.map(
    (share): Mutation =>
      (bytes) =>
        bytes.slice(0, at(bytes, share)),
  ),
);

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

/** The file's end: where the bytes end, or a terabyte whose rest is zeros. */
const sizes = fc.constantFrom("as it is", "sparse");

/**
 * Runs `nCases` of mutated real bytes through a parser. Each must end in a result or in a typed error that
 * names what is wrong, in time, and with no more read than a header may take.
 */
export async function fuzz(
  { seed, parse }: Parser,
  nCases: number,
  randomSeed: number,
): Promise<{ readonly refused: number; readonly read: number }> {
  let [refused, read] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), sizes, async (mutations, size) => {
      const bytes = mutations.reduce((changed, mutate) => mutate(changed), seed.slice());
      const source = countedSource(bytes, size === "sparse" ? 2 ** 40 : bytes.length);
      const startedAt = performance.now();
      try {
        await parse(source);
        read++;
      } catch (error) {
        refused++;
        if (!(error instanceof AppError)) throw error;
        if (!/"|“|header|metadata|tensor|magic|GGUF|JSON|file/i.test(error.message) || error.hint === "")
          throw new Error(`The error names nothing: ${error.message}`, { cause: error });
        if (error.message.length > 4000) throw new Error(`A message of ${error.message.length} characters.`);
      }
      const elapsedMs = performance.now() - startedAt;
      if (elapsedMs > maxMs)
        throw new Error(`One case took ${elapsedMs.toFixed(0)} ms; ${maxMs} are allowed.`);
    }),
    { numRuns: nCases, seed: randomSeed },
  );
  return { refused, read };
}

/**
 * `bytes` and then zeros. Reading more than a header may take fails, and so does one allocation of as much.
 */
function countedSource(bytes: Uint8Array<ArrayBuffer>, sizeBytes: number): ByteSource {
  const source = memorySource(bytes);
  let readBytes = 0;
  return {
    sizeBytes,
    async read(offset, length) {
      readBytes += length;
      if (readBytes > maxReadBytes) throw new Error(`${readBytes} bytes were read; a header has fewer.`);
      if (offset + length > sizeBytes) throw new RangeError(`${length} bytes at ${offset} of ${sizeBytes}`);
      if (offset + length <= bytes.length) return source.read(offset, length);
      const padded = new Uint8Array(length);
      padded.set(bytes.subarray(Math.min(offset, bytes.length), Math.min(offset + length, bytes.length)));
      return padded;
    },
  };
}
