import { existsSync } from "node:fs";
import { join } from "node:path";

/** A terminal's line is written over; in a log, each is a line of its own. */
const TERMINAL_MS = 500;
const LOG_MS = 10_000;

/** The folders of the lock's packages that npm will install on this system, by their paths. */
export function packageFolders(packages, system = thisSystem()) {
  const isFor = (list, name) =>
    !list || list.includes(name) || (list[0]?.startsWith("!") && !list.includes(`!${name}`));
  return Object.entries(packages)
    .filter(([path, { link }]) => path !== "" && !link)
    .filter(([, { os, cpu, libc }]) => {
      return isFor(os, system.platform) && isFor(cpu, system.arch) && isFor(libc, system.libc);
    })
    .map(([path]) => path);
}

function thisSystem() {
  const { platform, arch } = process;
  const { glibcVersionRuntime } = process.report.getReport().header;
  return { platform, arch, libc: glibcVersionRuntime ? "glibc" : "musl" };
}

/** Counts the packages that lie in their folders already. */
export const countInstalled = (root, folders) =>
  folders.filter((folder) => existsSync(join(root, folder, "package.json"))).length;

/**
 * Says, until the returned function is called, how many packages are there: npm itself says nothing until its
 * end.
 *
 * @param {string} root
 * @param {string[]} folders  of {@link packageFolders}
 * @param {{ isTTY?: boolean, write(text: string): unknown }} out
 */
export function showProgress(root, folders, out = process.stderr) {
  const startedAt = performance.now();
  const print = () => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const text = `  ${countInstalled(root, folders)} of ${folders.length} packages, ${seconds} s`;
    out.write(out.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
  };
  const timer = setInterval(print, out.isTTY ? TERMINAL_MS : LOG_MS);
  return () => {
    clearInterval(timer);
    if (out.isTTY) out.write("\r\x1b[K");
    return Math.round((performance.now() - startedAt) / 1000);
  };
}
