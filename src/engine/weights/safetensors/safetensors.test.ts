import { describe, expect, it } from "vitest";
import { AppError } from "../../../ground/errors";
import { configOf, type ConfigName } from "../../../testing/models/make-model-configs";
import { makeModel } from "../../../testing/models/make-model";
import { encodeSafetensors, hfConfigOf, makeSafetensors } from "../../../testing/models/make-safetensors";
import { memorySource } from "../../../testing/models/memory-source";
import { readHfConfig } from "./hf-config";
import { joinSources } from "../bytes/joined-source";
import { readSafetensors } from "./safetensors";
import { readSafetensorsIndex } from "./safetensors-index";
import { openSafetensors } from "./safetensors-model";

/** A file with this header and `nBytes` of zeros behind it. */
function file(header: string, nBytes = 0, claimed = header.length): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8 + header.length + nBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claimed), true);
  bytes.set(
    Uint8Array.from(header, (character) => character.charCodeAt(0)),
    8,
  );
  return bytes;
}

async function failure(work: Promise<unknown> | (() => unknown)): Promise<string> {
  try {
    await (typeof work === "function" ? work() : work);
  } catch (error) {
    if (error instanceof AppError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

describe("a safetensors header", () => {
  it("says where each tensor lies", async () => {
    const bytes = encodeSafetensors([
      { name: "a", type: "F32", shape: [2, 3], bytes: new Uint8Array(24) },
      { name: "b", type: "BF16", shape: [], bytes: new Uint8Array(2) },
    ]);
    const tensors = await readSafetensors(memorySource(bytes));
    expect([...tensors.values()]).toEqual([
      { name: "a", type: "F32", shape: [2, 3], offset: bytes.length - 26, sizeBytes: 24 },
      { name: "b", type: "BF16", shape: [], offset: bytes.length - 2, sizeBytes: 2 },
    ]);
  });

  const tensor = (entry: object) =>
    JSON.stringify({ w: { dtype: "F32", shape: [2], data_offsets: [0, 8], ...entry } });
  it.each([
    ["no length", new Uint8Array(5), /5 bytes.*length/],
    ["a length past the limit", file("{}", 0, 2 ** 40), /length is 1,099,511,627,776/],
    ["a length past the file", file("{}", 0, 100), /length is 100 bytes; the file has 2/],
    ["text that is no JSON", file("{]"), /header is no JSON/],
    ["an array", file("[]"), /header is no JSON object/],
    ["bytes that are no text", file("\u0080\u0080"), /header is no text/],
    ["an unknown type", file(tensor({ dtype: "F3" }), 8), /"w" has "dtype" "F3"/],
    ["a negative size", file(tensor({ shape: [-2] }), 8), /"w" has "shape" \[-2\]/],
    ["sizes beyond 2^53", file(tensor({ shape: [2 ** 53, 2 ** 53] }), 8), /"w" has "shape"/],
    ["one offset", file(tensor({ data_offsets: [8] }), 8), /"w" has "data_offsets" \[8\]/],
    ["offsets that are not the shape's", file(tensor({ data_offsets: [0, 4] }), 8), /"w".*4 bytes.*takes 8/],
    ["a tensor past the end", file(tensor({}), 4), /"w" ends at byte \d+ by its "data_offsets"/],
    [
      "tensors in each other",
      file(
        JSON.stringify({
          v: { dtype: "U8", shape: [8], data_offsets: [0, 8] },
          w: { dtype: "U8", shape: [4], data_offsets: [4, 8] },
        }),
        8,
      ),
      /"w" starts inside "v"/,
    ],
  ] as const)("with %s is refused by name", async (_, bytes, message) => {
    expect(await failure(readSafetensors(memorySource(bytes)))).toMatch(message);
  });
});

describe("config.json", () => {
  it.each(["nano", "tiny-triple", "qwen35-0.8b", "qwen35-27b"] as ConfigName[])(
    "of %s gives the model's sizes",
    (name) => {
      const config = configOf(name, { factor: 4, originalContextLength: 262_144 });
      const { model, quantization } = readHfConfig(JSON.stringify(hfConfigOf(config)), config.name);
      expect(model).toEqual(config);
      expect(quantization).toEqual({ kind: "none" });
    },
  );

  const changed = (change: object, top: object = {}) => {
    const config = hfConfigOf(configOf("nano"));
    return JSON.stringify({
      ...config,
      ...top,
      text_config: { ...(config["text_config"] as object), ...change },
    });
  };
  it("is read without text_config too, and with the older names of the rotation", () => {
    const { text_config: text } = hfConfigOf(configOf("nano")) as { text_config: Record<string, unknown> };
    const older = { ...text, rope_parameters: null, rope_theta: 1e7, partial_rotary_factor: 0.25 };
    expect(readHfConfig(JSON.stringify(older), "random nano").model).toEqual(configOf("nano"));
  });

  it.each([
    [{ hidden_size: 0 }, /"text_config.hidden_size" of config.json is 0/],
    [{ hidden_size: "256" }, /"text_config.hidden_size"/],
    [{ vocab_size: undefined }, /"text_config.vocab_size" of config.json is missing/],
    [{ num_hidden_layers: 1e9 }, /"text_config.num_hidden_layers" of config.json is 1000000000/],
    [{ layer_types: ["full_attention"] }, /"text_config.layer_types"/],
    [{ layer_types: ["a", "b", "c", "d"] }, /"text_config.layer_types\[0\]" of config.json is "a"/],
    [{ hidden_act: "gelu" }, /"text_config.hidden_act" of config.json is "gelu"/],
    [{ model_type: "qwen3_5_moe_text" }, /"text_config.model_type".*mixture of experts/],
    [{ num_experts: 8 }, /"text_config.num_experts" of config.json is 8/],
    [
      { rope_parameters: { rope_type: "linear", rope_theta: 1e7, partial_rotary_factor: 0.25 } },
      /"text_config.rope_parameters.rope_type" of config.json is "linear"/,
    ],
    [
      { rope_parameters: { rope_theta: 1e7, partial_rotary_factor: 2 } },
      /partial_rotary_factor" of config.json is 2/,
    ],
  ])("with %j is refused by name", async (change, message) => {
    expect(await failure(() => readHfConfig(changed(change), "x"))).toMatch(message);
  });

  it.each([
    [{ quant_method: "bitsandbytes" }, /"quantization_config.quant_method" of config.json is "bitsandbytes"/],
    [
      { quant_method: "awq", bits: 4, version: "gemv" },
      /"quantization_config.version" of config.json is "gemv"/,
    ],
    [{ quant_method: "awq", bits: 3 }, /"quantization_config.bits" of config.json is 3/],
    [
      { quant_method: "compressed-tensors", format: "marlin-24" },
      /"quantization_config.format" of config.json is "marlin-24"/,
    ],
    [{ quant_method: "gptq", bits: 4, sym: 1 }, /"quantization_config.sym" of config.json is 1/],
    [{ quant_method: "fp8", weight_block_size: null }, /weight_block_size" of config.json is null/],
    [{ group_size: 16, bits: 4, mode: "nf4" }, /"quantization_config.mode" of config.json is "nf4"/],
    [{ quant_method: "modelopt", quant_algo: "W4A8_AWQ" }, /"quantization_config.quant_algo" .* "W4A8_AWQ"/],
  ])("with the quantization %j is refused by name", async (quantization_config, message) => {
    expect(await failure(() => readHfConfig(changed({}, { quantization_config }), "x"))).toMatch(message);
  });
});

it("the index names its files, each once, and no path", async () => {
  const index = (map: unknown) => JSON.stringify({ weight_map: map });
  expect(readSafetensorsIndex(index({ a: "b.safetensors", c: "a.safetensors", d: "b.safetensors" }))).toEqual(
    ["a.safetensors", "b.safetensors"],
  );
  for (const map of [undefined, [], {}, { w: 1 }, { w: "../../../x.safetensors" }, { w: "x.bin" }])
    expect(await failure(() => readSafetensorsIndex(index(map)))).toMatch(/"weight_map"/);
});

describe("a model", () => {
  const made = makeSafetensors(makeModel({ config: "nano", quant: "F32", seed: 1 }), { nFiles: 3 });
  const configText = JSON.stringify(hfConfigOf(configOf("nano")));
  const open = async (keep: (name: string) => boolean, config = configText) => {
    const files = [...(await made)].filter(([name]) => name.endsWith(".safetensors") && keep(name));
    const parts = files.map(([name, bytes]) => ({
      name,
      sizeBytes: bytes.length,
      open: () => Promise.resolve(memorySource(bytes)),
    }));
    return openSafetensors(joinSources(parts), config, "random nano");
  };

  it("of several files has the sizes and tensors of its GGUF", async () => {
    const { config, gguf } = await open(() => true);
    expect(config).toEqual(configOf("nano"));
    expect(gguf.tensors.size).toBe(55);
  });
  // Some tools write config.json anew: the text's part and the whole's disagree, and the tensors tell.
  it.each([
    [false, true],
    [undefined, true],
    [true, false],
    [undefined, undefined],
  ])("without a head, tied %s in the text's part and %s in the whole's, is tied", async (inText, inWhole) => {
    const whole = JSON.parse(configText) as { text_config: object };
    const config = {
      ...whole,
      tie_word_embeddings: inWhole,
      text_config: { ...whole.text_config, tie_word_embeddings: inText },
    };
    expect((await open(() => true, JSON.stringify(config))).config.hasTiedHead).toBe(true);
  });
  it("without the head that config.json says it has is refused", async () => {
    const config = configText.replaceAll('"tie_word_embeddings":true', '"tie_word_embeddings":false');
    expect(await failure(open(() => true, config))).toMatch(/Tensor "lm_head.weight" .* is missing/);
  });
  it("with a file missing is refused, naming its number", async () => {
    expect(await failure(open((name) => !name.includes("00002")))).toMatch(
      /3 files, of which number 2 is missing/,
    );
  });
  it("with other sizes in config.json is refused, naming the tensor", async () => {
    const config = configText.replace('"intermediate_size":256', '"intermediate_size":512');
    expect(await failure(open(() => true, config))).toMatch(
      /layers.0.mlp.gate_proj.weight" has "shape" \[256, 256\]/,
    );
  });
});
