import { defineConfig } from "vitest/config";
import { runtimeFolder } from "./scripts/lib/adapters.mjs";
import { findSwiftshader } from "./scripts/lib/browser.mjs";

const swiftshaderIcd = await findSwiftshader();

/**
 * Tests of what is above the kernels: sessions, loading, tools. They hold on any adapter on which kernels and goldens hold, so
 * they run on one, the faster; npm test says when it has to be the other.
 */
const aboveKernels = "src/{runtime,worker,bench,debug,testing}/**/!(golden).gpu.test.ts";
const runsThem = process.env["TESTS_ABOVE_KERNELS"] ?? "lavapipe";

/** Kernels and runtime over Dawn, one process for each file: Vulkan chooses its driver once per process. */
const gpuProject = (adapter: "swiftshader" | "lavapipe") => ({
  test: {
    name: `gpu-${adapter}`,
    include: ["src/**/*.gpu.test.ts"],
    exclude: adapter === runsThem ? [] : [aboveKernels],
    pool: "forks" as const,
    maxWorkers: 2,
    testTimeout: 300_000, // as below
    hookTimeout: 300_000,
    env: {
      GPU_ADAPTER: adapter,
      XDG_RUNTIME_DIR: runtimeFolder(),
      ...(swiftshaderIcd && { SWIFTSHADER_ICD: swiftshaderIcd }),
    },
  },
});

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{src,scripts}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.gpu.test.ts"],
          environment: "node",
          testTimeout: 60_000, // a busy machine is no failure
        },
      },
      gpuProject("swiftshader"),
      gpuProject("lavapipe"),
    ],
  },
});
