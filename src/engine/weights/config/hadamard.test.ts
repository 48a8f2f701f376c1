import { expect, it } from "vitest";
import { UnsupportedModelError } from "../../../ground/errors";
import { makeModel } from "../../../testing/models/make-model";
import { memorySource } from "../../../testing/models/memory-source";
import { readGguf, type GgufFile, type GgufValue } from "../gguf/gguf";
import { readModelConfig } from "./config";

const made = async (config: "nano" | "tiny-triple") =>
  readGguf(memorySource(makeModel({ config, quant: "PQ2_0", seed: 5, isFolded: true })));
const tied = await made("nano");
const untied = await made("tiny-triple");

/** The header with some keys of the fold changed; undefined takes them out. */
function changed(file: GgufFile, keys: Readonly<Record<string, GgufValue | undefined>>): GgufFile {
  const metadata = new Map(file.metadata);
  for (const [key, value] of Object.entries(keys)) {
    const whole = key.includes(".") ? key : `prism.hadamard.${key}`;
    if (value === undefined) metadata.delete(whole);
    else metadata.set(whole, value);
  }
  return { ...file, metadata };
}

const listOf = (file: GgufFile, key: string) =>
  file.metadata.get(`prism.hadamard.${key}`) as readonly (string | number)[];

it("reads versions 1 and 2 as made models have them", () => {
  const first = readModelConfig(untied).hadamard!;
  expect(first).toMatchObject({
    blockSize: 256,
    embedding: true,
    tiedOutput: false,
    groupedValueHeads: true,
  });
  expect([...first.signs.keys()]).toEqual([256, 512, 768]);
  expect(first.inputs.has("output.weight")).toBe(true);
  expect(first.inputs.has("blk.0.ssm_alpha.weight")).toBe(false);
  const second = readModelConfig(tied).hadamard!;
  expect(second).toMatchObject({ blockSize: 128, embedding: true, tiedOutput: true });
  expect(second.inputs.has("token_embd.weight")).toBe(false);
});

it("a model without such keys is not folded", () => {
  const keys = [...tied.metadata.keys()].filter((key) => key.startsWith("prism."));
  const plain = changed(tied, Object.fromEntries(keys.map((key) => [key, undefined])));
  expect(readModelConfig(plain).hadamard).toBeUndefined();
});

it("signs may be of any type of whole numbers, and of none in mode identity", () => {
  const values = listOf(tied, "sign_values").map((sign) => (sign === -1 ? 0xffff_ffff : sign));
  expect(readModelConfig(changed(tied, { sign_values: values })).hadamard!.signs).toEqual(
    readModelConfig(tied).hadamard!.signs,
  );
  const identity = changed(tied, { sign_mode: "identity", sign_values: undefined });
  expect([...readModelConfig(identity).hadamard!.signs.get(256)!].every((sign) => sign === 1)).toBe(true);
});

it.each<[string, GgufFile, RegExp]>([
  ["no version", changed(tied, { version: undefined }), /version missing .* knows 1 and 2/],
  ["version 3", changed(tied, { version: 3 }), /version "3"/],
  ["version 1 with a tied output", changed(tied, { version: 1 }), /"tied_output" is true in version 1/],
  ["version 2 without", changed(untied, { version: 2 }), /"tied_output" is false in version 2/],
  [
    "a key of a later version",
    changed(tied, { scale: 2 }),
    /more about it than this app knows: "prism.hadamard.scale"/,
  ],
  ["another engine's stamp", changed(tied, { "onebit.hadamard_q4_0": 32 }), /"onebit.hadamard_q4_0"/],
  ["a block of 96", changed(tied, { block_size: 96 }), /"block_size" is "96"; a power of two/],
  [
    "a block that does not divide a width",
    changed(tied, { block_size: 512 }),
    /no multiple of the block, 512/,
  ],
  ["another transform", changed(tied, { transform: "dct" }), /"transform" is "dct"/],
  ["another axis", changed(tied, { axis: undefined }), /"axis" is missing/],
  ["another mode of signs", changed(tied, { sign_mode: "random" }), /"sign_mode" is "random"/],
  [
    "explicit signs that are not there",
    changed(tied, { sign_widths: [] }),
    /"sign_values" has 5|"sign_widths" is empty/,
  ],
  ["a width without signs", changed(tied, { sign_widths: [384] }), /lacks (128|256)/],
  [
    "too few signs",
    changed(tied, { sign_widths: [256, 512] }),
    /"sign_values" has [\d,]+ numbers; "sign_widths" make it 768/,
  ],
  [
    "a sign of 2",
    changed(tied, { sign_values: listOf(tied, "sign_values").map(() => 2) }),
    /has 2; each is 1 or −1/,
  ],
  ["no names", changed(tied, { weight_names: [] }), /names no tensor/],
  [
    "a name twice",
    changed(tied, { weight_names: ["blk.0.ffn_down.weight", "blk.0.ffn_down.weight"] }),
    /a name twice/,
  ],
  [
    "a name that is no product",
    changed(tied, { weight_names: ["blk.0.ssm_conv1d.weight"] }),
    /its input is not one/,
  ],
  [
    "a name that is not in the file",
    changed(tied, { weight_names: ["blk.9.ffn_down.weight"] }),
    /does not have it/,
  ],
  [
    "another table",
    changed(tied, { inverse_weight_names: ["output.weight"] }),
    /only "token_embd.weight" can be one/,
  ],
  [
    "a tied output whose rows are plain",
    changed(tied, { inverse_weight_names: [] }),
    /is not listed as a table/,
  ],
  [
    "a product folded without the one that shares its input",
    changed(tied, { weight_names: ["blk.0.ffn_gate.weight"] }),
    /"blk.0.ffn_gate.weight" is listed without "blk.0.ffn_up.weight"/,
  ],
  [
    "a decay folded without the projection that shares its input",
    changed(tied, { weight_names: ["blk.0.ssm_alpha.weight", "blk.0.ssm_beta.weight"] }),
    /"blk.0.ssm_alpha.weight" is listed without "blk.0.attn_qkv.weight"/,
  ],
  [
    "columns in groups of an output product that is not folded",
    changed(untied, {
      weight_names: listOf(untied, "weight_names").filter((name) => name !== "blk.0.ssm_out.weight"),
    }),
    /"blk.0.ssm_out.weight", whose columns it is about, is not listed/,
  ],
])("a folded file is refused for %s", (_, file, message) => {
  expect(() => readModelConfig(file)).toThrow(UnsupportedModelError);
  expect(() => readModelConfig(file)).toThrow(message);
});
