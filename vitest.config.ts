import { defineConfig } from "vitest/config";
import { runtimeFolder } from "./scripts/lib/adapters.mjs";
import { findSwiftshader } from "./scripts/lib/browser.mjs";

const swiftshaderIcd = await findSwiftshader();

/** Kernels and runtime over Dawn, one process for each file: Vulkan chooses its driver once per process. */
const gpuProject = (adapter: "swiftshader" | "lavapipe") => ({
  test: {
    name: `gpu-${adapter}`,
    include: ["src/**/*.gpu.test.ts"],
    pool: "forks" as const,
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
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
        },
      },
      gpuProject("swiftshader"),
      gpuProject("lavapipe"),
    ],
  },
});
