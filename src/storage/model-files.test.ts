import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";
import { ModelFormatError } from "../errors";
import { ModelFiles, type IncomingFile } from "./model-files";
import { openPartStore, type PartStore } from "./part-store";

const partBytes = 100;
let databases = 0;
/** A database of its own for each test, with small parts. */
function newFiles() {
  const store = openPartStore(`models-test-${databases++}`);
  return { store, files: new ModelFiles(store, partBytes) };
}

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 255);

const origin = { kind: "url", url: "https://example.com/a.gguf" } as const;

/** A file of the given size, whatever its pieces then come to. */
const incoming =
  (sizeBytes: number, pieces: AsyncIterable<Uint8Array<ArrayBuffer>>, close = () => Promise.resolve()) =>
  (): Promise<IncomingFile> =>
    Promise.resolve({ fileName: "a.gguf", sizeBytes, origin, pieces, close });

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

/** Whether neither a record nor a part of the file is there. */
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
    const refused = new ModelFormatError("not a model", { hint: "" });
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
  it("a full disk is told with the size, leaves no part of this file, and keeps the others", async () => {
    const { files, store } = newFiles();
    await storeBytes(files, bytesOf(250), "other");
    const full: PartStore = {
      ...store,
      putPart: (id, index, bytes) =>
        index < 2
          ? store.putPart(id, index, bytes)
          : Promise.reject(new DOMException("full", "QuotaExceededError")),
    };
    const error: unknown = await storeBytes(new ModelFiles(full, partBytes), bytesOf(333)).catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({ code: "storage-full", message: expect.stringContaining("1 MB") as string });
    expect((error as { hint: string }).hint).toMatch(/delete/i);
    expect(await isEmpty(store, "a")).toBe(true);
    expect(await (await files.open("other")).read(0, 250)).toEqual(bytesOf(250));
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
      message: "“a.gguf” needs 700 MB. This site may store 1,000 MB and uses 400 MB of it.",
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

  it.each([
    [340, "more than the 333 bytes"],
    [300, "300 of its 333 bytes"],
  ])("%i bytes of a file of 333 are refused", async (came, message) => {
    const { files, store } = newFiles();
    await expect(files.store("a", incoming(333, pieces(bytesOf(came))), named())).rejects.toMatchObject({
      code: "storage",
      message: expect.stringContaining(message) as string,
    });
    expect(await isEmpty(store, "a")).toBe(true);
  });

  it("an abort ends the transfer and leaves nothing", async () => {
    const { files, store } = newFiles();
    const controller = new AbortController();
    const transfer = files.store("a", incoming(333, pieces(bytesOf(333))), {
      ...named(),
      signal: controller.signal,
      onProgress: (bytes) => bytes > 150 && controller.abort(),
    });
    await expect(transfer).rejects.toMatchObject({ name: "AbortError" });
    expect(await isEmpty(store, "a")).toBe(true);
  });

  it("what a closed tab left is not listed, gone with the next file, and its own file starts anew", async () => {
    const { files, store } = newFiles();
    const left = {
      id: "left",
      name: "left",
      fileName: "left.gguf",
      sizeBytes: 333,
      origin,
      partBytes,
      addedAt: 1,
      lastUsedAt: null,
      isComplete: false,
    };
    await store.putFile(left);
    await store.putPart("left", 0, new Blob([bytesOf(100)]));
    expect(await files.list()).toEqual([]);
    await storeBytes(files, bytesOf(50), "a");
    expect(await isEmpty(store, "left")).toBe(true);
    await store.putFile(left);
    await store.putPart("left", 0, new Blob([bytesOf(1)]));
    await storeBytes(files, bytesOf(333), "left");
    expect(await (await files.open("left")).read(0, 333)).toEqual(bytesOf(333));
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
    putFile: (file) => (written.push(`complete ${file.isComplete}`), store.putFile(file)),
    putCompanions: (id, texts) => (written.push(...Object.keys(texts)), store.putCompanions(id, texts)),
  };
  const files = new ModelFiles(watched, partBytes);
  const describe = () => Promise.resolve({ name: "x", companions: { "a.json": "{}" } });
  for (const id of ["a", "ab"]) await files.store(id, incoming(10, pieces(bytesOf(10))), { describe });
  expect(written.slice(0, 3)).toEqual(["complete false", "a.json", "complete true"]);
  await files.remove("a");
  expect(await files.companion("a", "a.json")).toBeUndefined();
  expect(await files.companion("ab", "a.json")).toBe("{}");
  expect(await files.companion("ab", "b.json")).toBeUndefined();
});

it("a file whose companions can not be written is not kept", async () => {
  const { store } = newFiles();
  const full: PartStore = {
    ...store,
    putCompanions: () => Promise.reject(new DOMException("full", "QuotaExceededError")),
  };
  const files = new ModelFiles(full, partBytes);
  await expect(storeBytes(files, bytesOf(10))).rejects.toMatchObject({ code: "storage-full" });
  expect(await isEmpty(store, "a")).toBe(true);
});
