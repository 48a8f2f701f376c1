import { describe, expect, it } from "vitest";
import type { MemoryKind } from "../../ground/memory-kind";
import { gpu } from "../../testing/gpu/gpu";
import { openNodeFile } from "../../testing/models/node-file";
import { readModelConfig } from "../weights/config/config";
import { readGguf } from "../weights/gguf/gguf";
import { longestContext, planMemory } from "./memory-plan";
import { openModel } from "./open-model";
import { Session } from "./session";
import { planWeights } from "./weights/weights-plan";

describe("memory plan", () => {
  it.each([
    ["public/models/demo/demo.gguf", 1024],
    ["public/models/demo/demo.gguf", 4096],
    ["goldens/heads-MIX.gguf", 300],
  ])("of %s at %i tokens is what is then allocated", async (path, contextLength) => {
    const file = await openNodeFile(path);
    const before = new Map(gpu.memory.rows().map((row) => [row.buffer, row]));
    const open = await openModel(gpu, file, { contextLength });
    new Session(gpu, open.model, open.scope);
    const live = new Map<MemoryKind, number>();
    for (const row of gpu.memory.rows()) {
      if (before.has(row.buffer) || row.name === "dispatch parameters") continue;
      live.set(row.kind, (live.get(row.kind) ?? 0) + row.sizeBytes);
    }
    const gguf = await readGguf(file);
    const config = readModelConfig(gguf);
    const weights = planWeights(config, gguf, gpu.maxBindingBytes);
    const plan = planMemory(config, weights, contextLength, gpu.maxBindingBytes);
    open.dispose();
    await file.close();
    for (const { kind, bytes } of plan) {
      if (kind === "staging")
        expect(live.get(kind), kind).toBeLessThanOrEqual(bytes); // most of it is given back
      else
        expect(
          Math.abs(bytes - live.get(kind)!) / bytes,
          `${kind}: ${bytes} planned, ${live.get(kind)} live`,
        ).toBeLessThan(0.02);
    }
  });
});

it("the longest context is what the file says, as far as the rotary table reaches", async () => {
  const file = await openNodeFile("goldens/nano-MIX.gguf");
  const config = readModelConfig(await readGguf(file));
  await file.close();
  expect(longestContext(config)).toBe(config.contextLength);
  expect(longestContext({ ...config, contextLength: 4_000_000 })).toBe(2 ** 20);
});
