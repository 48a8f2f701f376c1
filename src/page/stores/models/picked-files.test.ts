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
