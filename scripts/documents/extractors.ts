import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { convertByLibreOffice } from "./libreoffice";

const run = promisify(execFile);

interface Common {
  /** The program, and the package of Debian's that has it. */
  readonly program: string;
  readonly from: string;
}

/** A program that prints the text of a file. */
interface Printing extends Common {
  readonly args: (path: string) => readonly string[];
}

/** LibreOffice, which writes files, many of them at a time. */
interface Converting extends Common {
  readonly to: string;
}

export type Extractor = Printing | Converting;

const pdftotext = (...options: string[]): Printing => ({
  program: "pdftotext",
  from: "poppler-utils",
  args: (path) => ["-q", "-enc", "UTF-8", ...options, path, "-"],
});

const pandoc = (format: string): Printing => ({
  program: "pandoc",
  from: "pandoc",
  args: (path) => ["-f", format, "-t", "plain", "--wrap=none", "--track-changes=accept", path],
});

const w3m = (at: (path: string) => string): Printing => ({
  program: "w3m",
  from: "w3m",
  args: (path) => [
    ...["-dump", "-cols", "500", "-O", "UTF-8", "-T", "text/html", "-o", "pseudo_inlines=off"],
    ...["-o", "ext_halfdump=off", at(path)],
  ],
});

/** A program in Python, of its own library alone. */
const python = (lines: readonly string[]): Printing => ({
  program: "python3",
  from: "python3",
  args: (path) => ["-c", lines.join("\n"), path],
});

/** Prints the headers and the texts of a mail by Python's own reader. */
const pythonMail = python([
  "import email, email.policy, sys, subprocess",
  "mail = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)",
  "for name in ('Subject', 'From', 'To', 'Cc', 'Date'): print(mail[name] or '')",
  "body = mail.get_body(('plain', 'html'))",
  "text = body.get_content() if body else ''",
  "if body and body.get_content_type() == 'text/html':",
  "  w3m = ['w3m', '-dump', '-cols', '500', '-T', 'text/html', '-I', 'UTF-8', '-O', 'UTF-8']",
  "  text = subprocess.run(w3m, input=text.encode(), capture_output=True).stdout.decode()",
  "print(text)",
]);

const pythonNotebook = python([
  "import json, sys",
  "book = json.load(open(sys.argv[1]))",
  "cells = book.get('cells') or [c for sheet in book.get('worksheets', []) for c in sheet['cells']]",
  "text = lambda lines: lines if isinstance(lines, str) else ''.join(lines)",
  "for cell in cells:",
  "  print(text(cell.get('source', cell.get('input', ''))))",
  "  for output in cell.get('outputs', []):",
  "    data = output.get('data', output)",
  "    print(text(data.get('text/plain', data.get('text', ''))))",
]);

const libreOffice = (to: string): Converting => ({ program: "soffice", from: "libreoffice-nogui", to });
const asText = libreOffice("txt:Text (encoded):UTF8");
// Commas, quotes, UTF-8, cells as they are shown, every sheet.
const asSheets = libreOffice("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1");
const asPages = libreOffice("pdf");

/**
 * The independent extractors by kind of file. Words are compared with the first, and with that of the others
 * that is nearer; an order of words counts as right if any of them has it.
 */
const all: Readonly<Record<string, readonly Extractor[]>> = {
  pdf: [
    pdftotext(),
    pdftotext("-raw"),
    { program: "mutool", from: "mupdf-tools", args: (path) => ["draw", "-q", "-F", "txt", "-o", "-", path] },
  ],
  // A page `source.html` with the article of it beside: the words of the article are what is wanted.
  article: [w3m((path) => join(dirname(path), "expected.html"))],
  html: [w3m((path) => path)],
  docx: [asText, pandoc("docx")],
  odt: [asText, pandoc("odt")],
  rtf: [asText, pandoc("rtf")],
  epub: [pandoc("epub")],
  xlsx: [asSheets],
  xlsb: [asSheets],
  xls: [asSheets],
  ods: [asSheets],
  pptx: [asPages],
  odp: [asPages],
  eml: [pythonMail],
  ipynb: [pythonNotebook],
};

export let extractors = all;

/** Does without a program that is not there, or takes long. Kinds that only it reads are left out. */
export function leaveOut(program: string): void {
  const lists = Object.entries(extractors).map(
    ([kind, list]) => [kind, list.filter((one) => one.program !== program)] as const,
  );
  extractors = Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}

/**
 * Has all files of a kind converted that no text is kept of: LibreOffice takes several at a time.
 */
export async function convertAll(kind: string, paths: readonly string[], cache: string): Promise<void> {
  for (const extractor of extractors[kind] ?? []) {
    if (!("to" in extractor)) continue;
    const isKept = await Promise.all(paths.map((path) => textAt(keptAt(extractor, path, cache))));
    const wanted = paths.filter((_, at) => isKept[at] === null);
    const made = await convertByLibreOffice(wanted, extractor.to);
    await mkdir(cache, { recursive: true });
    for (const path of wanted) {
      const texts = await Promise.all((made.get(path) ?? []).map(textOf));
      await writeFile(keptAt(extractor, path, cache), texts.join("\n"));
    }
  }
}

/** The texts of each of the kind's extractors of a file; "" where it fails. Kept in `cache`. */
export function extract(kind: string, path: string, cache: string): Promise<readonly string[]> {
  return Promise.all((extractors[kind] ?? []).map((extractor) => extractOne(extractor, path, cache)));
}

async function extractOne(extractor: Extractor, path: string, cache: string): Promise<string> {
  const kept = keptAt(extractor, path, cache);
  const before = await textAt(kept);
  if (before !== null) return before;
  const said = "args" in extractor ? await print(extractor.program, extractor.args(path)) : "";
  await mkdir(cache, { recursive: true });
  await writeFile(kept, said);
  return said;
}

async function print(program: string, args: readonly string[]): Promise<string> {
  const options = { maxBuffer: 512e6, timeout: 60_000 };
  return (await run(program, [...args], options).catch(() => ({ stdout: "" }))).stdout;
}

const textAt = (path: string): Promise<string | null> => readFile(path, "utf8").catch(() => null);

function keptAt(extractor: Extractor, path: string, cache: string): string {
  const how = "args" in extractor ? extractor.args(path) : [extractor.to, path];
  return join(
    cache,
    createHash("sha256")
      .update([extractor.program, ...how].join("\n"))
      .digest("hex"),
  );
}

/** The text of what LibreOffice wrote: pages of slides, or the text itself. */
async function textOf(output: Buffer): Promise<string> {
  if (!output.subarray(0, 5).equals(Buffer.from("%PDF-"))) return output.toString("utf8");
  const path = join(tmpdir(), `slides-${process.pid}.pdf`);
  await writeFile(path, output);
  const text = await print("pdftotext", ["-q", "-enc", "UTF-8", path, "-"]);
  await rm(path);
  return text;
}
