import { counted } from "../src/ground/figures";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { parseArgs } from "node:util";
import { readDocument } from "../src/documents/read-document";
import { extract, extractors } from "./documents/extractors";
import { scoreOrder, scoreWords, wordsOf } from "./documents/scores";

const programs = Object.entries(extractors).map(
  ([kind, list]) => `${kind}: ${list.map(({ program, from }) => `${program} (${from})`).join(", ")}`,
);

/** Printed for --help, by run.mjs. */
export const usage = `npm run measure-documents -- FOLDER… [--cache FOLDER] [--report FILE.json] [--only TEXT] [--most 1000]

Reads every file of the folders as the app does and compares the text with what independent programs make of it.
Form fields and comments count for recall only. Prints by kind: how many files; F1 and recall of their words, the mean and the number of files below 0.97; the share of lines in
which two columns are joined, and of line ends after which a line of another place comes; files that were refused though
another program finds text. --cache keeps what the others say; --report writes the figures of each file.

The programs, of Debian's packages, by kind of file:
  ${programs.join("\n  ")}`;

interface Measured {
  readonly file: string;
  readonly kind: string;
  readonly milliseconds: number;
  readonly refused?: string;
  readonly nWords: number;
  readonly f1?: number;
  readonly recall?: number;
  readonly order?: ReturnType<typeof scoreOrder>;
  readonly notes?: readonly string[];
}

/** The folder of pdf.js' character maps, which the app serves. */
const cMapUrl = join(import.meta.dirname, "../node_modules/pdfjs-dist/cmaps/");
/** Fewer words than this say little: a stamp, a page number, letters of a drawing. */
const FEWEST_WORDS = 5;
const MIN_F1 = 0.97;

export async function main(argv: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      cache: { type: "string" },
      report: { type: "string" },
      only: { type: "string", default: "" },
      most: { type: "string", default: "100000" },
    },
  });
  if (positionals.length === 0) return console.log(usage);
  // pdf.js makes one as it is loaded; only what draws pages needs it to be real. Browsers have it,
  // Node has not.
  globalThis.DOMMatrix ??= class {} as typeof DOMMatrix;
  for (const folder of positionals) {
    const names = (await readdir(folder, { recursive: true })).sort();
    const measured: Measured[] = [];
    for (const name of names) {
      const kind = extname(name).slice(1).toLowerCase();
      if (!(kind in extractors) || !name.includes(values.only) || measured.length >= +values.most) continue;
      measured.push(await measure(join(folder, name), kind, values.cache));
      if (values.report) await writeFile(values.report, JSON.stringify(measured, null, 1));
      if (process.stderr.isTTY) process.stderr.write(`\r${measured.length} ${name.slice(0, 60).padEnd(60)}`);
    }
    for (const kind of new Set(measured.map((one) => one.kind)))
      print(
        folder,
        kind,
        measured.filter((one) => one.kind === kind),
      );
  }
}

async function measure(path: string, kind: string, cache: string | undefined): Promise<Measured> {
  const others = await extract(kind, path, cache);
  const nWords = wordsOf(others[0]!).length;
  const bytes = await readFile(path);
  const name = basename(path);
  const start = performance.now();
  const known = () => ({ file: path, kind, nWords, milliseconds: Math.round(performance.now() - start) });
  try {
    const source = { kind: "file", file: new File([bytes], name), name } as const;
    const { document, info } = await readDocument(source, { cMapUrl });
    const took = known();
    const notes = info.notes.map(({ sentence }) => sentence);
    const text = withLeftOut(document).replace(/^\[Page \d+\]$|^\(This page has no text\.\)$/gm, "");
    if (nWords < FEWEST_WORDS) return { ...took, notes };
    const { recall } = scoreWords(text, others[0]!);
    const own = withoutExtras(document, text);
    // A page of nothing but fields has no words that could be too many.
    const precision = wordsOf(own).length === 0 ? 1 : scoreWords(own, others[0]!).precision;
    const f1 = recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
    return { ...took, f1, recall, order: scoreOrder(document.text, others), notes };
  } catch (error) {
    return { ...known(), refused: error instanceof Error ? error.message : String(error) };
  }
}

/** The text without names of form fields and comments, which the other programs do not print. */
function withoutExtras({ text, marks = [] }: Read, whole: string): string {
  return marks
    .filter(({ kind }) => kind === "form-field" || kind === "annotation")
    .reduce((rest, { start, end }) => rest.replace(text.slice(start, end), ""), whole);
}

type Read = Awaited<ReturnType<typeof readDocument>>["document"];

/** The text with what was marked off put back where it stood: the other programs have it too. */
function withLeftOut({ text, leftOut = [] }: Read): string {
  let whole = "";
  let from = 0;
  for (const { at, text: piece } of leftOut) {
    whole += `${text.slice(from, at)}\n${piece}\n`;
    from = at;
  }
  return whole + text.slice(from);
}

function print(folder: string, kind: string, measured: readonly Measured[]): void {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const withText = measured.filter(({ nWords }) => nWords >= FEWEST_WORDS);
  const read = withText.filter(({ f1 }) => f1 !== undefined);
  const refused = withText.filter(({ refused: reason }) => reason !== undefined);
  const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
  const mean = (values: readonly number[]) => (sum(values) / Math.max(1, values.length)).toFixed(4);
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  const orders = read.map(({ order }) => order!);
  const f1s = read.map(({ f1 }) => f1!);
  const lines = sum(orders.map((order) => order.lines));
  const joined = sum(orders.map(({ wronglyJoined }) => wronglyJoined));
  const ends = sum(orders.map((order) => order.ends));
  const followed = sum(orders.map(({ wronglyFollowed }) => wronglyFollowed));
  const times = measured.map(({ milliseconds }) => milliseconds);
  console.log(`${folder}: ${kind}
  files                   ${measured.length}; ${withText.length} with text by another program
  refused, with text      ${refused.length}
  word F1                 mean ${mean(f1s)}, median ${median(f1s).toFixed(4)}; ${counted(f1s.filter((f1) => f1 < MIN_F1).length, "file")} below ${MIN_F1}
  word recall             mean ${mean(read.map(({ recall }) => recall!))}
  wrongly joined lines    ${joined} of ${lines}, ${percent(joined, lines)}
  wrongly followed lines  ${followed} of ${ends}, ${percent(followed, ends)}
  time                    median ${median(times)} ms, longest ${times.reduce((a, b) => Math.max(a, b), 0)} ms`);
  for (const { file, refused: reason } of refused) console.log(`  refused: ${basename(file)}: ${reason}`);
}
