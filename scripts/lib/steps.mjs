import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { nodeProgram, run } from "./command.mjs";
import { root } from "./root.mjs";

/** Browser tests that may need their second try in a run; more are no accident of the machine. */
const MOST_SECOND_TRIES = 2;

const reportFolder = join(root, ".cache/test-reports");

/**
 * The outcome of a step. `passed` and `failed` count tests; a step without tests has 0 of both when it passes
 * and one failure when it does not. `failures` names tests that failed, each with what it said, `secondTries`
 * those that failed once and then passed.
 *
 * @typedef {{ name: string, ok: boolean, passed: number, failed: number, why: string, failures?: Failure[],
 *   secondTries?: Failure[] }} Outcome
 * @typedef {{ place: string, said: string[] }} Failure Where a test stands, and the lines of what it said.
 */

/** A step that is one command: it passes when that ends with 0. */
const command = (name, parts) => ({
  name,
  async run(env) {
    const { code } = await run(parts, { env });
    return { ok: code === 0, passed: 0, failed: code === 0 ? 0 : 1, why: code === 0 ? "" : `code ${code}` };
  },
});

/** A program of node_modules. */
export const program = (name, path, ...args) => command(name, nodeProgram(path, ...args));

/** A script of this project's. */
export const script = (name, path, ...args) =>
  command(name, [process.execPath, join(root, "scripts", path), ...args]);

export const vitest = (name, project) =>
  suite(name, (reportPath) => ({
    command: nodeProgram("vitest/vitest.mjs", "run", "--project", project, "--reporter=default").concat(
      "--reporter=json",
      `--outputFile.json=${reportPath}`,
    ),
    count: ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests + numTodoTests,
    }),
    failures: ({ testResults }) =>
      testResults.flatMap(({ name, message, assertionResults }) => {
        const failed = assertionResults.filter(({ status }) => status === "failed");
        const place = relative(root, name);
        if (failed.length === 0 && message) return [describeFailure(place, message)]; // of the file itself
        return failed.map((test) => describeFailure(`${place} › ${test.fullName}`, test.failureMessages[0]));
      }),
  }));

export const playwright = (name, ...args) =>
  suite(name, (reportPath) => ({
    command: nodeProgram("@playwright/test/cli.js", "test", "--reporter=list,json", ...args),
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath },
    count({ stats: { expected, unexpected, flaky, skipped } }) {
      const isAccident = flaky <= MOST_SECOND_TRIES;
      return {
        passed: expected + (isAccident ? flaky : 0),
        failed: unexpected + (isAccident ? 0 : flaky),
        skipped,
      };
    },
    failures: (report) => browserTests(report, "unexpected"),
    secondTries: (report) => browserTests(report, "flaky"),
  }));

const browserTests = (report, status) =>
  specsOf(report)
    .filter(({ tests }) => tests.some((test) => test.status === status))
    .map(({ file, line, title, tests }) => {
      const { error } = tests.flatMap(({ results }) => results).find((result) => result.error) ?? {};
      return describeFailure(`${file}:${line} › ${title}`, error?.message);
    });

const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

const describeFailure = (place, message = "") => ({
  place,
  said: stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim() !== ""),
});

/** A test suite, counted from its JSON report. None at all, or one that was skipped, is a failure. */
function suite(name, describe) {
  return {
    name,
    async run(env) {
      mkdirSync(reportFolder, { recursive: true });
      const reportPath = join(reportFolder, `${name.replaceAll(/\W+/g, "-")}.json`);
      rmSync(reportPath, { force: true });
      const { command, count, failures, secondTries = () => [], env: ownEnv = {} } = describe(reportPath);
      const { code } = await run(command, { env: { ...env, ...ownEnv } });
      const report = readReport(reportPath);
      const { passed, failed, skipped } = report ? count(report) : { passed: 0, failed: 0, skipped: 0 };
      const why =
        failed > 0
          ? `${failed} of ${passed + failed} failed`
          : skipped > 0
            ? `${skipped} skipped`
            : passed === 0
              ? "no tests ran"
              : code !== 0
                ? `code ${code} outside the tests`
                : "";
      return {
        ok: why === "",
        passed,
        failed: why === "" ? 0 : Math.max(1, failed),
        why,
        failures: report ? failures(report) : [],
        secondTries: report ? secondTries(report) : [],
      };
    },
  };
}

/** `null` when it stopped before it wrote one: no tests ran. */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
