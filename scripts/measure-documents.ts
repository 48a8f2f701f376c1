import { counted } from "../src/ground/figures";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join } from "node:path";
import { parseArgs } from "node:util";
import { readDocument } from "../src/documents/read-document";
import { convertAll, extract, extractors, leaveOut } from "./documents/extractors";
import { differingWords, scoreOrder, scoreWords, wordsOf } from "./documents/scores";
import { standInForDomMatrix } from "../src/testing/dom-matrix";

const programs = Object.entries(extractors).map(([kind, list]) => {
  const names = new Set(list.map(({ program, from }) => `${program} (${from})`));
  return `${kind}: ${[...names].join(", ")}`;
});

/** Printed for --help, by run.mjs. */
export const usage = `npm run measure-documents -- FOLDER… [--cache FOLDER] [--report FILE.json] [--only TEXT] [--most 1000] [--worst 10] [--without soffice]

Reads every file of the folders as the app does and compares the text with what independent programs make of it.
Form fields and comments count for recall only, targets of links for nothing. Prints by kind: how many files; F1 and
recall of their words by the first program and by the nearer of all; the share of the words that the nearest has not;
the share of lines in which two columns are joined, and of line ends after which a line of another place comes; files
that were refused though another program finds text. --cache keeps what the others say; --report writes the figures of
each file; --worst names the files of least recall with words that differ; --without does without a program.

A page source.html with expected.html beside it is an "article": the words of the latter are wanted.

The programs, of Debian's packages, by kind of file:
  ${programs.join("\n  ")}`;

interface Measured {
  readonly file: string;
  readonly kind: string;
  readonly milliseconds: number;
  readonly refused?: string;
  readonly nWords: number;
  readonly scores?: {
    /** By the first program, where it found words. */
    readonly first: Score | undefined;
    readonly nearest: Score;
  };
  readonly missing?: readonly string[];
  readonly added?: readonly string[];
  readonly order?: ReturnType<typeof scoreOrder>;
  readonly notes?: readonly string[];
}

interface Score {
  readonly f1: number;
  readonly recall: number;
  readonly precision: number;
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
      worst: { type: "string", default: "0" },
      without: { type: "string" },
    },
  });
  if (positionals.length === 0) return console.log(usage);
  if (values.without) leaveOut(values.without);
  standInForDomMatrix();
  const cache = values.cache ?? (await mkdtemp(join(tmpdir(), "measure-documents-")));
  for (const folder of positionals) {
    const names = (await readdir(folder, { recursive: true })).sort();
    const paths = names.filter((name) => name.includes(values.only)).map((name) => join(folder, name));
    const kinds = new Set(paths.map(kindOf));
    const measured: Measured[] = [];
    for (const kind of kinds) {
      if (kind === null) continue;
      const some = paths.filter((path) => kindOf(path) === kind).slice(0, +values.most);
      await convertAll(kind, some, cache);
      for (const path of some) {
        measured.push(await measure(path, kind, cache));
        if (values.report) await writeFile(values.report, JSON.stringify(measured, null, 1));
        if (process.stderr.isTTY) process.stderr.write(`\r${measured.length} ${path.slice(-60).padEnd(60)}`);
      }
      const ofKind = measured.filter((one) => one.kind === kind);
      print(folder, kind, ofKind);
      printWorst(ofKind, +values.worst);
    }
  }
  if (!values.cache) await rm(cache, { recursive: true });
}

function kindOf(path: string): string | null {
  const isArticle = existsSync(join(dirname(path), "expected.html"));
  if (isArticle) return basename(path) === "source.html" ? "article" : null;
  const kind = extname(path).slice(1).toLowerCase().replace(/^htm$/, "html");
  return kind in extractors ? kind : null;
}

async function measure(path: string, kind: string, cache: string): Promise<Measured> {
  const others = await extract(kind, path, cache);
  const nWords = Math.max(...others.map((other) => wordsOf(other).length));
  const bytes = await readFile(path);
  const name = basename(path);
  const start = performance.now();
  const known = () => ({ file: path, kind, nWords, milliseconds: Math.round(performance.now() - start) });
  try {
    const source = { kind: "file", file: new File([bytes], name), name } as const;
    const { document, info } = await readDocument(source, {
      cMapUrl,
      ...(kind === "html" && { webPart: "whole" }),
    });
    const took = known();
    const notes = info.notes.map(({ sentence }) => sentence);
    if (nWords < FEWEST_WORDS) return { ...took, notes };
    // An article is asked for: what stands around it is rightly left out.
    const all = kind === "article" ? document.text : withLeftOut(document);
    const text = withoutFrame(all);
    const own = withoutExtras(document, text);
    const heard = others.filter((other) => wordsOf(other).length > 0);
    const scores = heard.map((other) => score(text, own, other));
    const nearest = scores.reduce((best, one) => (one.f1 > best.f1 ? one : best));
    const reference = heard[scores.indexOf(nearest)]!;
    return {
      ...took,
      scores: { first: heard[0] === others[0] ? scores[0] : undefined, nearest },
      missing: differingWords(reference, text).slice(0, 40),
      added: differingWords(own, reference).slice(0, 40),
      order: scoreOrder(document.text, others),
      notes,
    };
  } catch (error) {
    return { ...known(), refused: error instanceof Error ? error.message : String(error) };
  }
}

function score(text: string, own: string, reference: string): Score {
  const { recall } = scoreWords(text, reference);
  // A page of nothing but fields has no words that could be too many.
  const precision = wordsOf(own).length === 0 ? 1 : scoreWords(own, reference).precision;
  return {
    recall,
    precision,
    f1: recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision),
  };
}

/** The text without what the reader itself says of it, and without targets of links. */
const withoutFrame = (text: string) =>
  text
    .replace(/^\[(?:Page|Slide) \d+\]$|^\(This page has no text\.\)$/gm, "")
    .replace(/\]\((?:[^()\s]|\([^()\s]*\))+\)/g, "]")
    .replace(/\[Image: /g, "[");

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

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => (sum(values) / Math.max(1, values.length)).toFixed(4);
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;

function print(folder: string, kind: string, measured: readonly Measured[]): void {
  const withText = measured.filter(({ nWords }) => nWords >= FEWEST_WORDS);
  const refused = withText.filter(({ refused: reason }) => reason !== undefined);
  const orders = withText.flatMap(({ order }) => order ?? []);
  const scores = withText.flatMap((one) => one.scores ?? []);
  const first = scores.flatMap((one) => one.first ?? []);
  const nearest = scores.map((one) => one.nearest);
  const f1s = (list: readonly Score[]) => list.map(({ f1 }) => f1);
  const recalls = (list: readonly Score[]) => list.map(({ recall }) => recall);
  const lines = sum(orders.map((order) => order.lines));
  const joined = sum(orders.map(({ wronglyJoined }) => wronglyJoined));
  const ends = sum(orders.map((order) => order.ends));
  const followed = sum(orders.map(({ wronglyFollowed }) => wronglyFollowed));
  const times = measured.map(({ milliseconds }) => milliseconds);
  const below = (values: readonly number[]) =>
    counted(values.filter((value) => value < MIN_F1).length, "file");
  console.log(`${folder}: ${kind}
  files                   ${measured.length}; ${withText.length} with text by another program
  refused, with text      ${refused.length}
  word F1, by the first   mean ${mean(f1s(first))}, median ${median(f1s(first)).toFixed(4)}; ${below(f1s(first))} below ${MIN_F1}
  word F1, by the nearest mean ${mean(f1s(nearest))}; ${below(f1s(nearest))} below ${MIN_F1}
  word recall             mean ${mean(recalls(first))}, by the nearest ${mean(recalls(nearest))}; median ${median(recalls(nearest)).toFixed(4)}
  words not of the nearest mean ${(100 - 100 * +mean(nearest.map(({ precision }) => precision))).toFixed(2)} %
  wrongly joined lines    ${joined} of ${lines}, ${percent(joined, lines)}
  wrongly followed lines  ${followed} of ${ends}, ${percent(followed, ends)}
  time                    median ${median(times)} ms, longest ${times.reduce((a, b) => Math.max(a, b), 0)} ms`);
  for (const { file, refused: reason } of refused) console.log(`  refused: ${basename(file)}: ${reason}`);
}

function printWorst(measured: readonly Measured[], most: number): void {
  const read = measured.flatMap((one) => (one.scores ? [{ ...one, ...one.scores.nearest }] : []));
  for (const one of read.toSorted((a, b) => a.recall - b.recall).slice(0, most))
    console.log(`  ${one.file}: ${counted(one.nWords, "word")}, recall ${one.recall.toFixed(3)}, precision ${one.precision.toFixed(3)}
    missing: ${one.missing!.join(" ")}
    added:   ${one.added!.join(" ")}`);
}
