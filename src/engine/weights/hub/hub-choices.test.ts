import { describe, expect, it } from "vitest";
import { chooseFiles, type Runs } from "./hub-choices";
import { readQuantization, suggest } from "./quantizations";

const runs: Runs = {
  type: (type) => ["BF16", "F16", "Q8_0", "Q4_K", "Q6_K"].includes(type),
  safetensors: true,
};
const MB = 1e6;
const filesOf = (sizes: Readonly<Record<string, number>>) =>
  Object.entries(sizes).map(([path, megabytes]) => ({ path, sizeBytes: megabytes * MB }));

/** A repository like unsloth's. */
const repository = filesOf({
  "BF16/Qwen3.5-4B-BF16-00002-of-00002.gguf": 3000,
  "BF16/Qwen3.5-4B-BF16-00001-of-00002.gguf": 5000,
  "Qwen3.5-4B-Q4_K_M.gguf": 2740,
  "Qwen3.5-4B-Q6_K.gguf": 3530,
  "Qwen3.5-4B-Q8_0.gguf": 4480,
  "Qwen3.5-4B-NVFP4.gguf": 1500,
  "Qwen3.5-4B-UD-Q4_K_XL.gguf": 2910,
  "mmproj-BF16.gguf": 676,
  "imatrix_unsloth.gguf_file": 4,
  "imatrix.gguf": 4,
  "mtp-Qwen3.5-4B-Q8_0.gguf": 200,
  "README.md": 1,
  "config.json": 1,
});

describe("a repository's files", () => {
  const { choices, setAside } = chooseFiles(repository, runs);

  it("become models, the smallest first, a split one once", () => {
    expect(choices.map(({ name, sizeBytes }) => [name, sizeBytes / MB])).toEqual([
      ["NVFP4", 1500],
      ["Q4_K_M", 2740],
      ["UD-Q4_K_XL", 2910],
      ["Q6_K", 3530],
      ["Q8_0", 4480],
      ["BF16", 8000],
    ]);
    expect(choices.at(-1)!.files.map(({ path }) => path)).toEqual([
      "BF16/Qwen3.5-4B-BF16-00001-of-00002.gguf",
      "BF16/Qwen3.5-4B-BF16-00002-of-00002.gguf",
    ]);
    expect(choices[1]!.files.map(({ path }) => path)).toEqual(["Qwen3.5-4B-Q4_K_M.gguf", "config.json"]);
  });

  it("that are no models are set aside with a reason", () => {
    expect(setAside.map(({ path, reason }) => [path, reason.split(/[.(]/)[0]!.trim()])).toEqual([
      ["mmproj-BF16.gguf", "The part that looks at images"],
      ["imatrix.gguf", "Statistics for those who quantize models, not a model"],
      ["mtp-Qwen3.5-4B-Q8_0.gguf", "Layers that draft several tokens ahead"],
    ]);
  });

  it("in types that are not run say so, and name one that is", () => {
    expect(choices.filter(({ isRunnable }) => !isRunnable).map(({ refusal }) => refusal)).toEqual([
      "Its numbers are NVFP4, which this app does not run. Take Q4_K_M instead.",
    ]);
  });

  it.each(["IQ4_KSS", "IQ3_KT", "IQ2_KS", "Q4_K_R4"])("in %s, a type of a fork, are not run", (name) => {
    const { choices } = chooseFiles(filesOf({ [`Qwen3.5-27B-${name}.gguf`]: 9 }), {
      type: () => true,
      safetensors: true,
    });
    expect(choices[0]!.refusal).toBe(`Its numbers are ${name}, which this app does not run.`);
  });

  it("of a whole model with MTP in its name stay a model", () => {
    const offer = chooseFiles(
      filesOf({ "Qwen3.5-4B-MTP-Q4_K_M.gguf": 2800, "Qwen3.5-4B-Q8_0.gguf": 4480 }),
      runs,
    );
    expect(offer.setAside).toEqual([]);
    expect(offer.choices.map(({ name }) => name)).toEqual(["Q4_K_M", "Q8_0"]);
  });

  it("of two models in one quantization are named by their files", () => {
    const offer = chooseFiles(filesOf({ "a-Q8_0.gguf": 1, "b-Q8_0.gguf": 2, "c-Q6_K.gguf": 3 }), runs);
    expect(offer.choices.map(({ name }) => name)).toEqual(["a-Q8_0.gguf", "b-Q8_0.gguf", "Q6_K"]);
  });

  it("of one name split in two ways are two models", () => {
    const split = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        path: `z-Q8_0-0000${i + 1}-of-0000${count}.gguf`,
        sizeBytes: 6 / count,
      }));
    const { choices } = chooseFiles([...split(2), ...split(3)], runs);
    expect(choices.map(({ files, refusal }) => [files.length, refusal])).toEqual([
      [2, undefined],
      [3, undefined],
    ]);
  });

  it("with a shard missing are refused, naming how many there are", () => {
    const offer = chooseFiles(
      filesOf({ "m-Q8_0-00001-of-00003.gguf": 1, "m-Q8_0-00003-of-00003.gguf": 1 }),
      runs,
    );
    expect(offer.choices[0]).toMatchObject({
      isRunnable: false,
      refusal: "It is split into 3 files, of which the repository has 2.",
    });
  });

  it("as safetensors are one model with what lies beside them", () => {
    const official = filesOf({
      "model-00001-of-00002.safetensors": 5000,
      "model-00002-of-00002.safetensors": 4000,
      "model.safetensors.index.json": 1,
      "config.json": 1,
      "tokenizer.json": 13,
      "README.md": 1,
    });
    const [choice, ...rest] = chooseFiles(official, runs).choices;
    expect(rest).toEqual([]);
    expect(choice).toMatchObject({ name: "safetensors", sizeBytes: 9000 * MB, isRunnable: true });
    expect(choice!.files.map(({ path }) => path)).toEqual(official.slice(0, 5).map(({ path }) => path));
    const alone = chooseFiles(official.slice(0, 2), runs).choices[0];
    expect(alone).toMatchObject({
      isRunnable: false,
      refusal: expect.stringContaining("config.json") as string,
    });
  });
});

describe("the proposed one", () => {
  const { choices } = chooseFiles(repository, runs);
  const under = (megabytes: number) => suggest(choices, ({ sizeBytes }) => sizeBytes <= megabytes * MB)?.name;

  it("is the usual 4-bit one if it fits", () => {
    expect(under(1e6)).toBe("Q4_K_M");
    expect(under(2740)).toBe("Q4_K_M");
  });

  it("is the smallest runnable one if nothing fits, and none if none is run", () => {
    expect(under(10)).toBe("Q4_K_M");
    expect(suggest(chooseFiles(filesOf({ "x-NVFP4.gguf": 1 }), runs).choices, () => true)).toBeUndefined();
  });

  it("is the largest smaller one that fits, and the next above where there is no 4-bit one", () => {
    const all = { type: () => true, safetensors: true };
    const some = chooseFiles(
      filesOf({ "x-Q2_K.gguf": 2, "x-Q3_K_M.gguf": 3, "x-Q4_K_M.gguf": 4 }),
      all,
    ).choices;
    expect(suggest(some, ({ sizeBytes }) => sizeBytes <= 3 * MB)?.name).toBe("Q3_K_M");
    const large = chooseFiles(
      filesOf({ "x-Q3_K_M.gguf": 3, "x-Q5_K_M.gguf": 5, "x-Q8_0.gguf": 8 }),
      all,
    ).choices;
    expect(suggest(large, () => true)?.name).toBe("Q5_K_M");
  });
});

describe("a quantization's name", () => {
  it.each([
    ["Qwen3.5-0.8B-Q4_K_M.gguf", "Q4_K_M", 4, "Q4_K", /^4-bit, the usual choice: /],
    ["qwen3.5-0.8b-q8_0.gguf", "Q8_0", 8, "Q8_0", /^8-bit/],
    ["Qwen3.5-9B.Q5_K_S.gguf", "Q5_K_S", 5, "Q5_K", /^5-bit/],
    ["Qwen3.5-9B-UD-Q4_K_XL.gguf", "UD-Q4_K_XL", 4, "Q4_K", /Dynamic: /],
    ["Qwen3.5-9B-UD-IQ1_M.gguf", "UD-IQ1_M", 1, "IQ1_M", /^about 1 bit/],
    ["Qwen3.5-9B-IQ4_XS.gguf", "IQ4_XS", 4, "IQ4_XS", /^4-bit/],
    ["BF16/Qwen3.5-9B-BF16-00001-of-00002.gguf", "BF16", 16, "BF16", /^16-bit, as the model was published/],
    ["Q3_K_M/model-00001-of-00002.gguf", "Q3_K_M", 3, "Q3_K", /^3-bit/],
    ["Qwen3.5-MXFP4_MOE.gguf", "MXFP4_MOE", 4, "MXFP4", /^4-bit floating point/],
    ["Ternary-Bonsai-2-27B-PTQ1_0.gguf", "PTQ1_0", 1, "PTQ1_0", /\S/],
    ["Ternary-Bonsai-2-27B-PQ2_0.gguf", "PQ2_0", 2, "PQ2_0", /\S/],
    ["Ternary-Bonsai-2-27B-PQ2_0-MTP-Q8_0.gguf", "PQ2_0", 2, "PQ2_0", /\S/],
    ["Ternary-Bonsai-27B-Q2_0_g64.gguf", "Q2_0_G64", 2, "Q2_0", /\S/],
    ["Bonsai-27B-Q1_0.gguf", "Q1_0", 1, "Q1_0", /\S/],
    ["Qwen3.8-27B-UD-Q2_K_XL.gguf", "UD-Q2_K_XL", 2, "Q2_K", /Dynamic: /],
    ["Qwen3.6-27B-NVFP4.gguf", "NVFP4", 4, "NVFP4", /\S/],
    ["Qwen3.6-27B-MTP-Q4_K_M.gguf", "Q4_K_M", 4, "Q4_K", /\S/],
  ])("in %s is %s", (path, name, bits, type, explanation) => {
    const found = readQuantization(path);
    expect(found).toMatchObject({ name, bits, type });
    expect(found!.explanation).toMatch(explanation);
  });

  it.each(["model.gguf", "Qwen3.5-4B.gguf", "Q9-x.gguf"])("is not found in %s", (path) => {
    expect(readQuantization(path)).toBeUndefined();
  });
});
