import { existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { nodeProgram, run } from "./command.mjs";
import { ScriptError } from "./fail.mjs";
import { root } from "./root.mjs";

export const builtFolder = join(root, "dist");

const sources = ["src", "shaders", "public", "index.html", "vite.config.ts", "package-lock.json"];

/** Builds the app into dist/, unless nothing it is made of has changed since the last time. */
export async function ensureBuilt() {
  const built = join(builtFolder, "index.html");
  const started = new Date();
  // Folders count too: their time changes when a file in them is deleted or renamed.
  if (existsSync(built) && sources.every((path) => newest(join(root, path)) < statSync(built).mtimeMs))
    return;
  console.log("Building the app…");
  // Only warnings and errors: the names of 180 files would bury the address that npm start ends with.
  const { code } = await run(nodeProgram("vite/bin/vite.js", "build", "--logLevel", "warn"));
  if (code !== 0) throw new ScriptError(`The build ended with code ${code}; its output is above.`);
  console.log(`Built the app in ${Math.round((Date.now() - started.getTime()) / 1000)} s.`);
  utimesSync(built, started, started); // what was edited during the build is newer than it
}

/** When the file, or anything in the folder, changed last. */
function newest(path) {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
