import "fake-indexeddb/auto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ModelFiles } from "../../storage/models/model-files";
import { openPartStore } from "../../storage/models/part-store";
import { makeModel } from "../../testing/models/make-model";
import { memorySource } from "../../testing/models/memory-source";
import { tokenizerConfig, tokenizerFiles, tokenizerJson } from "../../testing/models/tokenizer-files";
import { readGguf } from "../../engine/weights/gguf/gguf";
import { readHeader } from "./describe";
import { fetchModel, openSource } from "./fetch-model";
import type { ModelSource } from "../rpc/protocol/model";

const options = { config: "nano", quant: "Q8_0", seed: 3 } as const;
const whole = makeModel(options);
const bare = makeModel({ ...options, hasTokenizer: false });

const { metadata } = await readGguf(memorySource(whole));
const template = metadata.get("tokenizer.chat_template") as string;
const tokenizer = tokenizerJson(metadata);
const config = tokenizerConfig;
const beside = tokenizerFiles(metadata);

type Folder = Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

/**
 * Serves `folder` under /models/, and says what was asked for; what is not there is answered with
 * `absentStatus`.
 */
async function serveFolder(folder: Folder, absentStatus = 404) {
  const asked: string[] = [];
  const server = createServer(({ url }, response) => {
    const [path, query] = url!.split("?");
    const name = path!.replace("/models/", "");
    asked.push(query === undefined ? name : `${name}?${query}`);
    const content = folder[name];
    // 200: as servers of one-page apps, a page for whatever they do not have.
    if (content === undefined)
      return response.writeHead(absentStatus, { "Content-Type": "text/html" }).end("<p>");
    const bytes = Buffer.from(content as string);
    response.writeHead(200, { "Content-Length": bytes.length }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/models/model.gguf` };
}

const pickedFrom = ({ "model.gguf": model, ...others }: Folder): ModelSource => ({
  kind: "file",
  file: new File([model!], "model.gguf", { lastModified: 5 }),
  companions: Object.entries(others).map(([name, content]) => new File([content], name)),
});

async function sourceOf(kind: "url" | "file", folder: Folder): Promise<ModelSource> {
  return kind === "file" ? pickedFrom(folder) : { kind, url: (await serveFolder(folder)).url };
}

let databases = 0;
function newFiles() {
  const store = openPartStore(`companions-test-${databases++}`);
  return { store, files: new ModelFiles(store, 1 << 20) };
}

/** Fetches as the worker's handlers do. */
const fetchInto = (files: ModelFiles, source: ModelSource) =>
  fetchModel(files, source, { describe: async (...opened) => (await readHeader(...opened)).description });
const readStored = async (files: ModelFiles, id: string) =>
  readHeader(await files.open(id), "model.gguf", (name) => files.companion(id, name));
async function inspect(source: ModelSource) {
  const opened = await openSource(source);
  try {
    return await readHeader(opened, opened.title, opened.findCompanion);
  } finally {
    await opened.close();
  }
}

const noTemplate = "The file has no chat template. Qwen3.5’s own is used instead.";
const messages = [{ role: "user", content: "the <think> wren\n" }] as const;
const fromWhole = await readHeader(memorySource(whole), "model.gguf");

function expectTextOfWhole({ text, description }: Awaited<ReturnType<typeof readHeader>>) {
  for (const thinking of [false, true])
    expect(text.renderChat(messages, { thinking })).toEqual(
      fromWhole.text.renderChat(messages, { thinking }),
    );
  expect(new Set(text.stopIds)).toEqual(new Set(fromWhole.text.stopIds));
  expect(text.notes).toEqual([]);
  expect(description.thinking).toEqual(fromWhole.description.thinking);
}

describe.each(["url", "file"] as const)("a model from a %s without a tokenizer", (kind) => {
  it("takes the one beside it, before and after it is stored, and needs nothing but the store then", async () => {
    const { files } = newFiles();
    const source = await sourceOf(kind, { "model.gguf": bare, ...beside });
    expectTextOfWhole(await inspect(source));
    const { id } = await fetchInto(files, source);
    stops.splice(0).forEach((stop) => stop());
    expectTextOfWhole(await readStored(files, id));
  });

  it("takes the template from tokenizer_config.json, or does without one", async () => {
    const withConfig = {
      "tokenizer.json": beside["tokenizer.json"],
      "tokenizer_config.json": JSON.stringify({ ...config, chat_template: template }),
    };
    expectTextOfWhole(await inspect(await sourceOf(kind, { "model.gguf": bare, ...withConfig })));
    const alone = { "model.gguf": bare, "tokenizer.json": beside["tokenizer.json"] };
    expect((await inspect(await sourceOf(kind, alone))).text.notes).toEqual([noTemplate]);
  });

  it.each([
    ["is alone", {}, /no tokenizer .* no “tokenizer.json” beside it/],
    ["has only the others", { ...beside, "tokenizer.json": undefined }, /no “tokenizer.json” beside it/],
    [
      "has half of one",
      { "tokenizer.json": beside["tokenizer.json"].slice(0, 900) },
      /“tokenizer.json”.*JSON/,
    ],
    ["has half a config", { ...beside, "tokenizer_config.json": "{" }, /“tokenizer_config.json”.*JSON/],
    [
      "has JSON that is no tokenizer",
      { "tokenizer.json": "[]" },
      /"tokenizer.json" is missing or not an obj/,
    ],
    [
      "has bytes that are no text",
      { "tokenizer.json": Uint8Array.of(0x7b, 0xff) },
      /“tokenizer.json”.*UTF-8/,
    ],
    [
      "has 64 MiB and a byte",
      { "tokenizer.json": new Uint8Array(67_108_865) },
      /67,108,865 bytes.*67,108,864/,
    ],
    [
      "has that of a larger model",
      {
        "tokenizer.json": JSON.stringify({
          ...tokenizer,
          added_tokens: [{ id: 320, content: "<|im_end|>" }],
        }),
      },
      /321 tokens.*320/,
    ],
  ])("is refused when it %s, and nothing is kept", async (_, others, message) => {
    const { files, store } = newFiles();
    const present = Object.entries({ ...others, "chat_template.jinja": template }).filter(([, c]) => c);
    const source = await sourceOf(kind, { "model.gguf": bare, ...(Object.fromEntries(present) as Folder) });
    const refusal = { code: "model-format", message: expect.stringMatching(message) as string };
    await expect(inspect(source)).rejects.toMatchObject(refusal);
    await expect(fetchInto(files, source)).rejects.toMatchObject(refusal);
    expect(await store.files()).toEqual([]);
  });

  it("is deleted with what came beside it", async () => {
    const { files, store } = newFiles();
    const { id } = await fetchInto(files, await sourceOf(kind, { "model.gguf": bare, ...beside }));
    for (const [name, text] of Object.entries(beside)) expect(await store.companion(id, name)).toBe(text);
    await files.remove(id);
    for (const name of Object.keys(beside)) expect(await store.companion(id, name)).toBeUndefined();
  });
});

describe("on a server", () => {
  it("a model with its own tokens asks for nothing else, and keeps nothing else", async () => {
    const { files, store } = newFiles();
    const { url, asked } = await serveFolder({ "model.gguf": whole, ...beside });
    await inspect({ kind: "url", url });
    const { id } = await fetchInto(files, { kind: "url", url });
    expect(new Set(asked)).toEqual(new Set(["model.gguf"]));
    expect(await store.companion(id, "tokenizer.json")).toBeUndefined();
    expectTextOfWhole(await readStored(files, id));
  });

  it("companions are asked for in the model's folder, without its query string", async () => {
    const { url, asked } = await serveFolder({ "model.gguf": bare, ...beside });
    expectTextOfWhole(await inspect({ kind: "url", url: `${url}?download=true#top` }));
    expect(asked).toEqual(["model.gguf?download=true", ...Object.keys(beside)]);
  });

  // 403: a bucket that does not list its files. 200: a page in place of whatever is not there.
  it.each([403, 404, 410, 200])(
    "status %i with a page says that a companion is not there",
    async (status) => {
      const folder = { "model.gguf": bare, "tokenizer.json": beside["tokenizer.json"] };
      const { url } = await serveFolder(folder, status);
      expect((await inspect({ kind: "url", url })).text.notes).toEqual([noTemplate]);
      const alone = await serveFolder({ "model.gguf": bare }, status);
      await expect(inspect({ kind: "url", url: alone.url })).rejects.toThrow(/no “tokenizer.json” beside it/);
    },
  );

  it("a server that fails is told as such: the model is not stored without its template", async () => {
    const { files } = newFiles();
    const folder = { "model.gguf": bare, "tokenizer.json": beside["tokenizer.json"] };
    const { url } = await serveFolder(folder, 503);
    await expect(fetchInto(files, { kind: "url", url })).rejects.toMatchObject({
      code: "download",
      message: expect.stringMatching(/tokenizer_config\.json.*503/) as string,
    });
    expect(await files.list()).toEqual([]);
  });
});
