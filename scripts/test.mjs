// npm test: installs what is missing, runs every check and test, and says what passed.
import { runtimeFolder } from "./lib/adapters.mjs";
import { runMain } from "./lib/fail.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { prepareMachine } from "./lib/machine.mjs";
import { playwright, program, vitest } from "./lib/steps.mjs";

const isCi = Boolean(process.env.CI) && process.env.CI !== "false";
const startedAt = performance.now();
/** The most failed tests that are named once more at the end, and the most lines of what each said. */
const MOST_FAILURES = 10;
const MOST_LINES = 12;
/** Characters of a failed test in one line. */
const LINE_LENGTH = 240;

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
  report(outcomes, adapters);
  process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;
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

async function runStep({ name, run }, env) {
  console.log(`\n=== ${name}`);
  const start = performance.now();
  const outcome = { name, elapsedMs: 0, isLeftOut: false, ...(await run(env)) };
  outcome.elapsedMs = performance.now() - start;
  console.log(`=== ${name}: ${verdict(outcome)}, ${duration(outcome.elapsedMs)}`);
  return outcome;
}

function verdict({ ok, isLeftOut, passed, why }) {
  if (isLeftOut) return `NOT tested (${why})`;
  if (!ok) return `FAILED (${why})`;
  return passed > 0 ? `${passed} passed` : "passed";
}

/**
 * Prints the failures with what they said; a table; the failures once more, in a line each, where whoever has
 * only the last lines of a long run finds them; one line that says what passed; the counts in the form that
 * CI reads.
 */
function report(outcomes, adapters) {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  const failures = outcomes.flatMap(({ failures: told = [] }) => told).slice(0, MOST_FAILURES);
  for (const { place, said } of failures)
    console.log(["", place, ...said.slice(0, MOST_LINES).map((line) => `    ${line}`)].join("\n"));
  console.log("");
  for (const outcome of outcomes) {
    console.log(`${outcome.name.padEnd(width)}  ${verdict(outcome)}, ${duration(outcome.elapsedMs)}`);
  }
  for (const failure of outcomes.flatMap(({ secondTries = [] }) => secondTries))
    console.log(inOneLine("passed at the second try:", failure));
  for (const failure of failures) console.log(inOneLine("failed:", failure));
  const failed = outcomes.filter(({ ok }) => !ok);
  const passed = outcomes.filter(({ ok, isLeftOut }) => ok && !isLeftOut);
  const parts = [];
  if (failed.length > 0)
    parts.push(`FAILED: ${failed.map(({ name, why }) => `${name} (${why})`).join(", ")}`);
  if (passed.length > 0) {
    const list = passed.map(({ name, passed: n }) => (n > 0 ? `${n} ${name}` : name)).join(", ");
    parts.push(`${failed.length > 0 ? "passed" : "all passed"}: ${list}`);
  }
  const untested = [];
  if (adapters.swiftshader.problem !== undefined) untested.push("GPU without f16 NOT tested");
  if (adapters.lavapipe.problem !== undefined) untested.push("f16 NOT tested");
  const summary = [parts.join("; "), ...untested].join(" — ");
  console.log(`\n${summary} — ${duration(performance.now() - startedAt)}`);
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
}

function inOneLine(what, { place, said }) {
  const line = `${what} ${place}: ${said.map((part) => part.trim()).join(" ")}`;
  return line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH - 1)}…` : line;
}

function duration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
