import { expect, it } from "vitest";
import { documentsBeside, sortPicked } from "./picked-files";

const sorted = (...names: string[]) => {
  const found = sortPicked(names.map((name) => new File(["x"], name)));
  const namesOf = (files: readonly File[]) => files.map(({ name }) => name);
  return (
    found && {
      file: found.file.name,
      shards: namesOf(found.shards),
      companions: namesOf(found.companions),
      others: namesOf(found.others),
      setAside: namesOf(found.setAside),
    }
  );
};
const nothingElse = { shards: [], companions: [], others: [], setAside: [] };

it("a single file is taken for a model whatever its name", () => {
  expect(sorted("weights.bin")).toEqual({ ...nothingElse, file: "weights.bin" });
  expect(sorted("mmproj-F16.gguf")).toEqual({ ...nothingElse, file: "mmproj-F16.gguf" });
});

it("of a folder the model is taken with what belongs to it, and nothing else", () => {
  expect(
    sorted(
      "README.md",
      "tokenizer.json",
      "m-00002-of-00002.gguf",
      "mmproj-F16.gguf",
      "m-00001-of-00002.gguf",
    ),
  ).toEqual({
    file: "m-00001-of-00002.gguf",
    shards: ["m-00002-of-00002.gguf"],
    companions: ["tokenizer.json"],
    others: [],
    setAside: ["mmproj-F16.gguf"],
  });
});

it("of several models the first by name is taken, and shards of another split are another model", () => {
  expect(sorted("b.gguf", "a-00001-of-00002.gguf", "a-00001-of-00003.gguf", "a-00002-of-00002.gguf")).toEqual(
    {
      ...nothingElse,
      file: "a-00001-of-00002.gguf",
      shards: ["a-00002-of-00002.gguf"],
      others: ["a-00001-of-00003.gguf", "b.gguf"],
    },
  );
});

it("an adapter, a drafter and statistics beside a model are set aside by their names", () => {
  expect(sorted("adapter_model.safetensors", "model.safetensors", "config.json", "tokenizer.json")).toEqual({
    ...nothingElse,
    file: "model.safetensors",
    companions: ["config.json", "tokenizer.json"],
    setAside: ["adapter_model.safetensors"],
  });
  expect(sorted("mtp-qwen3.5-9b-q8_0.gguf", "qwen3.5-9b-q4_k_m.gguf", "imatrix.gguf")).toEqual({
    ...nothingElse,
    file: "qwen3.5-9b-q4_k_m.gguf",
    setAside: ["mtp-qwen3.5-9b-q8_0.gguf", "imatrix.gguf"],
  });
  expect(sorted("model.safetensors.index.json", "a.safetensors", "mtp.safetensors")).toMatchObject({
    shards: ["mtp.safetensors"],
    setAside: [],
  });
});

it("of a folder with nothing but an adapter the adapter is taken, to be refused by name", () => {
  expect(sorted("README.md", "adapter_config.json", "adapter_model.safetensors")).toEqual({
    ...nothingElse,
    file: "adapter_model.safetensors",
    companions: ["adapter_config.json"],
  });
});

it("parts that a browser renamed belong to their model, and a part that is there twice is taken once", () => {
  expect(sorted("m-00001-of-00002.gguf", "m-00002-of-00002 (1).gguf")).toEqual({
    ...nothingElse,
    file: "m-00001-of-00002.gguf",
    shards: ["m-00002-of-00002 (1).gguf"],
  });
  expect(sorted("m-00001-of-00002(1).gguf", "m-00001-of-00002.gguf", "m-00002-of-00002 (1).gguf")).toEqual({
    ...nothingElse,
    file: "m-00001-of-00002.gguf",
    shards: ["m-00002-of-00002 (1).gguf"],
    setAside: ["m-00001-of-00002(1).gguf"],
  });
  // The first download broke off.
  const files = [new File(["x"], "m-00001-of-00001.gguf"), new File(["xx"], "m-00001-of-00001 (1).gguf")];
  expect(sortPicked(files)!.file).toBe(files[1]);
});

it("without a model there is none", () => {
  expect(sorted()).toBeUndefined();
  expect(sorted("tokenizer.json", "config.json")).toBeUndefined();
});

it("safetensors are one model with their shards, or with all that an index names, and GGUF goes before them", () => {
  const shards = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"];
  expect(sorted("config.json", ...shards, "other.safetensors")).toEqual({
    ...nothingElse,
    file: shards[0],
    shards: [shards[1]],
    companions: ["config.json"],
    others: ["other.safetensors"],
  });
  expect(sorted("model.safetensors.index.json", "a.safetensors", "b.safetensors")).toEqual({
    ...nothingElse,
    file: "a.safetensors",
    shards: ["b.safetensors"],
    companions: ["model.safetensors.index.json"],
  });
  expect(sorted("m.gguf", "m.safetensors")).toEqual({ ...nothingElse, file: "m.gguf" });
});

it("a picked folder gives the model its name, and only the texts beside it", () => {
  const at = (path: string) =>
    Object.defineProperty(new File(["x"], path.split("/").at(-1)!), "webkitRelativePath", { value: path });
  const files = ["Qwen/model.safetensors", "Qwen/config.json", "Qwen/onnx/config.json"].map(at);
  const found = sortPicked(files)!;
  expect(found.folder).toBe("Qwen");
  expect(found.companions).toEqual([files[1]]);
});

it("documents that were dropped with a model are told from its files", () => {
  const files = ["m.gguf", "tokenizer.json", "notes.txt", "report.pdf"].map((name) => new File(["x"], name));
  expect(documentsBeside(files).map(({ name }) => name)).toEqual(["notes.txt", "report.pdf"]);
  expect(documentsBeside([new File(["GGUF"], "model.bin")])).toEqual([]);
});
