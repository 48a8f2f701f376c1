import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Files that one start of LibreOffice converts: a start takes longer than most files. */
const FILES_AT_ONCE = 12;
const MILLISECONDS_A_FILE = 20_000;

/**
 * Converts files by LibreOffice, several to a start. A file that ends or halts it has no result; the others of
 * its start are tried again in smaller parts.
 *
 * @param to  the filter, as after `--convert-to`
 * @returns the outputs of each path: a workbook has one for each sheet
 */
export async function convertByLibreOffice(
  paths: readonly string[],
  to: string,
): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const results = new Map<string, readonly Buffer[]>();
  const convert = async (some: readonly string[]): Promise<void> => {
    if (some.length === 0) return;
    const made = await convertAtOnce(some, to);
    for (const [path, outputs] of made) results.set(path, outputs);
    const missing = some.filter((path) => !made.has(path));
    if (some.length === 1 || missing.length === 0) return;
    // All of them missing says nothing of each; one missing is most often the culprit itself.
    const half = Math.ceil(missing.length / 2);
    await convert(missing.slice(0, half));
    await convert(missing.slice(half));
  };
  for (let from = 0; from < paths.length; from += FILES_AT_ONCE)
    await convert(paths.slice(from, from + FILES_AT_ONCE));
  return results;
}

async function convertAtOnce(paths: readonly string[], to: string): Promise<Map<string, Buffer[]>> {
  const folder = await mkdtemp(join(tmpdir(), "libreoffice-"));
  try {
    // Names of our own: two files of one name would write the same output.
    const copies = paths.map((path, at) => join(folder, `${at}x${extname(path)}`));
    await Promise.all(paths.map((path, at) => copyFile(path, copies[at]!)));
    const profile = pathToFileURL(join(folder, "profile")).href;
    const out = join(folder, "out");
    const args = [`-env:UserInstallation=${profile}`, "--headless", "--convert-to", to, "--outdir", out];
    await run("soffice", [...args, ...copies], {
      timeout: 10_000 + MILLISECONDS_A_FILE * paths.length,
      killSignal: "SIGKILL",
      maxBuffer: 64e6,
    }).catch(() => {});
    const made = new Map<string, Buffer[]>();
    for (const name of (await readdir(out).catch(() => [])).sort()) {
      const path = paths[parseInt(name, 10)]!;
      made.set(path, [...(made.get(path) ?? []), await readFile(join(out, name))]);
    }
    return made;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
