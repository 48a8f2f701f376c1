/** The most failed tests that are named once more at the end, and the most lines of what each said. */
const MOST_FAILURES = 10;
const MOST_LINES = 12;
/** Characters of a failed test in one line. */
const LINE_LENGTH = 240;

/** Runs a step, and says how it begins and ends. */
export async function runStep({ name, run }, env) {
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
 *
 * @returns {boolean} whether every step passed
 */
export function report(outcomes, startedAt, untested = []) {
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
  const summary = [parts.join("; "), ...untested].join(" — ");
  console.log(`\n${summary} — ${duration(performance.now() - startedAt)}`);
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return failed.length === 0;
}

/** Tests that no step could run, since their adapter is missing. */
export const untestedAdapters = ({ swiftshader, lavapipe }) => [
  ...(swiftshader.problem === undefined ? [] : ["GPU without f16 NOT tested"]),
  ...(lavapipe.problem === undefined ? [] : ["f16 NOT tested"]),
];

function inOneLine(what, { place, said }) {
  const line = `${what} ${place}: ${said.map((part) => part.trim()).join(" ")}`;
  return line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH - 1)}…` : line;
}

function duration(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
