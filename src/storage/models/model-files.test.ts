import "fake-indexeddb/auto";
import { createHash } from "node:crypto";
import { createStore, set } from "idb-keyval";
import { describe, expect, it, vi } from "vitest";
import { ModelFormatError } from "../../ground/errors";
import { ModelFiles, type IncomingFile } from "./model-files";
import { openPartStore, type PartStore, type StoredFile } from "./part-store";
import { verbatim } from "../../language/language";

const partBytes = 100;
let databases = 0;
/** A database of its own for each test, with small parts. */
function newFiles() {
  const store = openPartStore(`models-test-${databases++}`);
  return { store, files: new ModelFiles(store, partBytes) };
}

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 255);

const origin = { kind: "url", url: "https://example.com/a.gguf" } as const;

/** A file of the given size that comes in one stretch, whatever its pieces then come to. */
const incoming =
  (sizeBytes: number, pieces: AsyncIterable<Uint8Array<ArrayBuffer>>, close = () => Promise.resolve()) =>
  (): Promise<IncomingFile> =>
    Promise.resolve({
      fileName: "a.gguf",
      sizeBytes,
      origin,
      version: null,
      connections: 1,
      pieces: () => pieces,
      close,
    });

/** A file whose stretches can be asked for, several at once. Notes which were. */
function ranged(bytes: Uint8Array<ArrayBuffer>, options: Partial<IncomingFile> = {}) {
  const asked: [start: number, end: number][] = [];
  const file: IncomingFile = {
    fileName: "a.gguf",
    sizeBytes: bytes.length,
    origin,
    version: null,
    connections: 3,
    pieces: (start, end) => (asked.push([start, end]), pieces(bytes.slice(start, end))),
    close: () => Promise.resolve(),
    ...options,
  };
  return { asked, open: () => Promise.resolve(file) };
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function* pieces(bytes: Uint8Array<ArrayBuffer>, pieceBytes = 33) {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    await Promise.resolve();
    yield bytes.slice(at, at + pieceBytes);
  }
}

const named = (name = "A model") => ({ describe: () => Promise.resolve({ name }) });

async function storeBytes(files: ModelFiles, bytes: Uint8Array<ArrayBuffer>, id = "a") {
  return files.store(id, incoming(bytes.length, pieces(bytes)), named());
}

/** Tells that neither a record nor a part of the file is there. */
const isEmpty = async (store: PartStore, id: string) => {
  const parts = await Promise.allSettled([0, 1, 2].map((index) => store.part(id, index)));
  return (
    parts.every(({ status }) => status === "rejected") &&
    (await store.files()).every((file) => file.id !== id)
  );
};

describe("storing", () => {
  // 1: smallest. 99, 100, 101: around one part. 300: whole parts only. 333: a rest.
  it.each([1, 99, 100, 101, 300, 333])("a file of %i bytes comes back as it was", async (length) => {
    const { files } = newFiles();
    const bytes = bytesOf(length);
    const stored = await storeBytes(files, bytes);
    expect(stored).toMatchObject({ name: "A model", sizeBytes: length, isComplete: true });
    expect(await (await files.open("a")).read(0, length)).toEqual(bytes);
  });

  it("a piece longer than several parts is cut into them", async () => {
    const { files, store } = newFiles();
    await files.store("a", incoming(250, pieces(bytesOf(250), 250)), named());
    expect((await store.part("a", 0)).size).toBe(100);
    expect((await store.part("a", 2)).size).toBe(50);
  });

  it("another visit finds it", async () => {
    const store = openPartStore("models-test-shared");
    await storeBytes(new ModelFiles(store, partBytes), bytesOf(250));
    const again = new ModelFiles(openPartStore("models-test-shared"));
    expect((await again.list()).map((file) => file.id)).toEqual(["a"]);
    expect(await (await again.open("a")).read(90, 30)).toEqual(bytesOf(250).slice(90, 120));
  });

  it("the same id again is answered from the store, without opening anything", async () => {
    const { files } = newFiles();
    const first = await storeBytes(files, bytesOf(10));
    const open = vi.fn();
    expect(await files.store("a", open, named())).toEqual(first);
    expect(open).not.toHaveBeenCalled();
  });

  it("of two at once of the same id one stores, and both get the file", async () => {
    const { files } = newFiles();
    const open = vi.fn(incoming(250, pieces(bytesOf(250))));
    const [a, b] = await Promise.all([0, 1].map(() => files.store("a", open, named())));
    expect(open).toHaveBeenCalledOnce();
    expect(b).toEqual(a);
  });

  it("progress counts the bytes that came, to the last", async () => {
    const { files } = newFiles();
    const seen: number[] = [];
    await files.store("a", incoming(80, pieces(bytesOf(80))), {
      ...named(),
      onProgress: (n) => seen.push(n),
    });
    expect(seen).toEqual([33, 66, 80]);
  });

  it("is not listed and can not be opened before it is complete", async () => {
    const { files } = newFiles();
    const during: unknown[] = [];
    async function* watched() {
      yield bytesOf(120);
      during.push(await files.list(), await files.open("a").catch((error: unknown) => error));
      yield bytesOf(30);
    }
    await files.store("a", incoming(150, watched()), named());
    expect(during[0]).toEqual([]);
    expect(during[1]).toMatchObject({ code: "storage" });
  });
});

describe("looking at a file while it arrives", () => {
  it("reads wait for their bytes, and may straddle parts", async () => {
    const { files } = newFiles();
    const seen: Uint8Array[] = [];
    await files.store("a", incoming(333, pieces(bytesOf(333))), {
      describe: async (source) => {
        seen.push(await source.read(0, 4), await source.read(95, 120), await source.read(330, 3));
        return { name: "x" };
      },
    });
    const bytes = bytesOf(333);
    expect(seen).toEqual([bytes.slice(0, 4), bytes.slice(95, 215), bytes.slice(330)]);
  });

  it("a refusal ends the transfer at once and leaves nothing", async () => {
    const { files, store } = newFiles();
    let given = 0;
    async function* counted() {
      for (const piece of [0, 1, 2, 3, 4]) {
        given = piece;
        yield bytesOf(100);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    const refused = new ModelFormatError(verbatim("not a model"), { hint: verbatim("") });
    const describe = () => Promise.reject(refused);
    await expect(files.store("a", incoming(500, counted()), { describe })).rejects.toBe(refused);
    expect(given).toBeLessThan(3);
    expect(await isEmpty(store, "a")).toBe(true);
  });

  it("a read that waits when the transfer fails rejects with the same error", async () => {
    const { files } = newFiles();
    const broken = new Error("network gone");
    // eslint-disable-next-line @typescript-eslint/require-await
    async function* failing() {
      yield bytesOf(50);
      throw broken;
    }
    let waited: unknown;
    const describe = (source: { read(offset: number, length: number): Promise<unknown> }) =>
      source.read(0, 80).then(
        () => ({ name: "x" }),
        (error: unknown) => {
          waited = error;
          throw error;
        },
      );
    await expect(files.store("a", incoming(300, failing()), { describe })).rejects.toBe(broken);
    await vi.waitFor(() => expect(waited).toBe(broken));
  });
});

describe("what goes wrong", () => {
  it("a full disk is told with the size, keeps what has come and the others, and goes on when there is room", async () => {
    const { files, store } = newFiles();
    await storeBytes(files, bytesOf(250), "other");
    const full: PartStore = {
      ...store,
      putPart: (id, index, bytes, hash) =>
        index < 2
          ? store.putPart(id, index, bytes, hash)
          : Promise.reject(new DOMException("full", "QuotaExceededError")),
    };
    const error: unknown = await storeBytes(new ModelFiles(full, partBytes), bytesOf(333)).catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({
      code: "storage-full",
      message: expect.stringContaining("needs 333\u00a0B") as string,
    });
    expect((error as { hint: string }).hint).toMatch(/delete/i);
    expect(await files.listUnfinished()).toMatchObject([{ id: "a", receivedBytes: 200, isActive: false }]);
    expect(await (await files.open("other")).read(0, 250)).toEqual(bytesOf(250));
    const { asked, open } = ranged(bytesOf(333));
    await files.store("a", open, named());
    expect(asked).toEqual([
      [200, 300],
      [300, 333],
    ]);
    expect(await (await files.open("a")).read(0, 333)).toEqual(bytesOf(333));
  });

  it("a file that can not fit is refused before any byte is asked for", async () => {
    const { files, store } = newFiles();
    vi.stubGlobal("navigator", {
      storage: { estimate: () => Promise.resolve({ usage: 400e6, quota: 1000e6 }) },
    });
    const started = vi.fn();
    async function* counted() {
      started();
      yield* pieces(bytesOf(10));
    }
    const close = vi.fn(() => Promise.resolve());
    const error: unknown = await files
      .store("a", incoming(700e6, counted(), close), named())
      .catch((e: unknown) => e);
    vi.unstubAllGlobals();
    expect(error).toMatchObject({
      code: "storage-full",
      message: "“a.gguf” needs 700\u00a0MB. This site may store 1.00\u00a0GB and uses 400\u00a0MB of it.",
    });
    expect(started).not.toHaveBeenCalled();
    expect(close).toHaveBeenCalledOnce();
    expect(await isEmpty(store, "a")).toBe(true);
  });

  it("another failure of the store has code storage", async () => {
    const { store } = newFiles();
    const broken = {
      ...store,
      putPart: () => Promise.reject(new DOMException("closing", "InvalidStateError")),
    };
    await expect(storeBytes(new ModelFiles(broken, partBytes), bytesOf(10))).rejects.toMatchObject({
      code: "storage",
      message: expect.stringContaining("closing") as string,
    });
  });

  it("a file that ends before its size is told, and its whole parts are kept", async () => {
    const { files, store } = newFiles();
    await expect(files.store("a", incoming(333, pieces(bytesOf(300))), named())).rejects.toMatchObject({
      code: "storage",
      message: expect.stringContaining("300 of its 333 bytes") as string,
    });
    expect(await store.partIndexes("a")).toEqual([0, 1, 2]);
  });

  it("an abort ends the transfer as cancelled, and the next one takes it up", async () => {
    const { files, store } = newFiles();
    const controller = new AbortController();
    const transfer = files.store("a", incoming(333, pieces(bytesOf(333))), {
      ...named(),
      signal: controller.signal,
      onProgress: (bytes) => bytes > 250 && controller.abort(),
    });
    await expect(transfer).rejects.toMatchObject({ code: "cancelled" });
    expect(await files.list()).toEqual([]);
    expect((await store.partIndexes("a")).length).toBeGreaterThanOrEqual(2);
    await files.store("a", ranged(bytesOf(333)).open, named());
    expect(await (await files.open("a")).read(0, 333)).toEqual(bytesOf(333));
  });

  it("what a closed tab left is listed as unfinished, stays when others come, and is taken up", async () => {
    const { files, store } = newFiles();
    await store.putFile({
      id: "left",
      name: "left",
      fileName: "left.gguf",
      sizeBytes: 333,
      origin,
      partBytes,
      addedAt: 1,
      lastUsedAt: null,
      isComplete: false,
    });
    await store.putPart("left", 1, new Blob([bytesOf(333).slice(100, 200)]));
    expect(await files.list()).toEqual([]);
    await storeBytes(files, bytesOf(50), "a");
    expect(await files.listUnfinished()).toMatchObject([{ id: "left", receivedBytes: 100 }]);
    const { asked, open } = ranged(bytesOf(333));
    await files.store("left", open, named());
    expect(asked.map(([start]) => start)).toEqual([0, 200, 300]);
    expect(await (await files.open("left")).read(0, 333)).toEqual(bytesOf(333));
    expect(await files.listUnfinished()).toEqual([]);
  });

  it("an unfinished file can be deleted, but not while it is being stored", async () => {
    const { files } = newFiles();
    async function* watched() {
      yield bytesOf(120);
      expect(await files.listUnfinished()).toMatchObject([{ id: "a", isActive: true }]);
      await expect(files.remove("a")).rejects.toMatchObject({ code: "storage" });
      throw new Error("network gone");
    }
    await expect(files.store("a", incoming(150, watched()), named())).rejects.toThrow("network gone");
    await files.remove("a");
    expect(await files.listUnfinished()).toEqual([]);
  });

  it("a transfer that another one is in the middle of is not swept away", async () => {
    const { files } = newFiles();
    async function* whileAnother() {
      yield bytesOf(150);
      await storeBytes(files, bytesOf(50), "b");
      yield bytesOf(50);
    }
    await files.store("a", incoming(200, whileAnother()), named());
    expect((await files.list()).map((file) => file.id)).toEqual(["a", "b"]);
    expect((await (await files.open("a")).read(0, 200)).length).toBe(200);
  });
});

describe("what a publisher says of a file", () => {
  const bytes = bytesOf(333);
  const whole = [{ name: "a.gguf", sizeBytes: 333, sha256: sha256(bytes) }];
  // 150: neither file begins or ends where a part does.
  const split = [
    { name: "a-1", sizeBytes: 150, sha256: sha256(bytes.slice(0, 150)) },
    { name: "a-2", sizeBytes: 183, sha256: sha256(bytes.slice(150)).toUpperCase() },
  ];

  it.each([
    ["whole", whole],
    ["of two", split],
  ])("a file %s with the right hash is kept, parts coming in any order", async (_, sections) => {
    const { files } = newFiles();
    const late = ranged(bytes, {
      sections,
      async *pieces(start, end) {
        await new Promise((resolve) => setTimeout(resolve, start === 0 ? 30 : 1));
        yield bytes.slice(start, end);
      },
    });
    expect(await files.store("a", late.open, named())).toMatchObject({ isComplete: true });
  });

  it("a file with another hash is refused, and nothing of it kept", async () => {
    const { files, store } = newFiles();
    const wrong = bytes.slice();
    wrong[120]! ^= 1;
    await expect(files.store("a", ranged(wrong, { sections: whole }).open, named())).rejects.toMatchObject({
      code: "download",
      message: expect.stringContaining(sha256(bytes).slice(0, 12)) as string,
    });
    expect(await isEmpty(store, "a")).toBe(true);
  });

  it("of two files the wrong one alone comes again", async () => {
    const { files } = newFiles();
    const wrong = bytes.slice();
    wrong[320]! ^= 1;
    await expect(files.store("a", ranged(wrong, { sections: split }).open, named())).rejects.toMatchObject({
      message: expect.stringContaining("a-2") as string,
    });
    const { asked, open } = ranged(bytes, { sections: split });
    await files.store("a", open, named());
    expect(asked[0]).toEqual([100, 200]);
    expect(await (await files.open("a")).read(0, 333)).toEqual(bytes);
  });

  it.each([
    ["with what was hashed kept", false],
    ["with nothing but the parts kept", true],
  ])("a file taken up is compared as a whole, %s", async (_, forgets) => {
    for (const at of [20, 320]) {
      const { files, store } = newFiles();
      const came = bytes.slice();
      came[at]! ^= 1;
      const broken = ranged(came, {
        sections: whole,
        connections: 2,
        async *pieces(start, end) {
          if (start >= 200) throw new Error("network gone");
          await new Promise((resolve) => setTimeout(resolve, 5));
          yield came.slice(start, end);
        },
      });
      await expect(files.store("a", broken.open, named())).rejects.toThrow("network gone");
      if (forgets) await store.changeFile("a", { hashed: undefined });
      const again = ranged(came, { sections: whole });
      await expect(files.store("a", again.open, named())).rejects.toMatchObject({ code: "download" });
      expect(again.asked[0]![0]).toBeGreaterThan(0);
      await files.store("a", ranged(bytes, { sections: whole }).open, named());
    }
  });

  it.each([
    ["another version", bytes, { version: '"2"' }],
    ["another size", bytesOf(340), { version: '"1"' }],
  ])("%s is never mixed with what is stored, and starting over gives it", async (_, changed, options) => {
    const { files, store } = newFiles();
    const broken = ranged(bytes, {
      version: '"1"',
      connections: 1,
      async *pieces() {
        await Promise.resolve();
        yield bytes.slice(0, 250);
        throw new Error("network gone");
      },
    });
    await expect(files.store("a", broken.open, named())).rejects.toThrow("network gone");
    const now = ranged(changed, options);
    await expect(files.store("a", now.open, named())).rejects.toMatchObject({
      code: "file-changed",
      hint: expect.stringContaining("Start over") as string,
    });
    expect(now.asked).toEqual([]);
    expect(await store.partIndexes("a")).toEqual([0, 1]);
    await files.remove("a");
    await files.store("a", now.open, named());
    expect(await (await files.open("a")).read(0, changed.length)).toEqual(changed);
  });
});

describe("verifying", () => {
  const bytes = bytesOf(333);
  async function damaged() {
    const { files, store } = newFiles();
    await files.store("a", ranged(bytes, { version: '"1"' }).open, named());
    const flipped = bytes.slice(100, 200);
    flipped[7]! ^= 4;
    const hash = await store.partHash("a", 1);
    expect(hash).toBe(sha256(bytes.slice(100, 200)));
    await store.putPart("a", 1, new Blob([flipped]), hash);
    return { files, store };
  }

  it("finds nothing in a sound file, and reports how far it is", async () => {
    const { files } = newFiles();
    await files.store("a", ranged(bytes).open, named());
    const seen: number[] = [];
    const found = await files.verify("a", { onProgress: (n) => seen.push(n) });
    expect(found).toEqual({ nParts: 4, damagedParts: [], nUnknown: 0 });
    expect(seen).toEqual([100, 200, 300, 333]);
  });

  it("names parts that were changed, cut or lost, and those that can not be compared", async () => {
    const { files, store } = await damaged();
    await store.removeParts("a", 2, 3);
    await store.putPart("a", 3, new Blob([bytes.slice(300)])); // as the first version wrote it
    expect(await files.verify("a")).toEqual({ nParts: 4, damagedParts: [1, 2], nUnknown: 1 });
    await store.putPart("a", 3, new Blob([bytes.slice(300, 320)]), "x");
    expect((await files.verify("a")).damagedParts).toEqual([1, 2, 3]);
  });

  it("repair fetches the damaged parts alone", async () => {
    const { files } = await damaged();
    const { asked, open } = ranged(bytes, { version: '"1"' });
    await files.repair("a", [1], open);
    expect(asked).toEqual([[100, 200]]);
    expect(await files.verify("a")).toMatchObject({ damagedParts: [] });
    expect(await (await files.open("a")).read(0, 333)).toEqual(bytes);
  });

  it.each([
    ["version", { version: '"2"' }],
    ["content", { version: null }],
  ])("repair takes no part of a file of another %s", async (what, options) => {
    const { files, store } = await damaged();
    const other = bytes.map((byte) => byte ^ (what === "content" ? 1 : 0));
    await expect(files.repair("a", [1], ranged(other, options).open)).rejects.toMatchObject({
      code: "file-changed",
    });
    expect((await files.verify("a")).damagedParts).toEqual([1]);
    expect(await store.partIndexes("a")).toEqual([0, 1, 2, 3]);
  });
});

describe("reading", () => {
  it.each([
    [0, 0],
    [0, 333],
    [99, 2],
    [100, 100],
    [150, 183],
    [332, 1],
  ])("from %i, %i bytes are those of the file", async (offset, length) => {
    const { files } = newFiles();
    await storeBytes(files, bytesOf(333));
    expect(await (await files.open("a")).read(offset, length)).toEqual(
      bytesOf(333).slice(offset, offset + length),
    );
  });

  it.each([
    [333, 1],
    [-1, 5],
    [0, 334],
  ])("from %i, %i bytes are not all there, and it says so", async (offset, length) => {
    const { files } = newFiles();
    await storeBytes(files, bytesOf(333));
    await expect((await files.open("a")).read(offset, length)).rejects.toMatchObject({ code: "storage" });
  });

  it("in order, each part is looked up once", async () => {
    const { files, store } = newFiles();
    await storeBytes(files, bytesOf(1000));
    const part = vi.fn((id: string, index: number) => store.part(id, index));
    const source = await new ModelFiles({ ...store, part }, partBytes).open("a");
    for (let at = 0; at < 1000; at += 40) await source.read(at, 40);
    expect(part.mock.calls.map(([, index]) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("a part that is lost, or cut, is told as such", async () => {
    const { files, store } = newFiles();
    await storeBytes(files, bytesOf(333));
    await store.putPart("a", 1, new Blob([bytesOf(99)]));
    const source = await files.open("a");
    await expect(source.read(150, 10)).rejects.toMatchObject({
      code: "storage",
      message: expect.stringContaining("part 1 has 99 bytes, not 100") as string,
    });
    await store.putPart("a", 1, new Blob([bytesOf(100)]));
    expect((await source.read(150, 10)).length).toBe(10); // the failure is not kept
  });
});

it("touch notes the use, and does not bring a deleted file back", async () => {
  const { files } = newFiles();
  await storeBytes(files, bytesOf(10));
  await files.touch("a");
  expect((await files.find("a"))?.lastUsedAt).toBeGreaterThan(0);
  await files.remove("a");
  await files.touch("a");
  expect(await files.list()).toEqual([]);
});

it("a removed file leaves no part, and the others stay", async () => {
  const { files, store } = newFiles();
  await storeBytes(files, bytesOf(250), "a");
  await storeBytes(files, bytesOf(250), "ab"); // a longer id that begins alike
  await files.remove("a");
  expect(await isEmpty(store, "a")).toBe(true);
  expect(await (await files.open("ab")).read(0, 250)).toEqual(bytesOf(250));
});

it("what came beside a file is stored before the file is complete, and goes with it alone", async () => {
  const { store } = newFiles();
  const written: string[] = [];
  const watched: PartStore = {
    ...store,
    putFile: (file) => (written.push("begun"), store.putFile(file)),
    changeFile: (id, changes) => {
      written.push(changes.isComplete ? "complete" : "described");
      return store.changeFile(id, changes);
    },
    putCompanions: (id, texts) => (written.push(...Object.keys(texts)), store.putCompanions(id, texts)),
  };
  const files = new ModelFiles(watched, partBytes);
  const describe = () => Promise.resolve({ name: "x", companions: { "a.json": "{}" } });
  for (const id of ["a", "ab"]) await files.store(id, incoming(10, pieces(bytesOf(10))), { describe });
  expect(written.slice(0, 4)).toEqual(["begun", "a.json", "described", "complete"]);
  await files.remove("a");
  expect(await files.companion("a", "a.json")).toBeUndefined();
  expect(await files.companion("ab", "a.json")).toBe("{}");
  expect(await files.companion("ab", "b.json")).toBeUndefined();
});

it("a file whose companions can not be written is not complete", async () => {
  const { store } = newFiles();
  const full: PartStore = {
    ...store,
    putCompanions: () => Promise.reject(new DOMException("full", "QuotaExceededError")),
  };
  const files = new ModelFiles(full, partBytes);
  await expect(storeBytes(files, bytesOf(10))).rejects.toMatchObject({ code: "storage-full" });
  expect(await files.list()).toEqual([]);
  expect(await storeBytes(new ModelFiles(store, partBytes), bytesOf(10))).toMatchObject({ isComplete: true });
});

it("gives back the files that a model came as, split where it was, and the texts beside them", async () => {
  const { files } = newFiles();
  const bytes = bytesOf(250);
  const shards = [
    { name: "F16/a-00001-of-00002.gguf", sizeBytes: 130 },
    { name: "F16/a-00002-of-00002.gguf", sizeBytes: 120 },
  ];
  const companions = { "tokenizer.json": "{}", "config.json": '{"é":1}' };
  const { open } = ranged(bytes, { files: shards });
  const describe = () => Promise.resolve({ name: "A model", companions });
  const { id } = await files.store("a", open, { describe });
  const originals = await files.originals(id);
  const read = originals.map(async (file) => [file.name, await file.bytes()] as const);
  expect(Object.fromEntries(await Promise.all(read))).toEqual({
    "a-00001-of-00002.gguf": bytes.slice(0, 130),
    "a-00002-of-00002.gguf": bytes.slice(130),
    "config.json": new TextEncoder().encode('{"é":1}'),
    "tokenizer.json": new TextEncoder().encode("{}"),
  });
});

/** Each with what a sound record is made into. */
const damages: readonly [string, (sound: StoredFile) => unknown][] = [
  ["null", () => null],
  ["text", () => "file"],
  ["an empty object", () => ({})],
  ["of another id", (sound) => ({ ...sound, id: "other" })],
  ["without an origin", ({ origin: _, ...rest }) => rest],
  ["with an origin of no known kind", (sound) => ({ ...sound, origin: { kind: "cloud" } })],
  ["with a hub origin without files", (sound) => ({ ...sound, origin: { ...hubOrigin, files: undefined } })],
  ["without a name", (sound) => ({ ...sound, name: undefined })],
  ["with a size that is text", (sound) => ({ ...sound, sizeBytes: "250" })],
  ["with parts of no bytes", (sound) => ({ ...sound, partBytes: 0 })],
  ["with files that have no sizes", (sound) => ({ ...sound, files: [{ name: "a" }] })],
];
const hubOrigin = { kind: "hub", hubUrl: "h", repo: "r", revision: "c", branch: "main", files: [] } as const;

describe.each(damages)("a record that is damaged: %s", (_, damage) => {
  async function openDamaged() {
    const name = `models-test-${databases++}`;
    const store = openPartStore(name);
    const files = new ModelFiles(store, partBytes);
    const sound = await storeBytes(files, bytesOf(250), "sound");
    const damaged = await storeBytes(files, bytesOf(250), "a");
    await set(["file", "a"], damage(damaged), createStore(name, "models"));
    return { store, files, sound };
  }

  it("is listed with the room it takes and never opened; the sound one beside it works", async () => {
    const { files, sound } = await openDamaged();
    expect(await files.list()).toEqual([sound]);
    expect(await (await files.open("sound")).read(0, 250)).toEqual(bytesOf(250));
    expect(await files.listUnfinished()).toMatchObject([
      { id: "a", name: "Damaged model", fileName: "a", receivedBytes: 250, isDamaged: true },
    ]);
    await expect(files.open("a")).rejects.toMatchObject({ code: "storage" });
  });

  it("can be deleted with its parts", async () => {
    const { files, store, sound } = await openDamaged();
    await files.remove("a");
    expect(await files.listUnfinished()).toEqual([]);
    expect(await store.partIndexes("a")).toEqual([]);
    expect(await files.list()).toEqual([sound]);
  });

  it("is replaced when the model is stored anew, and none of its parts is taken up", async () => {
    const { files } = await openDamaged();
    const other = bytesOf(260).slice(10);
    expect(await storeBytes(files, other, "a")).toMatchObject({ isComplete: true });
    expect(await (await files.open("a")).read(0, 250)).toEqual(other);
    expect(await files.listUnfinished()).toEqual([]);
  });
});

it("a record with all that it may have is whole", async () => {
  const { files, store } = newFiles();
  const { open } = ranged(bytesOf(250), {
    origin: { ...hubOrigin, files: [{ path: "a", sizeBytes: 250, sha256: "0" }] },
    files: [{ name: "a.gguf", sizeBytes: 250 }],
    version: "1",
  });
  const stored = await files.store("a", open, named());
  expect(await files.list()).toEqual([stored]);
  await files.touch("a");
  expect(await store.damagedIds()).toEqual([]);
});
