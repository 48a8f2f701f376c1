import { expect, it } from "vitest";
import type { Gpu } from "../../engine/gpu/device";
import { describeGpu } from "./engine-report";

const limits = new Proxy({}, { get: () => 1 }) as GPUSupportedLimits;

function gpuWith(adapterFeatures: string[], deviceFeatures: string[], facts: Partial<Gpu> = {}): Gpu {
  const info = { vendor: "v", architecture: "a", device: "d", description: "x" };
  return {
    info,
    adapter: { features: new Set(adapterFeatures), limits, info },
    device: { features: new Set(deviceFeatures), limits },
    compiler: {
      compiles: [
        { label: "quick", elapsedMs: 1 },
        { label: "slow", elapsedMs: 9 },
      ],
    },
    hasF16: true,
    hasInt8Dot: false,
    ...facts,
  } as unknown as Gpu;
}

const stateOf = (gpu: Gpu, feature: string) => describeGpu(gpu).features.find(({ name }) => name === feature);

it("a feature is used, refused, missing or unused, and says why", () => {
  const full = ["shader-f16", "timestamp-query", "depth-clip-control"];
  expect(stateOf(gpuWith(full, full), "shader-f16")?.state).toBe("used");
  expect(stateOf(gpuWith(full, full, { hasF16: false }), "shader-f16")).toMatchObject({
    state: "refused",
    reason: expect.stringContaining("does not compile") as string,
  });
  expect(stateOf(gpuWith(full, ["timestamp-query"]), "shader-f16")?.state).toBe("refused");
  expect(stateOf(gpuWith([], []), "timestamp-query")?.state).toBe("missing");
  expect(stateOf(gpuWith(full, full), "depth-clip-control")?.state).toBe("unused");
  expect(stateOf(gpuWith(full, full), "packed_4x8_integer_dot_product")?.state).toBe("missing");
});

it("shaders come slowest first", () => {
  expect(describeGpu(gpuWith([], [])).compiles.map(({ label }) => label)).toEqual(["slow", "quick"]);
});
