import { defineConfig } from "vitest/config";
import { runtimeFolder } from "./scripts/lib/adapters.mjs";
import { findSwiftshader } from "./scripts/lib/browser.mjs";

const swiftshaderIcd = await findSwiftshader();

/**
 * Tests of what is above the kernels: sessions, loading, tools. They hold on any adapter on which kernels and
 * goldens hold, so they run on one, the faster; npm test says when it has to be the other.
 */
const aboveKernels = "src/{engine/runtime,worker,instruments,testing}/**/!(golden).gpu.test.ts";
const runsThem = process.env["TESTS_ABOVE_KERNELS"] ?? "lavapipe";

const gpuTests = "src/**/*.gpu.test.ts";

/** Tests of sums over subgroups: on lavapipe these have its own eight lanes. */
const usesSubgroups =
  "src/engine/{kernels/products/norm-product,runtime/compile/tuner/decode-product}.gpu.test.ts";

/** Tests of subgroup matrices, which lavapipe has from Mesa 26 on. */
const needsMatrices = "src/instruments/bench/matmul-matrices.gpu.test.ts";

/**
 * All else has vectors of four lanes on lavapipe, for which it compiles twice as fast as for eight, and
 * compiling is most of its time (docs/decisions/compilers-and-drivers.md).
 */
const fourLanes = { LP_NATIVE_VECTOR_WIDTH: "128" };

/** Kernels and runtime over Dawn, one process for each file: Vulkan chooses its driver once per process. */
const gpuProject = (
  name: string,
  adapter: "swiftshader" | "lavapipe" | "wgpu",
  files: { readonly include: readonly string[]; readonly exclude: readonly string[] },
  environment = {},
) => ({
  test: {
    name,
    include: [...files.include],
    exclude: [...files.exclude, ...(adapter === runsThem ? [] : [aboveKernels])],
    pool: "forks" as const,
    maxWorkers: 2,
    testTimeout: 300_000, // as below
    hookTimeout: 300_000,
    env: {
      GPU_ADAPTER: adapter,
      XDG_RUNTIME_DIR: runtimeFolder(),
      ...environment,
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
          maxWorkers: 2, // Vitest would leave one of CI's two cores idle
          testTimeout: 60_000, // a busy machine is no failure
        },
      },
      gpuProject("gpu-swiftshader", "swiftshader", { include: [gpuTests], exclude: [needsMatrices] }),
      gpuProject(
        "gpu-lavapipe",
        "lavapipe",
        { include: [gpuTests], exclude: [usesSubgroups, needsMatrices] },
        fourLanes,
      ),
      // By itself: npm run test:matrices
      gpuProject("matrices", "lavapipe", {
        include: [needsMatrices, "src/engine/kernels/products/matmul.gpu.test.ts"],
        exclude: [],
      }),
      gpuProject("gpu-wgpu", "wgpu", { include: [gpuTests], exclude: [needsMatrices] }),
      gpuProject("gpu-lavapipe-subgroups", "lavapipe", { include: [usesSubgroups], exclude: [] }),
    ],
  },
});
