import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { ScriptError } from "../lib/fail.mjs";
import { root } from "../lib/root.mjs";
import { readStatistics } from "./statistics.mjs";
import { targets } from "./targets.mjs";

/** Compiles the kernels for a target, in a process of its own on Mesa's C library. */
export async function compileFor(toolchain, name, { only, toggles, withText }) {
  const { driver, device, env, toggles: own } = targets[name];
  const isAmd = driver === "radeon"; // its loops are counted in the text
  const command = [
    ...[...toolchain.loader, "--preload", toolchain.library(device), process.execPath],
    ...["scripts/run.mjs", "scripts/machine-code/pipelines.ts"],
    ...["--only", only, "--toggles", [own, toggles].filter(Boolean).join()],
  ];
  const { code, errors } = await runOn(command, {
    ...toolchain.environment,
    ...env,
    PIPELINE_DRIVER: toolchain.library(`libvulkan_${driver}.so`),
    ...(withText ? { PIPELINE_TEXT: "all" } : isAmd ? { PIPELINE_TEXT: "Assembly" } : {}),
  });
  const result = readStatistics(errors);
  if (code !== 0 || !result.device)
    throw new ScriptError(`Compiling for ${name} ended with code ${code}.`, errors.slice(-2000));
  return result;
}

/**
 * Runs a program and returns what it wrote to stderr. That goes through a file: Node makes a pipe
 * non-blocking, and a driver's long texts would lose their ends.
 */
function runOn([program, ...args], env) {
  const path = join(env.XDG_RUNTIME_DIR, `errors-${process.pid}`);
  const file = openSync(path, "w");
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "ignore", file],
    });
    child.on("close", (code) => {
      closeSync(file);
      const errors = readFileSync(path, "utf8");
      unlinkSync(path);
      resolve({ code: code ?? 1, errors });
    });
  });
}
