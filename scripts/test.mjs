// npm test: installs what is missing, runs every check and test, and says what passed.
import { runtimeFolder } from "./lib/adapters.mjs";
import { runMain } from "./lib/fail.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { prepareMachine } from "./lib/machine.mjs";
import { report, runStep, untestedAdapters } from "./lib/report.mjs";
import { playwright, program, vitest } from "./lib/steps.mjs";

const isCi = Boolean(process.env.CI) && process.env.CI !== "false";
const startedAt = performance.now();

await runMain(async () => {
  await ensureInstalled();
  const { browser, adapters } = await prepareMachine();
  const onOneCore = [
    program("lint", "eslint/bin/eslint.js", "."),
    program("format", "prettier/bin/prettier.cjs", "--check", "."),
    program("types", "typescript/bin/tsc", "--noEmit"),
  ];
  const steps = [
    vitest("unit", "unit"),
    gpuStep("gpu (swiftshader)", "gpu-swiftshader", adapters.swiftshader),
    gpuStep("gpu (lavapipe f16)", "gpu-lavapipe*", adapters.lavapipe),
    program("build", "vite/bin/vite.js", "build"),
    browser ? playwright("browser") : missing("browser", "found no Chromium, and could not install one"),
  ];
  const env = {
    XDG_RUNTIME_DIR: runtimeFolder(),
    CHROMIUM_PATH: browser,
    SWIFTSHADER_ICD: adapters.swiftshader.icd,
    TESTS_ABOVE_KERNELS: adapters.lavapipe.problem === undefined ? "lavapipe" : "swiftshader",
  };
  const outcomes = await Promise.all(onOneCore.map((step) => runStep(step, env)));
  for (const step of steps) outcomes.push(await runStep(step, env));
  process.exitCode = report(outcomes, startedAt, untestedAdapters(adapters)) ? 0 : 1;
});

/**
 * GPU tests on an adapter. Without the adapter: a failure in CI, elsewhere left out and said so at the end.
 */
function gpuStep(name, project, { problem }) {
  if (problem === undefined) return vitest(name, project);
  if (isCi) return missing(name, problem);
  return { name, run: async () => ({ ok: true, isLeftOut: true, passed: 0, failed: 0, why: problem }) };
}

const missing = (name, why) => ({ name, run: async () => ({ ok: false, passed: 0, failed: 1, why }) });
