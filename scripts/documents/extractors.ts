import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Extractor {
  /** The program, and the package of Debian's that has it. */
  readonly program: string;
  readonly from: string;
  readonly args: (path: string) => readonly string[];
}

const pdftotext = (...options: string[]): Extractor => ({
  program: "pdftotext",
  from: "poppler-utils",
  args: (path) => ["-q", "-enc", "UTF-8", ...options, path, "-"],
});

/**
 * The independent extractors by kind of file. Words are compared with the first; an order of words
 * counts as right if any of
 * them has it.
 */
export const extractors: Readonly<Record<string, readonly Extractor[]>> = {
  pdf: [
    pdftotext(),
    pdftotext("-raw"),
    { program: "mutool", from: "mupdf-tools", args: (path) => ["draw", "-q", "-F", "txt", "-o", "-", path] },
  ],
};

/**
 * The words of each of the kind's extractors of a file; "" where it fails. Kept in `cache`, if that is
 * given.
 */
export function extract(kind: string, path: string, cache: string | undefined): Promise<readonly string[]> {
  return Promise.all((extractors[kind] ?? []).map((extractor) => extractOne(extractor, path, cache)));
}

async function extractOne(
  { program, args }: Extractor,
  path: string,
  cache: string | undefined,
): Promise<string> {
  const say = async () => {
    const options = { maxBuffer: 512e6, timeout: 60_000 };
    return (await run(program, [...args(path)], options).catch(() => ({ stdout: "" }))).stdout;
  };
  if (cache === undefined) return say();
  const hash = createHash("sha256").update([program, ...args(path)].join("\n"));
  const kept = join(cache, hash.digest("hex"));
  const before = await readFile(kept, "utf8").catch(() => null);
  if (before !== null) return before;
  const said = await say();
  await mkdir(cache, { recursive: true });
  await writeFile(kept, said);
  return said;
}
