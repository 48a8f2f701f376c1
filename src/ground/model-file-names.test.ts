import { expect, it } from "vitest";
import { asideReason, originalName, readShardName } from "./model-file-names";

it.each([
  ["m-00002-of-00002 (1).gguf", "m-00002-of-00002.gguf"],
  ["m(2).gguf", "m.gguf"],
  ["m - Copy.gguf", "m.gguf"],
  ["m - Copy (2).gguf", "m.gguf"],
  ["m copy 2.gguf", "m.gguf"],
  ["config (1).json", "config.json"],
  ["m (old).gguf", "m (old).gguf"],
  ["m-1.gguf", "m-1.gguf"],
])("%s was %s before it was renamed", (name, original) => expect(originalName(name)).toBe(original));

it.each([
  ["m-00002-of-00005.gguf", { stem: "m", index: 2, count: 5 }],
  ["m-00002-of-00005 (1).gguf", { stem: "m", index: 2, count: 5 }],
  ["model-00001-of-00011.safetensors", { stem: "model", index: 1, count: 11 }],
  ["m.gguf", undefined],
  ["m-0001-of-0005.gguf", undefined],
])("reads the place in a split from the name %s", (name, expected) => {
  expect(readShardName(name)).toEqual(expected);
});

it("a lone file with a drafter's name may be a whole model", () => {
  expect(asideReason({ name: "mtp-qwen.gguf", sizeBytes: 1 }, [])).toBeUndefined();
});

const model = { name: "qwen3.5-9b-q4_k_m.gguf", sizeBytes: 5600 };
it.each([
  ["mmproj-F16.gguf", 900, /looks at images/],
  ["Qwen3.5-9B.mmproj-f16.gguf", 900, /looks at images/],
  ["imatrix_unsloth.gguf", 4, /Statistics/],
  ["mtp-qwen3.5-9b-q8_0.gguf", 5600, /draft/],
  ["qwen3.5-9b-draft-q4_k_m.gguf", 400, /draft/],
  ["adapter_model.safetensors", 5600, /LoRA/],
  ["lora-medical.gguf", 80, /LoRA/],
  ["qwen3.5-9b-medical-lora-f16.gguf", 80, /LoRA/],
  // A whole model may have the word in its name: it is as large as one.
  ["qwen3.5-9b-mtp-q4_k_m.gguf", 5700, undefined],
  ["qwen3.5-9b-lora-merged-q4_k_m.gguf", 5600, undefined],
  ["qwen3.5-9b-q8_0.gguf", 9500, undefined],
  ["floral-9b-q8_0.gguf", 1, undefined],
])("beside a model %s of %i bytes is a part of one: %s", (name, sizeBytes, reason) => {
  const found = asideReason({ name, sizeBytes }, [model, { name, sizeBytes }]);
  if (reason) expect(found).toMatch(reason);
  else expect(found).toBeUndefined();
});
