import { expect, it } from "vitest";
import { gpu } from "../../testing/gpu/gpu";
import { measureQuantize } from "./quantize";

it("the quantizing shaders are timed on whole slices, each type by itself", async () => {
  const before = gpu.memory.liveBytes;
  const { bytes, rates } = await measureQuantize(gpu, 128 * 1024);
  expect(bytes).toBe(128 * 1024);
  expect(rates.map(({ format }) => format)).toEqual(["Q8_0", "Q4_K", "Q6_K"]);
  for (const { megabytesPerSecond } of rates) expect(megabytesPerSecond).toBeGreaterThan(0);
  expect(gpu.memory.liveBytes).toBe(before);
});
