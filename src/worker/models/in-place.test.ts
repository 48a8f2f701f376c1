import "fake-indexeddb/auto";
import { createStore, set } from "idb-keyval";
import { describe, expect, it } from "vitest";
import {
  findInPlace,
  listDamagedInPlace,
  listInPlace,
  removeInPlace,
  touchInPlace,
  type ReadableHandle,
} from "../../storage/models/in-place-models";
import { addInPlace, openInPlace } from "./in-place";

// A browser's handle can be stored, a test's functions can not; so these are on the prototype, which a stored
// copy has not.
class Handle implements ReadableHandle {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  getFile(): Promise<File> {
    return Promise.resolve(new File(["GGUF", this.name], this.name, { lastModified: 5 }));
  }
}

describe("a model used in place", () => {
  it("is known by its handles and the texts beside it, until it is removed", async () => {
    const beside = [new File(['{"a":1}'], "tokenizer.json")];
    const stored = await addInPlace([new Handle("m.gguf")], beside, async (source, fileName, find) => ({
      name: `${fileName} of ${source.sizeBytes} ${await find("tokenizer.json")}`,
    }));
    expect(stored).toMatchObject({
      name: 'm.gguf of 10 {"a":1}',
      origin: { kind: "in-place", fileName: "m.gguf" },
      lastUsedAt: null,
    });
    expect((await findInPlace(stored.id))?.companions).toEqual({ "tokenizer.json": '{"a":1}' });
    await touchInPlace(stored.id);
    expect((await listInPlace())[0]!.lastUsedAt).toBeGreaterThan(0);
    await removeInPlace(stored.id);
    await touchInPlace(stored.id);
    expect(await listInPlace()).toEqual([]);
  });

  it.each([
    ["null", () => null],
    ["without handles", (sound: object) => ({ ...sound, handles: undefined })],
    ["with no handle", (sound: object) => ({ ...sound, handles: [] })],
    ["without companions", (sound: object) => ({ ...sound, companions: null })],
    ["of another id", (sound: object) => ({ ...sound, id: "other" })],
  ])("whose record is damaged (%s) is listed as such, not opened, and can be removed", async (_, damage) => {
    const describe = () => Promise.resolve({ name: "m" });
    const sound = await addInPlace([new Handle("sound.gguf")], [], describe);
    const { id } = await addInPlace([new Handle("m.gguf")], [], describe);
    await set(id, damage((await findInPlace(id))!), createStore("in-place", "models"));
    expect((await listInPlace()).map((model) => model.id)).toEqual([sound.id]);
    expect(await listDamagedInPlace()).toEqual([id]);
    expect(await findInPlace(id)).toBeUndefined();
    await touchInPlace(id);
    await removeInPlace(id);
    expect(await listDamagedInPlace()).toEqual([]);
    await removeInPlace(sound.id);
  });

  it("that is refused is not kept", async () => {
    await expect(
      addInPlace([new Handle("m.gguf")], [], () => Promise.reject(new Error("no model"))),
    ).rejects.toThrow("no model");
    expect(await listInPlace()).toEqual([]);
  });

  const model = {
    id: "x",
    name: "m",
    sizeBytes: 28,
    handles: [new Handle("b-00002-of-00002"), new Handle("a-00001-of-00002")],
    companions: {},
    addedAt: 0,
    lastUsedAt: null,
  };

  it("is read from its files, a split one in the order of their names", async () => {
    const source = await openInPlace({ ...model, sizeBytes: 40 });
    expect(source.files?.map(({ name }) => name)).toEqual(["a-00001-of-00002", "b-00002-of-00002"]);
    expect(new TextDecoder().decode(await source.read(0, 40))).toBe(
      "GGUFa-00001-of-00002GGUFb-00002-of-00002",
    );
  });

  it("needs a click where the browser asks again", async () => {
    const handle = Object.assign(new Handle("m.gguf"), {
      queryPermission: () => Promise.resolve<PermissionState>("prompt"),
    });
    await expect(openInPlace({ ...model, handles: [handle] })).rejects.toMatchObject({
      code: "permission",
      message: expect.stringContaining("m.gguf") as string,
    });
  });

  it("is told of when its file is gone or was replaced", async () => {
    const gone = Object.assign(new Handle("m.gguf"), {
      getFile: () => Promise.reject(new Error("NotFoundError")),
    });
    await expect(openInPlace({ ...model, handles: [gone] })).rejects.toThrow("“m.gguf” is not where it was.");
    await expect(openInPlace(model)).rejects.toThrow("has 40 bytes now; it had 28 when it was added");
    const ofSameLength = openInPlace({ ...model, sizeBytes: 40, changedAt: [5, 4] });
    await expect(ofSameLength).rejects.toThrow("“a-00001-of-00002” has changed since it was added.");
    await openInPlace({ ...model, sizeBytes: 40, changedAt: [5, 5] });
  });
});
