import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeModel } from "../../../testing/models/make-model";
import { encodeHeader } from "../../../testing/models/make-model-gguf";
import type { DiskListing } from "../../rpc/protocol/disk";
import { listDisk } from "./list-disk";

const nano = makeModel({ config: "nano", quant: "Q8_0", seed: 7 });
const header = (architecture: string, others: Record<string, string | number> = {}) =>
  encodeHeader(
    [
      ["general.architecture", { text: architecture }],
      ...Object.entries(others).map(
        ([key, value]) => [key, typeof value === "string" ? { text: value } : { u32: value }] as const,
      ),
    ],
    [],
  );

type Contents = Readonly<Record<string, Uint8Array<ArrayBuffer> | string | object>>;

const list = (contents: Contents): Promise<DiskListing> =>
  listDisk(
    Object.entries(contents).map(([path, content]) => {
      const bytes =
        content instanceof Uint8Array || typeof content === "string" ? content : JSON.stringify(content);
      return { path, file: new File([bytes], path.slice(path.lastIndexOf("/") + 1)) };
    }),
    { estimate: (config) => Promise.resolve([{ contextLength: 4096, totalBytes: config.hiddenSize }]) },
  );

const digestOf = (bytes: Uint8Array) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
const blobOf = (bytes: Uint8Array) => `blobs/${digestOf(bytes).replace(":", "-")}`;
const manifest = (bytes: Uint8Array, kind = "model") => ({
  schemaVersion: 2,
  mediaType: "application/vnd.docker.distribution.manifest.v2+json",
  config: { mediaType: "application/vnd.docker.container.image.v1+json", digest: "sha256:0", size: 2 },
  layers: [
    { mediaType: `application/vnd.ollama.image.${kind}`, digest: digestOf(bytes), size: bytes.length },
    { mediaType: "application/vnd.ollama.image.license", digest: "sha256:1", size: 2 },
  ],
});

describe("Ollama's folder", () => {
  const at = (place: string) => `models/manifests/${place}`;
  const library = "registry.example/library";

  it("lists models by the names that Ollama gives them, each with its blob", async () => {
    const { models } = await list({
      [at(`${library}/qwen3.5/9b`)]: manifest(nano),
      [`models/${blobOf(nano)}`]: nano,
    });
    expect(models).toEqual([
      {
        name: "qwen3.5:9b",
        where: "Ollama",
        files: [`models/${blobOf(nano)}`],
        companions: [],
        sizeBytes: nano.length,
        memory: [{ contextLength: 4096, totalBytes: expect.any(Number) as number }],
        refusal: null,
      },
    ]);
  });

  it.each([
    [`${library}/qwen3.5/latest`, "qwen3.5:latest"],
    ["registry.example/someone/qwen-tuned/q8", "someone/qwen-tuned:q8"],
    ["hf.co/unsloth/Qwen3.5-0.8B-GGUF/Q4_K_M", "hf.co/unsloth/Qwen3.5-0.8B-GGUF:Q4_K_M"],
  ])("%s is %s", async (place, name) => {
    const { models } = await list({ [at(place)]: manifest(nano), [`models/${blobOf(nano)}`]: nano });
    expect(models.map((model) => model.name)).toEqual([name]);
  });

  it("names a model once that has two tags, and is found when the folder above is picked", async () => {
    const { models } = await list({
      [`.ollama/${at(`${library}/qwen3.5/9b`)}`]: manifest(nano),
      [`.ollama/${at(`${library}/qwen3.5/latest`)}`]: manifest(nano),
      [`.ollama/models/${blobOf(nano)}`]: nano,
    });
    expect(models.map(({ name }) => name)).toEqual(["qwen3.5:9b, qwen3.5:latest"]);
  });

  it("finds blobs that an older Ollama named with a colon", async () => {
    const path = `models/blobs/${digestOf(nano)}`;
    const { models } = await list({ [at(`${library}/qwen3.5/9b`)]: manifest(nano), [path]: nano });
    expect(models[0]!.files).toEqual([path]);
  });

  it("says why a name has no file, and what another program's model is", async () => {
    const llama = header("llama");
    const { models, leftOut } = await list({
      [at(`${library}/qwen3.5/cloud`)]: { layers: [] },
      [at(`${library}/qwen3.5/mlx`)]: manifest(nano, "tensor"),
      [at(`${library}/qwen3.5/9b`)]: manifest(nano),
      [at(`${library}/llama3/8b`)]: manifest(llama),
      [`models/${blobOf(llama)}`]: llama,
      [at(`${library}/broken/1`)]: "{",
    });
    expect(models.map(({ name, refusal }) => [name, refusal])).toEqual([
      ["llama3:8b", expect.stringContaining("llama") as string],
    ]);
    expect(leftOut).toEqual([
      { name: "qwen3.5:9b", reason: "Its file is not there: Ollama has not finished downloading it." },
      { name: "qwen3.5:cloud", reason: "It runs on Ollama's servers; no file of it is here." },
      {
        name: "qwen3.5:mlx",
        reason: "Ollama keeps it tensor by tensor, for Apple's MLX. Get its GGUF instead.",
      },
    ]);
  });

  it("whose blobs alone were picked has models by the names in their headers", async () => {
    const { models } = await list({ [blobOf(nano)]: nano, "blobs/sha256-1": "{}" });
    expect(models.map(({ name }) => name)).toEqual([expect.stringMatching(/^random nano/)]);
  });
});

describe("the hub's cache", () => {
  const root = "hub/models--unsloth--Qwen3.5-0.8B-GGUF";
  const [newer, older] = ["b".repeat(40), "a".repeat(40)];

  it("is listed by its links' names, of each file the newest", async () => {
    const { models } = await list({
      [`${root}/refs/main`]: `${newer}\n`,
      [`${root}/blobs/${"1".repeat(64)}`]: nano,
      [`${root}/snapshots/${older}/Qwen3.5-0.8B-Q8_0.gguf`]: nano,
      [`${root}/snapshots/${newer}/Qwen3.5-0.8B-Q8_0.gguf`]: nano,
      [`${root}/snapshots/${older}/BF16/Qwen3.5-0.8B-BF16.gguf`]: nano,
      [`hub/.locks/models--unsloth--Qwen3.5-0.8B-GGUF/x.json`]: "",
    });
    expect(models.map(({ name, files }) => [name, files])).toEqual([
      ["unsloth/Qwen3.5-0.8B-GGUF BF16", [`${root}/snapshots/${older}/BF16/Qwen3.5-0.8B-BF16.gguf`]],
      ["unsloth/Qwen3.5-0.8B-GGUF Q8_0", [`${root}/snapshots/${newer}/Qwen3.5-0.8B-Q8_0.gguf`]],
    ]);
  });

  it("has safetensors with what belongs to them", async () => {
    const folder = `hub/models--Qwen--Qwen3.5-0.8B/snapshots/${newer}`;
    const { models } = await list({
      [`${folder}/model.safetensors`]: "weights",
      [`${folder}/config.json`]: "{}",
      [`${folder}/tokenizer.json`]: "{}",
    });
    expect(models).toMatchObject([
      {
        name: "Qwen/Qwen3.5-0.8B",
        files: [`${folder}/model.safetensors`],
        companions: [`${folder}/config.json`, `${folder}/tokenizer.json`],
      },
    ]);
  });

  it("is read from its blobs where the browser shows no links, the parts of a split model together", async () => {
    const blob = (digit: string) => `${root}/blobs/${digit.repeat(64)}`;
    const part = (no: number) => header("qwen35", { "split.no": no, "split.count": 2 });
    const { models } = await list({
      [`${root}/refs/main`]: newer,
      [blob("1")]: nano,
      [blob("2")]: part(1),
      [blob("3")]: part(0),
      [`${blob("4")}.incomplete`]: nano,
    });
    expect(models.map(({ files }) => files)).toEqual([[blob("1")], [blob("3"), blob("2")]]);
    expect(models.every(({ name }) => name.startsWith("unsloth/Qwen3.5-0.8B-GGUF"))).toBe(true);
  });

  it("says that safetensors without their names have to be copied", async () => {
    const bytes = new Uint8Array(64);
    bytes.set(new TextEncoder().encode("{"), 8);
    const { models, leftOut } = await list({ [`${root}/blobs/${"1".repeat(64)}`]: bytes });
    expect(models).toEqual([]);
    expect(leftOut[0]!.reason).toContain("under links, which this browser does not show");
  });
});

describe("LM Studio's folder, or any other", () => {
  it("lists each file by its name and folder, parts of one model together, others set aside", async () => {
    const folder = "models/lmstudio-community/Qwen3.5-9B-GGUF";
    const { models, leftOut } = await list({
      [`${folder}/Qwen3.5-9B-Q4_K_M.gguf`]: nano,
      [`${folder}/mmproj-Qwen3.5-9B-BF16.gguf`]: header("clip"),
      "models/someone/split/m-Q8_0-00001-of-00002.gguf": nano,
      "models/someone/split/m-Q8_0-00002-of-00002.gguf": header("qwen35"),
      "models/other/llama-Q4_0.gguf": header("llama"),
    });
    expect(
      models.map(({ name, where, files, refusal }) => [name, where, files.length, refusal === null]),
    ).toEqual([
      ["Qwen3.5-9B-Q4_K_M", "lmstudio-community/Qwen3.5-9B-GGUF", 1, true],
      ["m-Q8_0", "someone/split", 2, true],
      ["llama-Q4_0", "models/other", 1, false],
    ]);
    expect(leftOut.map(({ name }) => name)).toEqual(["mmproj-Qwen3.5-9B-BF16.gguf"]);
  });

  it("is empty where no model is, and where a file can not be opened", async () => {
    expect(await list({ "photos/a.jpg": "x", "photos/notes.json": "{}" })).toEqual({
      models: [],
      leftOut: [],
    });
    const gone = {
      getFile: () => Promise.reject(new Error("NotFoundError")),
    } as unknown as FileSystemFileHandle;
    const listing = await listDisk([{ path: "m/a.gguf", file: gone }], {
      estimate: () => Promise.resolve([]),
    });
    expect(listing.models).toEqual([]);
  });
});
