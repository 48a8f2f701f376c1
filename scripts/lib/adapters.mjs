import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findSwiftshader } from "./browser.mjs";
import { run } from "./command.mjs";
import { root } from "./root.mjs";

/** Vulkan wants a folder for this; containers and CI often have none. */
export function runtimeFolder() {
  if (process.env.XDG_RUNTIME_DIR) return process.env.XDG_RUNTIME_DIR;
  const folder = join(tmpdir(), `xdg-runtime-${process.getuid?.() ?? 0}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/**
 * Descriptions for the Vulkan loader of the two software drivers; each undefined when it is not installed.
 */
export async function findDrivers() {
  const folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"].filter((folder) => existsSync(folder));
  const all = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  return {
    swiftshader: await findSwiftshader(),
    lavapipe: all.find((path) => /lvp_icd.*\.json$/.test(path)),
  };
}

/**
 * Opens the adapter of a driver over Dawn, in a process of its own, since Vulkan reads its environment once.
 *
 * @returns {Promise<{ description: string, hasF16: boolean, hasMatrices: boolean } | { problem: string }>}
 */
export async function tryDriver(icd) {
  if (!icd) return { problem: "its driver is not installed" };
  const env = { VK_ICD_FILENAMES: icd, XDG_RUNTIME_DIR: runtimeFolder() };
  const command = [process.execPath, join(root, "scripts/lib/open-adapter.mjs")];
  const { code, output } = await run(command, { env, output: "capture", timeoutMs: 60_000 });
  const answer = output.split("\n").findLast((line) => line.startsWith("{"));
  return answer ? JSON.parse(answer) : { problem: `Dawn ended with code ${code}: ${output.trim()}` };
}
