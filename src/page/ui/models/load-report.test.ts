import { expect, it } from "vitest";
import { describeAgainstBare, describeLoadTimes } from "./load-report";

const transport = { bytes: 1.2e9, ms: 2100, readMs: 1900, gpuMs: 800 };

it("says where the time of a load went, and leaves out what took none", () => {
  const stages = [
    { name: "device", startMs: 0, endMs: 2 },
    { name: "kernels", startMs: 2, endMs: 1502 },
    { name: "weights", startMs: 100, endMs: 2200 },
    { name: "first token", startMs: 3150, endMs: 3200 },
  ];
  expect(describeLoadTimes({ stages, transport })).toBe(
    "Loaded in 3.20\u00a0s: kernels 1.50\u00a0s, weights 2.10\u00a0s (read 1.90\u00a0s, GPU 0.80\u00a0s; 571\u00a0MB/s), first token 0.05\u00a0s.",
  );
});

it("compares a load with a bare loop by what each brings in a second", () => {
  expect(describeAgainstBare({ transport }, { bytes: 1.3e9, ms: 2000 })).toBe(
    "A bare loop reads 650\u00a0MB/s; this load took 571\u00a0MB/s to the GPU, 88\u00a0% of it.",
  );
});
