import { spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

const MOST_BYTES = 100e6;

/** Files that one start of LibreOffice converts: a start takes longer than most files. */
const FILES_AT_ONCE = 40;
/** The first start makes a profile, which takes most of a minute on a busy machine. */
const MILLISECONDS_TO_START = 90_000;
const MILLISECONDS_A_FILE = 4_000;

/**
 * Converts files by LibreOffice, several to a start. A file that ends or halts it has no result; the files
 * after that one are tried again.
 *
 * @param to  the filter, as after `--convert-to`
 * @returns the outputs of each path: a workbook has one for each sheet
 */
export async function convertByLibreOffice(
  paths: readonly string[],
  to: string,
): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const results = new Map<string, readonly Buffer[]>();
  const folder = await mkdtemp(join(tmpdir(), "libreoffice-"));
  try {
    let left = paths;
    while (left.length > 0) {
      const some = left.slice(0, FILES_AT_ONCE);
      const { made, isDone } = await convertAtOnce(some, to, folder);
      for (const [path, outputs] of made) results.set(path, outputs);
      // Files are taken one after another: the first without a result is the one that halted it.
      const culprit = isDone ? -1 : some.findIndex((path) => !made.has(path));
      left = left.slice(culprit < 0 ? some.length : culprit + 1);
    }
    return results;
  } finally {
    // A program that was ended may still write its profile.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
  }
}

async function convertAtOnce(paths: readonly string[], to: string, folder: string) {
  const [inputs, out] = [join(folder, "in"), join(folder, "out")];
  await Promise.all([inputs, out].map((each) => rm(each, { recursive: true, force: true })));
  await mkdir(inputs);
  // Names of our own: two files of one name would write the same output.
  const copies = paths.map((path, at) => join(inputs, `${at}x${extname(path)}`));
  await Promise.all(paths.map((path, at) => copyFile(path, copies[at]!)));
  const profile = pathToFileURL(join(folder, "profile")).href;
  const args = [`-env:UserInstallation=${profile}`, "--headless", "--convert-to", to, "--outdir", out];
  const timeout = MILLISECONDS_TO_START + MILLISECONDS_A_FILE * paths.length;
  const isDone = await new Promise<boolean>((resolve, reject) => {
    // A group of its own: the program is a script that starts another one.
    const program = spawn("soffice", [...args, ...copies], { detached: true, stdio: "ignore" });
    const timer = setTimeout(() => program.pid && process.kill(-program.pid, "SIGKILL"), timeout);
    const end = (code: number | null) => {
      clearTimeout(timer);
      resolve(code === 0);
    };
    program.on("exit", end).on("error", (cause) => {
      clearTimeout(timer);
      // Else "" would be kept as the text of each file.
      const hint = "Install libreoffice-nogui, or leave it out: --without soffice.";
      reject(new Error(`soffice could not be started: ${cause.message}. ${hint}`, { cause }));
    });
  });
  const made = new Map<string, Buffer[]>();
  for (const name of (await readdir(out).catch(() => [])).sort()) {
    const path = paths[parseInt(name, 10)]!;
    // A sheet that names a million rows becomes gigabytes of commas, which say nothing.
    if ((await stat(join(out, name))).size > MOST_BYTES) continue;
    made.set(path, [...(made.get(path) ?? []), await readFile(join(out, name))]);
  }
  return { made, isDone };
}
