import { expect, it } from "vitest";
import "../../testing/gpu/gpu"; // chooses the adapter of this process
import { countBuffers } from "../../testing/gpu/count-buffers";
import { openNodeFile } from "../../testing/models/node-file";
import { openNodeGpu, type NodeAdapter } from "../../testing/gpu/node-gpu";
import { readModelConfig } from "../weights/config/config";
import { readGguf } from "../weights/gguf/gguf";
import { FIRST_ROOM } from "./state/kv-room";
import { peakBytes } from "./memory-peak";
import { kvTypeFor } from "./memory-plan";
import { openModel } from "./open-model";
import { Session } from "./session";
import { planWeights } from "./weights/weights-plan";

// nano's peak is while it loads. Heads of the real size make it that of a growing cache: of 16 bits to 4K, of
// 8 bits at 16K and 64K. Few tokens are read, or none: making room is what takes the memory of a long prompt,
// kernels take none.
it.each([
  ["nano-F32", 1024, 1000],
  ["nano-F32", 16_384, 100],
  ["heads-MIX", 1024, 0],
  ["heads-MIX", 4096, 0],
  ["heads-MIX", 16_384, 0],
  ["heads-MIX", 65_536, 0],
])(
  "%s with a context of %i tokens takes at its peak what is planned, within 5 %",
  async (name, capacity, nRead) => {
    const gpu = await openNodeGpu(process.env["GPU_ADAPTER"] as NodeAdapter | undefined);
    const counted = countBuffers(gpu.device);
    const file = await openNodeFile(`goldens/${name}.gguf`);
    const gguf = await readGguf(file);
    const config = readModelConfig(gguf);
    const kvType = kvTypeFor(undefined, capacity);
    // Opened as the engine does: the cache grows with what is read.
    const open = await openModel(gpu, file, { contextLength: capacity, room: FIRST_ROOM, kvType });
    const session = new Session(gpu, open.model, open.scope);
    if (nRead > 0)
      await session.read({ ids: Array.from({ length: nRead }, (_, i) => (i * 7) % config.vocabSize) });
    for (let room = FIRST_ROOM; room < capacity;) {
      room = Math.min(2 * room, capacity);
      await open.model.reserve(room);
    }
    await file.close();
    const planned = peakBytes(
      config,
      planWeights(config, gguf, gpu.maxBindingBytes),
      capacity,
      gpu.maxBindingBytes,
      kvType,
    );
    open.dispose();
    gpu.device.destroy();
    expect(
      Math.abs(counted.peak - planned) / planned,
      `${planned} planned, ${counted.peak} at the peak`,
    ).toBeLessThan(0.05);
  },
);
