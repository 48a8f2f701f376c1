import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { nodeProgram, run } from "./command.mjs";
import { root } from "./root.mjs";

const reportFolder = join(root, ".cache/test-reports");

/**
 * What a step came to. `passed` and `failed` count tests; a step without tests has 0 of both when it passes and one
 * failure when it does not.
 *
 * @typedef {{ name: string, ok: boolean, passed: number, failed: number, why: string }} Outcome
 */

/** A step that is one program: it passes when the program ends with 0. */
export const program = (name, path, ...args) => ({
  name,
  async run(env) {
    const { code } = await run(nodeProgram(path, ...args), { env });
    return { ok: code === 0, passed: 0, failed: code === 0 ? 0 : 1, why: code === 0 ? "" : `code ${code}` };
  },
});

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
  }));

export const playwright = (name) =>
  suite(name, (reportPath) => ({
    command: nodeProgram("@playwright/test/cli.js", "test", "--reporter=list,json"),
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath },
    count: ({ stats }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
    }),
  }));

/** A test suite, counted from its JSON report. None at all, or one that was skipped, is a failure. */
function suite(name, describe) {
  return {
    name,
    async run(env) {
      mkdirSync(reportFolder, { recursive: true });
      const reportPath = join(reportFolder, `${name.replaceAll(/\W+/g, "-")}.json`);
      rmSync(reportPath, { force: true });
      const { command, count, env: ownEnv = {} } = describe(reportPath);
      const { code } = await run(command, { env: { ...env, ...ownEnv } });
      const { passed, failed, skipped } = readReport(reportPath, count);
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
      return { ok: why === "", passed, failed: why === "" ? 0 : Math.max(1, failed), why };
    },
  };
}

function readReport(path, count) {
  try {
    return count(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }; // it stopped before it wrote one: no tests ran
  }
}
