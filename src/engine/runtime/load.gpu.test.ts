import { afterEach, describe, expect, it, vi } from "vitest";
import { OutOfMemoryError } from "../../ground/errors";
import { gpu } from "../../testing/gpu/gpu";
import { makeModel } from "../../testing/models/make-model";
import { memorySource } from "../../testing/models/memory-source";
import { openModel, type OpenModelOptions } from "./open-model";
import { verbatim } from "../../language/language";

const source = memorySource(makeModel({ config: "nano", quant: "MIX", seed: 1 }));
const open = (options: Partial<OpenModelOptions> = {}) =>
  openModel(gpu, source, { contextLength: 64, precision: "f32", ...options });

afterEach(() => vi.restoreAllMocks());

describe("a load that ends early gives back every byte", () => {
  it.each(["small tensors", "upload", "raw blocks", "keys"])(
    "when the device refuses %s",
    async (refused) => {
      const before = gpu.memory.liveBytes;
      const create = gpu.memory.create.bind(gpu.memory);
      vi.spyOn(gpu.memory, "create").mockImplementation((label, ...rest) => {
        if (label.name === refused) throw new OutOfMemoryError(verbatim("No more."), { hint: verbatim("") });
        return create(label, ...rest);
      });
      await expect(open()).rejects.toMatchObject({ code: "out-of-memory" });
      expect(gpu.memory.liveBytes).toBe(before);
    },
  );

  // The first byte, and the last: what is left then is to wait for the kernels.
  it.each([0, 1])("when it is cancelled at %i of the bytes", async (share) => {
    const before = gpu.memory.liveBytes;
    const controller = new AbortController();
    const loading = open({
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.phase === "reading" && progress.loadedBytes >= share * progress.totalBytes)
          controller.abort();
      },
    });
    await expect(loading).rejects.toMatchObject({ code: "cancelled" });
    expect(gpu.memory.liveBytes).toBe(before);
  });
});
