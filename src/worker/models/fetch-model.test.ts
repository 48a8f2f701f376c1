import "fake-indexeddb/auto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ModelFormatError } from "../../ground/errors";
import { ModelFiles } from "../../storage/models/model-files";
import { openPartStore } from "../../storage/models/part-store";
import { fetchModel, openSource, repairModel } from "./fetch-model";
import type { FetchProgress, ModelSource } from "../rpc/protocol/model";
import { verbatim } from "../../language/language";

const MIB = 1 << 20;

function fileOf(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = i * 31 + (i >> 10);
  bytes.set([0x47, 0x47, 0x55, 0x46]);
  return bytes;
}

/** toEqual would take seconds for this. */
const sameBytes = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

let databases = 0;
const newFiles = () => new ModelFiles(openPartStore(`fetch-test-${databases++}`), MIB);

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.gguf`;
}

const serveBytes = (bytes: Uint8Array) =>
  serve((_, response) => response.writeHead(200, { "Content-Length": bytes.length }).end(bytes));

const describeAs = (name: string) => () => Promise.resolve({ name });

/** A hub's repository "owner/name" at any revision, with these files in it. */
async function serveHub(contents: Readonly<Record<string, Uint8Array>>) {
  const asked: string[] = [];
  const address = await serve(({ url }, response) => {
    asked.push(url!);
    const bytes = contents[/\/resolve\/\w+\/(.*)$/.exec(url!)?.[1] ?? ""];
    if (!bytes) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Length": bytes.length }).end(bytes);
  });
  const origin = {
    kind: "hub",
    hubUrl: new URL(address).origin,
    repo: "owner/name",
    revision: "a".repeat(40),
    branch: "main",
    files: Object.entries(contents).map(([path, { length }]) => ({ path, sizeBytes: length })),
  } satisfies ModelSource;
  return { origin, asked };
}

describe("a model of a hub", () => {
  const contents = {
    "Q8/m-00001-of-00002.gguf": fileOf(MIB + 5),
    "Q8/m-00002-of-00002.gguf": fileOf(MIB + 9),
    "Q8/tokenizer.json": new TextEncoder().encode('{"a":1}'),
  };

  it("of several files is stored as one, under its commit", async () => {
    const files = newFiles();
    const { origin, asked } = await serveHub(contents);
    const stored = await fetchModel(files, origin, {
      describe: async (source, fileName, findCompanion) => ({
        name: `${fileName} ${source.files!.length} ${await findCompanion("tokenizer.json")}`,
      }),
    });
    expect(stored).toMatchObject({
      name: 'm-00001-of-00002.gguf 2 {"a":1}',
      sizeBytes: 2 * MIB + 14,
      origin,
    });
    const opened = await files.open(stored.id);
    expect(opened.files).toEqual([
      { name: "m-00001-of-00002.gguf", sizeBytes: MIB + 5 },
      { name: "m-00002-of-00002.gguf", sizeBytes: MIB + 9 },
    ]);
    const both = Buffer.concat(Object.values(contents).slice(0, 2));
    expect(sameBytes(await opened.read(0, both.length), both)).toBe(true);
    expect(asked.every((url) => url.startsWith(`/owner/name/resolve/${origin.revision}/Q8/`))).toBe(true);

    const later = await fetchModel(
      files,
      { ...origin, revision: "b".repeat(40) },
      { describe: describeAs("x") },
    );
    expect(later.id).not.toBe(stored.id);
    expect(await files.list()).toHaveLength(2);
  });

  it("is refused, and leaves nothing, when a file has another size than the hub lists", async () => {
    const files = newFiles();
    const { origin } = await serveHub(contents);
    const changed = origin.files.map((file, i) => (i === 1 ? { ...file, sizeBytes: 7 } : file));
    await expect(
      fetchModel(files, { ...origin, files: changed }, { describe: describeAs("x") }),
    ).rejects.toThrow(`gives “m-00002-of-00002.gguf” with 1,048,585 bytes; the hub lists it with 7.`);
    expect(await files.list()).toEqual([]);
  });

  it("is looked at over the network without fetching it all", async () => {
    const { origin, asked } = await serveHub(contents);
    const opened = await openSource(origin);
    expect(opened.sizeBytes).toBe(2 * MIB + 14);
    expect(asked).toEqual([]);
    expect(sameBytes(await opened.read(0, 4), contents["Q8/m-00001-of-00002.gguf"].subarray(0, 4))).toBe(
      true,
    );
    await opened.close();
    expect(asked).toHaveLength(1);
  });
});

it("files of a split model that were picked together are stored as one, in the order of their names", async () => {
  const files = newFiles();
  const [one, two] = [fileOf(MIB + 1), fileOf(20)];
  const source: ModelSource = {
    kind: "file",
    file: new File([two], "m-00002-of-00002.gguf"),
    shards: [new File([one], "m-00001-of-00002.gguf")],
  };
  const stored = await fetchModel(files, source, { describe: describeAs("split") });
  expect(stored).toMatchObject({ fileName: "m-00001-of-00002.gguf", sizeBytes: MIB + 21 });
  const opened = await files.open(stored.id);
  expect(opened.files?.map(({ name }) => name)).toEqual(["m-00001-of-00002.gguf", "m-00002-of-00002.gguf"]);
  expect(sameBytes(await opened.read(0, MIB + 21), Buffer.concat([one, two]))).toBe(true);
});

describe("fetchModel", () => {
  it("stores what the server gives, byte for byte, and says where it is from", async () => {
    const files = newFiles();
    const bytes = fileOf(3 * MIB + 5);
    const url = await serveBytes(bytes);
    const seen: FetchProgress[] = [];
    const stored = await fetchModel(
      files,
      { kind: "url", url },
      {
        describe: async (source, fileName) => ({ name: `${fileName} ${(await source.read(0, 8)).length}` }),
        onProgress: (progress) => seen.push(progress),
      },
    );
    expect(stored).toEqual({
      id: `url:${url}`,
      name: "model.gguf 8",
      fileName: "model.gguf",
      sizeBytes: bytes.length,
      origin: { kind: "url", url },
      addedAt: stored.addedAt,
      lastUsedAt: null,
    });
    expect(sameBytes(await (await files.open(stored.id)).read(0, bytes.length), bytes)).toBe(true);
    expect(seen[0]).toMatchObject({ id: stored.id, receivedBytes: 0, totalBytes: bytes.length });
    expect(seen.at(-1)).toMatchObject({ receivedBytes: bytes.length, totalBytes: bytes.length });
  });

  it("answers a second time without the server", async () => {
    const files = newFiles();
    const source = { kind: "url", url: await serveBytes(fileOf(100)) } as const;
    const first = await fetchModel(files, source, { describe: describeAs("x") });
    stops.pop()!();
    expect(await fetchModel(files, source, { describe: describeAs("y") })).toEqual(first);
  });

  it("copies a file from the disk, and knows it again", async () => {
    const files = newFiles();
    const bytes = fileOf(9 * MIB + 1);
    const source: ModelSource = {
      kind: "file",
      file: new File([bytes], "picked.gguf", { lastModified: 17 }),
    };
    const stored = await fetchModel(files, source, { describe: describeAs("Picked") });
    expect(stored).toMatchObject({ name: "Picked", origin: { kind: "file", fileName: "picked.gguf" } });
    expect(sameBytes(await (await files.open(stored.id)).read(0, bytes.length), bytes)).toBe(true);
    expect(await fetchModel(files, source, { describe: describeAs("z") })).toEqual(stored);
    const changed: ModelSource = {
      kind: "file",
      file: new File([bytes], "picked.gguf", { lastModified: 18 }),
    };
    expect((await fetchModel(files, changed, { describe: describeAs("z") })).id).not.toBe(stored.id);
  });

  it.each(["url", "file"] as const)("a %s that is refused leaves nothing", async (kind) => {
    const files = newFiles();
    const bytes = fileOf(2 * MIB);
    const source: ModelSource =
      kind === "url"
        ? { kind, url: await serveBytes(bytes) }
        : { kind, file: new File([bytes], "picked.gguf", { lastModified: 17 }) };
    const refusal = new ModelFormatError(verbatim("not dense"), { hint: verbatim("") });
    await expect(fetchModel(files, source, { describe: () => Promise.reject(refusal) })).rejects.toBe(
      refusal,
    );
    expect(await files.list()).toEqual([]);
    // And is no hindrance to a later attempt.
    expect(await fetchModel(files, source, { describe: describeAs("x") })).toMatchObject({ name: "x" });
  });

  it("a download that breaks off keeps its parts also where there are no ranges, and the next attempt works", async () => {
    const files = newFiles();
    const bytes = fileOf(3 * MIB);
    let isBroken = true;
    const url = await serve((_, response) => {
      response.writeHead(200, { "Content-Length": bytes.length });
      if (isBroken) response.write(bytes.subarray(0, 2 * MIB + 9), () => response.destroy());
      else response.end(bytes);
    });
    const source: ModelSource = { kind: "url", url };
    const options = { describe: describeAs("x"), retryDelaysMs: [] };
    await expect(fetchModel(files, source, options)).rejects.toMatchObject({ code: "download" });
    expect(await files.list()).toEqual([]);
    isBroken = false;
    const stored = await fetchModel(files, source, options);
    expect(sameBytes(await (await files.open(stored.id)).read(0, bytes.length), bytes)).toBe(true);
  });

  it("an abort while the server is silent ends it and leaves nothing", async () => {
    const files = newFiles();
    const url = await serve((_, response) => {
      response.writeHead(200, { "Content-Length": 3 * MIB }).write(fileOf(MIB));
    });
    const controller = new AbortController();
    const fetching = fetchModel(
      files,
      { kind: "url", url },
      { describe: describeAs("x"), signal: controller.signal },
    );
    setTimeout(() => controller.abort(), 50);
    await expect(fetching).rejects.toMatchObject({ code: "cancelled" });
    expect(await files.list()).toEqual([]);
  });
});

describe("a model that was copied from a file", () => {
  const bytes = fileOf(4 * MIB + 7);
  const source = (content = bytes): ModelSource => ({
    kind: "file",
    file: new File([content], "picked.gguf", { lastModified: 17 }),
  });
  async function damaged() {
    const store = openPartStore(`fetch-test-${databases++}`);
    const files = new ModelFiles(store, MIB);
    const { id } = await fetchModel(files, source(), { describe: describeAs("x") });
    const hash = await store.partHash(id, 2);
    await store.putPart(id, 2, new Blob([new Uint8Array(MIB)]), hash);
    const { damagedParts } = await files.verify(id);
    expect(damagedParts).toEqual([2]);
    return { files, id, damagedParts };
  }

  it("is repaired from the same file, which alone its damaged part is copied of", async () => {
    const { files, id, damagedParts } = await damaged();
    const seen: FetchProgress[] = [];
    const onProgress = (progress: FetchProgress) => seen.push(progress);
    await repairModel(files, id, damagedParts, { picked: source(), onProgress });
    expect((await files.verify(id)).damagedParts).toEqual([]);
    expect(sameBytes(await (await files.open(id)).read(0, bytes.length), bytes)).toBe(true);
    expect(seen.find(({ receivedBytes }) => receivedBytes > 0)!.receivedBytes).toBeGreaterThanOrEqual(
      3 * MIB,
    );
  });

  it("asks for that file, and takes no other", async () => {
    const { files, id, damagedParts } = await damaged();
    await expect(repairModel(files, id, damagedParts, {})).rejects.toMatchObject({
      hint: expect.stringContaining("Pick that file again") as string,
    });
    const other = bytes.slice();
    other[2 * MIB + 5]! ^= 1;
    await expect(repairModel(files, id, damagedParts, { picked: source(other) })).rejects.toThrow(
      "Part 3 of “picked.gguf” is not the one that was stored.",
    );
    await expect(
      repairModel(files, id, damagedParts, { picked: source(bytes.slice(1)) }),
    ).rejects.toMatchObject({ code: "file-changed" });
    expect((await files.verify(id)).damagedParts).toEqual([2]);
  });
});

it("one that another tab is storing is waited for, and the page is told so", async () => {
  const files = newFiles();
  const bytes = fileOf(2 * MIB);
  const url = await serveBytes(bytes);
  const seen: FetchProgress[] = [];
  const first = fetchModel(files, { kind: "url", url }, { describe: describeAs("x") });
  const onProgress = (progress: FetchProgress) => seen.push(progress);
  const second = fetchModel(files, { kind: "url", url }, { describe: describeAs("y"), onProgress });
  expect(await second).toEqual(await first);
  expect(seen).toMatchObject([{ isWaiting: true, receivedBytes: 0, totalBytes: 0 }]);
});

it("openSource reads a file from the disk where it lies", async () => {
  const bytes = fileOf(1000);
  const source = await openSource({ kind: "file", file: new File([bytes], "a.gguf") });
  expect(source).toMatchObject({ sizeBytes: 1000, title: "a.gguf" });
  expect(sameBytes(await source.read(5, 20), bytes.slice(5, 25))).toBe(true);
  await expect(source.read(995, 10)).rejects.toMatchObject({ code: "storage" });
});
