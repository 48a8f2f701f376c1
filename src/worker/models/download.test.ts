import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ModelFiles } from "../../storage/models/model-files";
import { openPartStore } from "../../storage/models/part-store";
import { HubServer, sha256Of } from "../../testing/hub/hub-server";
import { fetchModel, repairModel } from "./fetch-model";
import type { FetchProgress, ModelSource } from "../rpc/protocol/model";

// Eight parts of 1 MiB and a rest, over the connections of a server that behaves as the hub does.
const MIB = 1 << 20;
const bytes = Uint8Array.from({ length: 8 * MIB + 77 }, (_, i) => (i * 31 + (i >> 10)) & 255);
bytes.set([0x47, 0x47, 0x55, 0x46]);

let hub: HubServer;
beforeEach(async () => {
  hub = await HubServer.start();
  hub.commit("Qwen/tiny", { "a.gguf": bytes });
});
afterEach(() => hub.stop());

let databases = 0;
function newFiles() {
  const store = openPartStore(`download-test-${databases++}`);
  return { store, files: new ModelFiles(store, MIB) };
}

const source = (more: { sha256?: string } = {}): ModelSource => ({
  kind: "url",
  url: hub.url("Qwen/tiny", "a.gguf"),
  ...more,
});

const fetchIt = (
  files: ModelFiles,
  options: Partial<Parameters<typeof fetchModel>[2]> = {},
  from: ModelSource = source({ sha256: sha256Of(bytes) }),
) =>
  fetchModel(files, from, {
    describe: () => Promise.resolve({ name: "tiny" }),
    retryDelaysMs: [1, 1],
    ...options,
  });

/** Ranges asked of the host that gives the bytes, without the first look at the magic number. */
const rangesAsked = () =>
  hub.seen
    .filter(({ host, range }) => host === "storage" && range !== "bytes=0-511")
    .map(({ range }) => range);

const partRange = (index: number) => `bytes=${index * MIB}-${Math.min(bytes.length, (index + 1) * MIB) - 1}`;

async function expectStored(files: ModelFiles, id: string): Promise<void> {
  const stored = await (await files.open(id)).read(0, bytes.length);
  expect(Buffer.compare(stored, bytes)).toBe(0);
  expect((await files.verify(id)).damagedParts).toEqual([]);
}

describe("a download from the hub", () => {
  it("comes in ranges, each part asked for once, several at a time", async () => {
    const { files } = newFiles();
    hub.fault = ({ range }) =>
      range![0] === 0 && range![1] === 4 ? undefined : { kind: "slow", bytesPerSecond: 10 * MIB };
    const seen: FetchProgress[] = [];
    const { id } = await fetchIt(files, { onProgress: (progress) => seen.push(progress) });
    await expectStored(files, id);
    expect(rangesAsked().toSorted()).toEqual(Array.from({ length: 9 }, (_, i) => partRange(i)).toSorted());
    expect(hub.mostOpen).toBeGreaterThanOrEqual(3);
    expect(seen.at(-1)).toMatchObject({ id, receivedBytes: bytes.length, totalBytes: bytes.length });
    expect(seen.some(({ bytesPerSecond }) => bytesPerSecond! > MIB)).toBe(true);
  });

  it.each([
    ["is cut", { kind: "drop", afterBytes: 300_000 }, 300_000],
    ["ends early", { kind: "truncate", afterBytes: 300_000 }, 300_000],
    ["fails with 503", { kind: "status", status: 503 }, 0],
    ["meets too many requests", { kind: "status", status: 429 }, 0],
    ["comes of a link that has expired", { kind: "status", status: 403 }, 0],
    ["is of another part of the file", { kind: "shifted", by: -MIB }, 0],
    ["is a web page", { kind: "page" }, 0],
  ] as const)("an answer that %s is asked for again where it stopped", async (_, fault, cameBytes) => {
    const { files } = newFiles();
    let isFirst = true;
    hub.fault = ({ range }) => {
      if (range![0] !== 2 * MIB || !isFirst) return undefined;
      isFirst = false;
      return fault;
    };
    const seen: FetchProgress[] = [];
    const { id } = await fetchIt(files, { onProgress: (progress) => seen.push(progress) });
    await expectStored(files, id);
    expect(rangesAsked()).toContain(`bytes=${2 * MIB + cameBytes}-${3 * MIB - 1}`);
    expect(rangesAsked()).toHaveLength(10);
    expect(seen.some(({ isRetrying }) => isRetrying)).toBe(true);
    expect(seen.at(-1)!.isRetrying).toBe(false);
  });

  it.each([
    ["fails with 503", { kind: "status", status: 503 }],
    ["is cut", { kind: "drop", afterBytes: 0 }],
  ] as const)("a first answer that %s is asked for again", async (_, fault) => {
    const { files } = newFiles();
    let nAsked = 0;
    hub.fault = () => (nAsked++ === 0 ? fault : undefined);
    const { id } = await fetchIt(files);
    await expectStored(files, id);
    expect(rangesAsked()).toHaveLength(9);
  });

  it("a web page in the place of the rest is named, and what came is kept", async () => {
    const { files } = newFiles();
    hub.fault = ({ range }) => (range![0] >= 6 * MIB ? { kind: "page" } : undefined);
    await expect(fetchIt(files)).rejects.toMatchObject({
      code: "download",
      message: expect.stringContaining("web page") as string,
      hint: expect.stringContaining("kept") as string,
    });
    hub.fault = () => undefined;
    hub.seen.length = 0;
    const { id } = await fetchIt(files);
    await expectStored(files, id);
    expect(rangesAsked().length).toBeLessThan(9);
  });

  it.each([
    ["1", 1000],
    [new Date(Date.now() - 60_000).toUTCString(), 0],
    ["soon", 0],
  ] as const)("a server that asks to be left alone until %j is", async (retryAfter, leastMs) => {
    const { files } = newFiles();
    let refusedAt = 0;
    let waitedMs = 0;
    hub.fault = ({ range }) => {
      if (range![0] !== 2 * MIB) return undefined;
      if (refusedAt > 0) waitedMs = performance.now() - refusedAt;
      else refusedAt = performance.now();
      return waitedMs > 0 ? undefined : { kind: "status", status: 429, retryAfter };
    };
    const { id } = await fetchIt(files);
    await expectStored(files, id);
    expect(waitedMs).toBeGreaterThanOrEqual(leastMs - 5); // timers may be a little early
  });

  it("a host that goes on refusing what the hub sends there is named", async () => {
    const { files } = newFiles();
    hub.fault = ({ range }) => (range![0] >= 6 * MIB ? { kind: "status", status: 403 } : undefined);
    await expect(fetchIt(files)).rejects.toThrow(
      `${new URL(hub.storageOrigin).host}, where ${new URL(hub.origin).host} keeps “a.gguf”, did not give it (status 403)`,
    );
  });

  it.each([401, 403, 404])("status %i is told, and what came before is kept", async (status) => {
    const { files } = newFiles();
    hub.fault = ({ range }) => (range![0] >= 6 * MIB ? { kind: "status", status } : undefined);
    await expect(fetchIt(files)).rejects.toMatchObject({ code: "download" });
    const before = rangesAsked().length;
    hub.fault = () => undefined;
    const [left] = await files.listUnfinished();
    expect(left!.receivedBytes).toBeGreaterThanOrEqual(4 * MIB);
    const { id } = await fetchIt(files);
    await expectStored(files, id);
    const missing = Math.ceil((bytes.length - left!.receivedBytes) / MIB);
    expect(rangesAsked().length - before).toBe(missing);
  });

  it("a server that stays broken is given up, and the next attempt asks for the missing parts alone", async () => {
    const { files } = newFiles();
    hub.fault = ({ range }) => (range![0] >= 5 * MIB ? { kind: "drop", afterBytes: 0 } : undefined);
    await expect(fetchIt(files)).rejects.toMatchObject({ code: "download" });
    hub.fault = () => undefined;
    hub.seen.length = 0;
    const { id } = await fetchIt(files);
    await expectStored(files, id);
    expect(rangesAsked().toSorted()).toEqual([5, 6, 7, 8].map(partRange).toSorted());
  });

  it("pausing keeps whole parts, and going on fetches the rest", async () => {
    const { files } = newFiles();
    const pause = new AbortController();
    hub.fault = ({ range }) => {
      if (range![0] < 3 * MIB) return undefined;
      setTimeout(() => pause.abort(), 50);
      return { kind: "stall", afterBytes: 1000 };
    };
    const fetching = fetchIt(files, { signal: pause.signal });
    await expect(fetching).rejects.toMatchObject({ code: "cancelled" });
    hub.fault = () => undefined;
    hub.seen.length = 0;
    const { id } = await fetchIt(files);
    await expectStored(files, id);
    expect(rangesAsked().length).toBeLessThan(9);
  });

  it("a byte that is damaged on the way is noticed when all is there", async () => {
    const { files } = newFiles();
    hub.fault = () => ({ kind: "corrupt", at: 4 * MIB + 5 });
    await expect(fetchIt(files)).rejects.toMatchObject({
      code: "download",
      message: expect.stringContaining("SHA-256") as string,
    });
    expect(await files.listUnfinished()).toEqual([]);
  });

  it.each([
    ["replaced by one of its size", { kind: "changed", etag: '"other"' }],
    ["replaced by a shorter one", { kind: "changed", etag: '"other"', bytes: bytes.slice(0, 4 * MIB) }],
  ] as const)("a file %s under way is not mixed with the old one", async (_, fault) => {
    const { files } = newFiles();
    hub.fault = ({ range }) => (range![0] >= 5 * MIB ? fault : undefined);
    await expect(fetchIt(files)).rejects.toMatchObject({ code: "file-changed" });
    // The next attempt finds it out before any part is asked for.
    hub.fault = () => fault;
    hub.seen.length = 0;
    await expect(fetchIt(files, {}, source())).rejects.toMatchObject({ code: "file-changed" });
    expect(rangesAsked()).toEqual([]);
    hub.fault = () => undefined;
    const { id } = await fetchIt(files);
    await expectStored(files, id);
  });

  it("a server that stops giving ranges half way is read from the start, and gives the same file", async () => {
    const { files } = newFiles();
    hub.fault = ({ range }) => (range![0] >= 2 * MIB ? { kind: "no-ranges" } : undefined);
    const { id } = await fetchIt(files);
    await expectStored(files, id);
  });

  it("repair asks for the damaged part alone", async () => {
    const { files, store } = newFiles();
    const { id } = await fetchIt(files);
    const flipped = bytes.slice(3 * MIB, 4 * MIB);
    flipped[99]! ^= 1;
    await store.putPart(id, 3, new Blob([flipped]), await store.partHash(id, 3));
    const { damagedParts } = await files.verify(id);
    expect(damagedParts).toEqual([3]);
    hub.seen.length = 0;
    await repairModel(files, id, damagedParts, {});
    expect(rangesAsked()).toEqual([partRange(3)]);
    await expectStored(files, id);
  });
});
