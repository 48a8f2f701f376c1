// npm run nightly [-- STEP…]: what is too long for npm test. Without names, every step.
import { runtimeFolder } from "./lib/adapters.mjs";
import { runMain, ScriptError } from "./lib/fail.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { prepareFirefox, prepareMachine } from "./lib/machine.mjs";
import { report, runStep, untestedAdapters } from "./lib/report.mjs";
import { playwright, program, script } from "./lib/steps.mjs";

const startedAt = performance.now();

/** Steps by the name that chooses one alone. */
const steps = {
  /** Mutated files and messages through every parser, another seed each night. */
  fuzz: [script("fuzz", "run.mjs", "scripts/fuzz.ts", "--cases", "100000")],
  /** Browser tests tagged @nightly: many rounds, large files. */
  browser: [
    program("build", "vite/bin/vite.js", "build"),
    playwright("browser (long)", "--grep", "@nightly"),
  ],
  /** The golden models that npm test has on lavapipe alone. */
  goldens: [
    program(
      "goldens (swiftshader)",
      "vitest/vitest.mjs",
      ...["run", "--project", "gpu-swiftshader", "src/engine/runtime/golden.gpu.test.ts"],
    ),
  ],
  /** Every call of the device, the disk and of reads that can fail, fails once. */
  faults: [
    program(
      "faults",
      "vitest/vitest.mjs",
      ...["run", "--project", "gpu-lavapipe", "src/worker/faults/faults.gpu.test.ts"],
    ),
  ],
  /** Every GPU test on the second implementation of WebGPU. */
  wgpu: [script("wgpu", "test-wgpu.mjs")],
  /** Products on subgroup matrices, which need Mesa 26. */
  matrices: [script("matrices", "test-matrices.mjs")],
  /** Bounds on registers, spills and loads in flight, on GPUs that are not here. */
  "machine-code": [script("machine code", "machine-code.mjs", "--check")],
};

await runMain(async () => {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !(name in steps));
  if (unknown)
    throw new ScriptError(`There is no step ${unknown}.`, `Steps: ${Object.keys(steps).join(", ")}.`);
  await ensureInstalled();
  const { browser, adapters } = await prepareMachine();
  const firefox = await prepareFirefox();
  const env = {
    ...(firefox && { FIREFOX_PATH: firefox }),
    XDG_RUNTIME_DIR: runtimeFolder(),
    CHROMIUM_PATH: browser,
    SWIFTSHADER_ICD: adapters.swiftshader.icd,
    NIGHTLY: "1",
    FAULTS_MINUTES: "30",
  };
  const outcomes = [];
  for (const name of names.length > 0 ? names : Object.keys(steps))
    for (const step of steps[name]) outcomes.push(await runStep(step, env));
  process.exitCode = report(outcomes, startedAt, untestedAdapters(adapters)) ? 0 : 1;
});
