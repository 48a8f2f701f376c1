import { readFileSync } from "node:fs";
import { run } from "./command.mjs";
import { ScriptError } from "./fail.mjs";
import { packageFolders, showProgress } from "./install-progress.mjs";
import { root } from "./root.mjs";

const oldestNode = [20, 19];

/** Makes node_modules what package-lock.json says, and does nothing when it is so already. */
export async function ensureInstalled({ output = "show" } = {}) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new ScriptError(
      `This is Node ${process.versions.node}; the project needs ${oldestNode.join(".")} or later.`,
      "Install a current Node, from its own site or your system's packages.",
    );
  }
  if (isInstalled()) return;
  const folders = packageFolders(readLock("package-lock.json") ?? {});
  console.error(`Installing ${folders.length} npm packages (npm ci). This takes about two minutes, once.`);
  const stopProgress = showProgress(root, folders);
  const { code } = await run(["npm", "ci", "--no-fund", "--no-audit"], { output });
  const seconds = stopProgress();
  if (code === 0) console.error(`Installed the npm packages in ${seconds} s.`);
  if (code !== 0) {
    throw new ScriptError(
      `npm ci ended with code ${code}; its output is above.`,
      "Without a network, packages can not be installed. If package.json was edited, run npm install first.",
    );
  }
}

/**
 * Returns whether every package of the lock is there in its version; those for other systems may be missing.
 */
function isInstalled() {
  const installed = readLock("node_modules/.package-lock.json");
  if (!installed) return false;
  const wanted = Object.entries(readLock("package-lock.json") ?? {});
  return wanted.every(([path, { version, optional, link }]) => {
    if (path === "" || link) return true;
    const there = installed[path]?.version;
    return there === version || (optional && there === undefined);
  });
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(`${root}/${path}`, "utf8")).packages;
  } catch {
    return undefined; // not there or cut short: the same to us, since npm ci writes it anew
  }
}
