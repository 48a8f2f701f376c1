import { expect, it } from "vitest";
import { AppError, ModelFormatError, UnsupportedModelError } from "../../../ground/errors";
import { encodeHeader, type MetadataValue, type TensorEntry } from "../../../testing/models/make-model-gguf";
import { makeModel } from "../../../testing/models/make-model";
import { Random } from "../../../ground/random";
import { memorySource } from "../../../testing/models/memory-source";
import type { GgmlType } from "../types/type-facts";
import { readGguf, type GgufFile } from "./gguf";

const tensor = (name: string, type: GgmlType, shape: readonly number[], sizeBytes: number): TensorEntry => ({
  name,
  type,
  shape,
  sizeBytes,
});

/** A file with this header and `dataBytes` of zeros after it. */
function file(
  metadata: readonly (readonly [string, MetadataValue])[],
  tensors: readonly TensorEntry[] = [],
  dataBytes = 0,
): Uint8Array<ArrayBuffer> {
  const header = encodeHeader(metadata, tensors);
  const bytes = new Uint8Array(header.length + dataBytes);
  bytes.set(header);
  return bytes;
}

const read = (bytes: Uint8Array<ArrayBuffer>) => readGguf(memorySource(bytes));

async function refusal(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const error = await read(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ModelFormatError);
  return (error as ModelFormatError).message;
}

it("reads every kind of value it is given", async () => {
  const { metadata } = await read(
    file([
      ["a.u32", { u32: 4_000_000_000 }],
      ["a.f32", { f32: 0.5 }],
      ["a.bool", { bool: true }],
      ["a.text", { text: "half a heart: \u2765, and a mark \ufeff" }],
      ["a.i32s", { i32s: [-1, 2, -3] }],
      ["a.texts", { texts: ["", "Ġthe", "\ufeffmark", "日本語"] }],
    ]),
  );
  expect(Object.fromEntries(metadata)).toEqual({
    "a.u32": 4_000_000_000,
    "a.f32": 0.5,
    "a.bool": true,
    "a.text": "half a heart: \u2765, and a mark \ufeff",
    "a.i32s": [-1, 2, -3],
    "a.texts": ["", "Ġthe", "\ufeffmark", "日本語"],
  });
});

it("gives shapes row-major and offsets from the start of the file", async () => {
  const bytes = file([], [tensor("w", "Q8_0", [3, 64], 204), tensor("v", "F32", [5], 20)], 224 + 32);
  const { tensors, dataOffset } = await read(bytes);
  expect(dataOffset % 32).toBe(0);
  expect(tensors.get("w")).toEqual({
    name: "w",
    type: "Q8_0",
    shape: [3, 64],
    offset: dataOffset,
    sizeBytes: 204,
  });
  expect(tensors.get("v")).toEqual({
    name: "v",
    type: "F32",
    shape: [5],
    offset: dataOffset + 224,
    sizeBytes: 20,
  });
});

it("reads a header of several pieces, whatever lies on their edges", async () => {
  // 2.9 MB of tokens of 1 to 20 characters, some of more than one byte: pieces end inside lengths and inside
  // characters.
  const texts = Array.from({ length: 150_000 }, (_, i) => "ab日ñ".repeat((i % 5) + 1).slice(0, 1 + (i % 20)));
  const reads: number[] = [];
  const source = memorySource(file([["t", { texts }]]));
  const { metadata } = await readGguf({
    ...source,
    read: (offset, length) => {
      reads.push(length);
      return source.read(offset, length);
    },
  });
  expect(metadata.get("t")).toEqual(texts);
  expect(reads.length).toBeGreaterThan(2);
  expect(Math.max(...reads)).toBeLessThanOrEqual(1 << 20);
});

it("reads no more of the file than the header needs", async () => {
  const bytes = makeModel({ config: "tiny", quant: "F32", seed: 1 });
  let nBytes = 0;
  const source = memorySource(bytes);
  await readGguf({ ...source, read: (offset, length) => ((nBytes += length), source.read(offset, length)) });
  expect(nBytes).toBe(1 << 20);
});

it("takes version 2, which has the same layout", async () => {
  const bytes = file([["a", { u32: 1 }]]);
  bytes[4] = 2;
  expect((await read(bytes)).metadata.get("a")).toBe(1);
});

const patched = (bytes: Uint8Array<ArrayBuffer>, at: number, ...values: number[]) => {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
};
const oneValue = () => file([["a", { u32: 1 }]]);
const oneTensor = (dataBytes = 224) => file([], [tensor("w", "Q8_0", [3, 64], 204)], dataBytes);
// Fields of the only tensor: name at 24 (8 + 1 bytes), dimensions at 33, ne at 37 and 45, type at 53, offset
// at 57.
it.each([
  [4, "Q4_2, a type that ggml has withdrawn"],
  [37, "IQ4_NL_4_8, a type that ggml has withdrawn"],
  [139, "IQ4_K of the fork ik_llama.cpp"],
  [200, "which this app does not know"],
])(
  "a type that is not known, id %i, is named with what to choose, and not called damaged",
  async (id, name) => {
    const error: unknown = await read(patched(oneTensor(), 53, id)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnsupportedModelError);
    const { message, hint } = error as UnsupportedModelError;
    expect(message).toContain(`Tensor "w" has type id ${id}, ${name}.`);
    expect(hint).toContain("Q4_K_M");
    expect(message + hint).not.toContain("damaged");
  },
);

it("a newer version of GGUF is not called damaged", async () => {
  await expect(read(patched(oneValue(), 4, 4))).rejects.toMatchObject({
    code: "unsupported-model",
    message: "The file is GGUF version 4; versions 2 and 3 are read.",
  });
});

const huge = [0, 0, 0, 0, 0, 0, 0, 0x40]; // 2^62

it.each<[string, () => Uint8Array<ArrayBuffer>, RegExp]>([
  ["an empty file", () => new Uint8Array(0), /The file is empty: it has 0 bytes/],
  [
    "a web page",
    () => new TextEncoder().encode("<!DOCTYPE html><html>"),
    /The file is a web page, not a model/,
  ],
  ["version 1", () => patched(oneValue(), 4, 1), /version 1; versions 2 and 3/],
  ["a big-endian file", () => patched(oneValue(), 4, 0, 0, 0, 3), /big-endian/],
  [
    "more tensors than bytes",
    () => patched(oneValue(), 8, ...huge),
    /claims 4,611,686,018,427,3\d\d,\d+ tensors/,
  ],
  [
    "more values than bytes",
    () => patched(oneValue(), 16, 255),
    /claims 255 metadata values of at least 13 bytes/,
  ],
  ["a key longer than the file", () => patched(oneValue(), 24, ...huge), /Metadata key 0 ends at byte/],
  ["an unknown value type", () => patched(oneValue(), 33, 99), /"a" has value type 99; GGUF knows 0 to 12/],
  [
    "an array longer than the file",
    () => patched(file([["a", { i32s: [1] }]]), 41, ...huge),
    /Array "a" claims 4,611,686,018,427,3\d\d,\d+ entries/,
  ],
  ["an array of arrays", () => patched(file([["a", { i32s: [1] }]]), 37, 9), /"a" is an array of arrays/],
  ["text that is not UTF-8", () => patched(file([["a", { text: "bcd" }]]), 45, 0xff), /is not valid UTF-8/],
  [
    "a key twice",
    () =>
      file([
        ["a", { u32: 1 }],
        ["a", { u32: 2 }],
      ]),
    /Metadata key "a" is there twice/,
  ],
  ["alignment 3", () => file([["general.alignment", { u32: 3 }]]), /"general.alignment" is 3/],
  ["alignment 0", () => file([["general.alignment", { u32: 0 }]]), /"general.alignment" is 0/],
  ["no dimensions", () => patched(oneTensor(), 33, 0), /Tensor "w" has 0 dimensions/],
  ["five dimensions", () => patched(oneTensor(), 33, 5), /Tensor "w" has 5 dimensions/],
  ["a dimension of 0", () => patched(oneTensor(), 45, 0), /Tensor "w" has shape \[0, 64\]/],
  [
    "a dimension of 2^62",
    () => patched(oneTensor(), 45, ...huge),
    /Tensor "w" has shape \[46116860184273\d+, 64\]/,
  ],
  ["a type id of no program", () => patched(oneTensor(), 53, 0, 4), /Tensor "w" has type id 1024; ids/],
  [
    "half a block in a row",
    () => patched(oneTensor(), 37, 48),
    /is Q8_0 with 48 columns; Q8_0 needs a multiple of 32/,
  ],
  [
    "an offset between alignments",
    () => patched(oneTensor(), 57, 8),
    /starts at data byte 8; the alignment is 32/,
  ],
  [
    "an offset past the end",
    () => patched(oneTensor(), 57, 0, 4),
    /Tensor "w" ends at byte 1324; the file has 320/,
  ],
  ["a file cut short", () => oneTensor(203), /Tensor "w" ends at byte 300; the file has 299/],
  [
    "a header cut short",
    () => oneTensor().slice(0, 60),
    /The description of tensor "w" ends at byte 65; the file has 60/,
  ],
  [
    "two tensors of one name",
    () => file([], [tensor("w", "F32", [8], 32), tensor("w", "F32", [8], 32)], 64),
    /Tensor "w" is there twice/,
  ],
  [
    "tensors that overlap",
    () => file([], [tensor("w", "F32", [16], 32), tensor("v", "F32", [8], 32)], 64),
    /Tensor "v" starts at byte 128, inside "w", which ends at byte 160/,
  ],
])("refuses %s, and says with numbers why", async (_, make, message) => {
  expect(await refusal(make())).toMatch(message);
});

it("a mutated header is read or refused as a broken file, at once and without large arrays", async () => {
  const model = makeModel({ config: "nano", quant: "MIX", seed: 1 });
  const { dataOffset }: GgufFile = await read(model);
  const random = new Random(11);
  let nRefused = 0;
  for (let i = 0; i < 400; i++) {
    const bytes = model.slice();
    // Bits anywhere, and bytes of the counts and lengths at the front, where they hurt most.
    const at = Math.floor(random.uniform() * (i % 2 === 0 ? dataOffset : 400));
    bytes[at]! ^= 1 << Math.floor(random.uniform() * 8);
    const cut = i % 10 === 0 ? bytes.slice(0, Math.floor(random.uniform() * bytes.length)) : bytes;
    await read(cut).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      nRefused++;
    });
  }
  expect(nRefused).toBeGreaterThan(100);
});
