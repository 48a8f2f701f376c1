import { spawn } from "node:child_process";
import { root } from "./root.mjs";

/**
 * Runs a program in the repository root.
 *
 * @param {string[]} command
 * @param {{ env?: Record<string, string | undefined>, output?: "show" | "stderr" | "capture", timeoutMs?:
 *   number }} [options]
 *   "stderr" keeps stdout clean for scripts whose output is data
 * @returns {Promise<{ code: number, output: string }>} code 127 when there is no such program, 124 past the
 *   time limit;
 *   `output` (stdout and stderr) only with "capture"
 */
export function run(command, { env = {}, output = "show", timeoutMs = 0 } = {}) {
  const [program, ...args] = command;
  const sink = { show: "inherit", stderr: 2, capture: "pipe" }[output];
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", sink, output === "capture" ? "pipe" : "inherit"],
      shell: process.platform === "win32" && program === "npm", // npm is a .cmd file there
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (t) => (text += t));
    let isLate = false;
    const timer = timeoutMs && setTimeout(() => (isLate = child.kill()), timeoutMs);
    const end = (code) => {
      clearTimeout(timer);
      resolve({ code: isLate ? 124 : code, output: text });
    };
    child.on("error", (error) => ((text += error.message), end(127)));
    child.on("close", (code) => end(code ?? 1));
  });
}

/** A program of node_modules, started with this Node so that it works without a shell. */
export const nodeProgram = (path, ...args) => [process.execPath, `${root}/node_modules/${path}`, ...args];
