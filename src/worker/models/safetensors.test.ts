import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { QuantizeChoice } from "../../ground/quantize-choice";
import { ModelFiles } from "../../storage/models/model-files";
import { openPartStore } from "../../storage/models/part-store";
import { hubApi } from "../../testing/hub/hub-api";
import { HubServer } from "../../testing/hub/hub-server";
import { makeModel } from "../../testing/models/make-model";
import { makeSafetensors } from "../../testing/models/make-safetensors";
import { memorySource } from "../../testing/models/memory-source";
import { estimateMemory } from "../../engine/runtime/memory-estimate";
import { readHeader, type ReadHeader } from "./describe";
import { fetchModel, openSource } from "./fetch-model";
import { findModels } from "./find-models";
import { planModel } from "./plan/plan-model";
import type { HubRepository } from "../rpc/protocol/hub";
import type { ModelSource } from "../rpc/protocol/model";

const gguf = makeModel({ config: "nano", quant: "F32", seed: 5 });
const folder = await makeSafetensors(gguf, { type: "BF16", nFiles: 2 });
const maxBindingBytes = 128 << 20;

let hub: HubServer;
let databases = 0;
beforeEach(async () => {
  hub = await HubServer.start();
  hub.api = hubApi();
  hub.commit("owner/nano", { ...Object.fromEntries(folder), "README.md": new Uint8Array(9) });
});
afterEach(() => hub.stop());

const newFiles = () => new ModelFiles(openPartStore(`safetensors-test-${databases++}`), 1 << 20);
const describeHeader = async (...opened: Parameters<typeof readHeader>) =>
  (await readHeader(...opened)).description;

async function find(text: string, budgetBytes = 1e9): Promise<HubRepository> {
  const found = await findModels(text, {
    hubUrl: hub.origin,
    estimate: (...model) => Promise.resolve(estimateMemory(...model, { maxBindingBytes, budgetBytes })),
    budgetBytes,
  });
  return found as HubRepository;
}

async function originOf(text: string): Promise<ModelSource> {
  const { hubUrl, repo, revision, branch, models } = await find(text);
  return { kind: "hub", hubUrl, repo, revision, branch, files: models[0]!.files };
}

const readStored = async (files: ModelFiles, id: string) =>
  readHeader(await files.open(id), "nano", (name) => files.companion(id, name));

async function expectTensorsOf(header: ReadHeader, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const expected = await readHeader(memorySource(bytes), "nano.gguf");
  const read = async ({ gguf, source }: ReadHeader, name: string) => {
    const { offset, sizeBytes, type } = gguf.tensors.get(name)!;
    expect(type).toBe("F32");
    return source.read(offset, sizeBytes);
  };
  for (const name of ["blk.0.ssm_conv1d.weight", "blk.0.attn_norm.weight", "blk.0.ssm_a"]) {
    const [actual, wanted] = [await read(header, name), await read(expected, name)];
    const values = new Float32Array(actual.slice().buffer);
    new Float32Array(wanted.slice().buffer).forEach((value, i) =>
      expect(Math.abs(values[i]! - value)).toBeLessThan(0.01 * Math.max(1, Math.abs(value))),
    );
  }
}

describe("a safetensors repository", () => {
  it("is offered as one model, with the memory of the way it would be quantized", async () => {
    const { models, suggested } = await find("owner/nano");
    expect(models).toHaveLength(1);
    expect(models[0]).toMatchObject({ name: "safetensors", isRunnable: true });
    expect(suggested).toBe("safetensors");
    expect(models[0]!.memory[0]).toMatchObject({ contextLength: 4096, quantize: "q8" });
    const [in4Bits] = (await find("owner/nano", 1)).models[0]!.memory;
    expect(in4Bits!.quantize).toBe("q4");
    expect(in4Bits!.totalBytes).toBeLessThan(models[0]!.memory[0]!.totalBytes);
  });

  it("that is quantized already is offered and read as it is, each matrix in bits of its own", async () => {
    const packed = await makeSafetensors(makeModel({ config: "nano", quant: "F32", seed: 3 }), {
      packing: "mlx mixed",
      prefix: "language_model.model.",
    });
    hub.commit("owner/nano-mlx", Object.fromEntries(packed));
    const [model] = (await find("owner/nano-mlx")).models;
    expect(model).toMatchObject({
      isRunnable: true,
      explanation: "Quantized with Apple's MLX. The values are kept as they were published",
    });
    expect(model!.memory[0]).not.toHaveProperty("quantize");

    const files = newFiles();
    const stored = await fetchModel(files, await originOf("owner/nano-mlx"), { describe: describeHeader });
    const header = await readStored(files, stored.id);
    const types = header.description.types.map(([type]) => type);
    expect(types).toEqual(expect.arrayContaining(["MLX_Q8", "Q5_1", "Q4_1"]));
    const { plan } = planModel(header, {
      contextLength: 4096,
      quantize: null,
      maxBindingBytes,
      budgetBytes: 1e9,
    });
    expect(plan.quantize).toBeNull();
    expect(plan.transcoded).toEqual([]);
  });

  it("is refused by what its config.json says", async () => {
    const config = { model_type: "llama", vocab_size: 3 };
    hub.commit("owner/llama", {
      "model.safetensors": folder.get("model-00001-of-00002.safetensors")!,
      "config.json": new TextEncoder().encode(JSON.stringify(config)),
    });
    const [model] = (await find("owner/llama")).models;
    expect(model).toMatchObject({
      isRunnable: false,
      refusal: expect.stringContaining('"model_type" of config.json is "llama"') as string,
    });
  });

  it("is stored with its own bytes, and read back as the model it is without the hub", async () => {
    const files = newFiles();
    const stored = await fetchModel(files, await originOf("owner/nano"), { describe: describeHeader });
    expect(stored.name).toBe("nano");
    await hub.stop();

    const { parts } = await files.blobs(stored.id);
    const original = [...folder].filter(([name]) => name.endsWith(".safetensors")).map(([, bytes]) => bytes);
    expect(
      Buffer.compare(Buffer.from(await new Blob([...parts]).arrayBuffer()), Buffer.concat(original)),
    ).toBe(0);
    expect((await files.verify(stored.id)).damagedParts).toEqual([]);

    const header = await readStored(files, stored.id);
    expect(header.format).toBe("safetensors");
    expect(header.description).toMatchObject({
      name: "nano",
      sizeBytes: Buffer.concat(original).length,
      types: [
        ["BF16", expect.any(Number) as number],
        ["F32", expect.any(Number) as number],
      ],
    });
    await expectTensorsOf(header, gguf);
    hub = await HubServer.start(); // for afterEach
  });

  it("is opened by the link of a file, with what lies beside it", async () => {
    const single = await makeSafetensors(gguf, { type: "BF16" });
    hub.commit("owner/single", Object.fromEntries(single));
    const opened = await openSource({ kind: "url", url: hub.url("owner/single", "model.safetensors") });
    const header = await readHeader(opened, opened.title, opened.findCompanion);
    expect(header).toMatchObject({ format: "safetensors", description: { name: "single" } });
    await opened.close();
    const lone = await openSource({ kind: "url", url: hub.url("owner/nano", "README.md") }).catch(
      (error: unknown) => error,
    );
    expect(lone).toMatchObject({ code: "model-format" });
  });
});

describe("a safetensors folder", () => {
  const picked = (names: (name: string) => boolean): ModelSource => {
    const files = [...folder].filter(([name]) => names(name)).map(([name, bytes]) => new File([bytes], name));
    const [file, ...shards] = files.filter(({ name }) => name.endsWith(".safetensors"));
    return {
      kind: "file",
      file: file!,
      shards,
      companions: files.filter(({ name }) => !name.endsWith(".safetensors")),
      folder: "Qwen of mine",
    };
  };

  it("that was picked is copied, under the folder's name", async () => {
    const files = newFiles();
    const stored = await fetchModel(
      files,
      picked(() => true),
      { describe: describeHeader },
    );
    expect(stored.name).toBe("Qwen of mine");
    expect((await readStored(files, stored.id)).config.nLayers).toBe(4);
  });

  it("is refused without its config.json, its tokenizer or a file, and leaves nothing", async () => {
    const files = newFiles();
    const refusal = (names: (name: string) => boolean) =>
      fetchModel(files, picked(names), { describe: describeHeader }).catch((error: unknown) => error);
    expect(await refusal((name) => name !== "config.json")).toMatchObject({
      code: "model-format",
      message: expect.stringContaining("no “config.json” beside") as string,
    });
    expect(await refusal((name) => name !== "tokenizer.json")).toMatchObject({
      message: expect.stringContaining("no “tokenizer.json” beside") as string,
    });
    expect(await refusal((name) => !name.includes("00002-of"))).toMatchObject({
      message: "The model is in 2 files, of which number 2 is missing.",
    });
    expect(await files.list()).toEqual([]);
  });
});

describe("what plain weights become", () => {
  const plan = async (quantize: QuantizeChoice | null, budgetBytes: number) => {
    const source = memorySource((await makeSafetensors(gguf, { type: "BF16" })).get("model.safetensors")!);
    const text = (name: string) => Promise.resolve(new TextDecoder().decode(folder.get(name)));
    const header = await readHeader(source, "nano", text);
    return planModel(header, { contextLength: 512, quantize, maxBindingBytes, budgetBytes }).plan;
  };

  it("goes by the budget until the person chooses, and the plan has the bytes of each choice", async () => {
    const roomy = await plan(null, 1e9);
    expect(roomy.quantize).toMatchObject({ choice: "q8", plainType: "BF16" });
    const totals = new Map(roomy.quantize!.choices.map(({ choice, totalBytes }) => [choice, totalBytes]));
    expect(roomy.totalBytes).toBe(totals.get("q8"));
    expect(totals.get("q4")!).toBeLessThan(totals.get("q8")!);
    expect(totals.get("q8")!).toBeLessThan(totals.get("none")!);
    expect((await plan(null, 1)).quantize!.choice).toBe("q4");
    expect((await plan("none", 1e9)).totalBytes).toBe(totals.get("none"));
    expect((await plan("none", 1)).transcoded).toEqual([]);
  });

  it("is no question for a GGUF, which keeps its values", async () => {
    const header = await readHeader(memorySource(gguf), "nano.gguf");
    const options = { contextLength: 512, quantize: "q4", maxBindingBytes, budgetBytes: 1 } as const;
    expect(planModel(header, options).plan).toMatchObject({ quantize: null, transcoded: [] });
  });
});
