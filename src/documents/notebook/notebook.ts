import { DocumentError } from "../../ground/errors";
import { htmlToText } from "../html/html";
import { Losses } from "../losses";
import type { DocumentNote, ReadText } from "../reading";
import { cutAtLines } from "../text/cuts";
import { inSections } from "../text/sections";
import { t, tn } from "../../language/language";

/** A log of a training run in one cell is longer than all the rest. */
const LONGEST_OUTPUT = 20_000;

/**
 * The cells of a Jupyter notebook: text as it is, code and its text outputs between fences. Pictures are
 * named.
 *
 * @throws DocumentError  when it is no notebook
 */
export function notebookToText(json: string, name: string): ReadText {
  const notebook = parsed(json, name);
  const { metadata } = notebook;
  const language = textOf(fieldOf(fieldOf(metadata, "kernelspec"), "language")) || "python";
  // Version 3 has its cells in worksheets.
  const worksheets = arrayOf(notebook["worksheets"]).flatMap((sheet) => arrayOf(fieldOf(sheet, "cells")));
  const cells = Array.isArray(notebook["cells"]) ? flat(notebook["cells"]) : worksheets;
  if (cells.length === 0 && !Array.isArray(notebook["cells"])) return asItIs(json);
  const lost: Lost = { losses: new Losses(), cut: 0 };
  const sections = cells.map((cell) => cellText(cell, language, lost, name));
  const notes = remarks(lost);
  // Cells of an unknown shape have words that no part of a cell gave; an empty notebook has none.
  if (notes.length === 0 && sections.join("").trim() === "" && cells.some(isOdd)) return asItIs(json);
  return { ...inSections(sections), notes };
}

/** JSON that is no notebook is text all the same. */
function asItIs(json: string): ReadText {
  const sentence = t("The file has no cells, as a notebook has; it is read as it is.");
  return { text: json, ...cutAtLines(json), notes: [{ kind: "guessed", sentence }] };
}

type Json = Readonly<Record<string, unknown>>;

function parsed(json: string, name: string): Json {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === "object" && value !== null) return value as Json;
  } catch (cause) {
    throw damaged(name, cause);
  }
  throw damaged(name);
}

const damaged = (name: string, cause?: unknown) =>
  new DocumentError(t("“{name}” is damaged: it is no JSON, which a notebook has to be.", { name }), {
    hint: t("Open it in Jupyter and save it anew, or export it as .py or PDF."),
    cause,
  });

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Json)[key] : undefined;
const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** Texts are one string, or its lines. */
const textOf = (value: unknown): string =>
  typeof value === "string"
    ? value
    : flat(arrayOf(value))
        .filter((line) => typeof line === "string")
        .join("");

/** The items of lists in lists, however deep, without a call for each depth. */
function flat(list: readonly unknown[]): readonly unknown[] {
  if (!list.some(Array.isArray)) return list;
  const items: unknown[] = [];
  const rest = list.toReversed();
  while (rest.length > 0) {
    const item = rest.pop();
    if (Array.isArray(item)) for (const inner of (item as unknown[]).toReversed()) rest.push(inner);
    else items.push(item);
  }
  return items;
}

/** Says that a cell is none, or has something else than text where its text belongs. */
function isOdd(cell: unknown): boolean {
  if (typeof cell !== "object" || cell === null) return true;
  const source = fieldOf(cell, "source") ?? fieldOf(cell, "input") ?? "";
  return typeof source !== "string" && !Array.isArray(source);
}

interface Lost {
  readonly losses: Losses;
  cut: number;
}

function cellText(cell: unknown, language: string, lost: Lost, name: string): string {
  const source = textOf(fieldOf(cell, "source") ?? fieldOf(cell, "input")).trimEnd();
  const kind = textOf(fieldOf(cell, "cell_type"));
  if (kind === "heading") return `${"#".repeat(Number(fieldOf(cell, "level")) || 1)} ${source}`;
  if (kind !== "code") {
    // Pictures that were put into the text are attachments of the cell.
    lost.losses.add("picture", Object.keys(Object(fieldOf(cell, "attachments")) as Json).length);
    return source;
  }
  const blocks = source === "" ? [] : [fenced(source, language)];
  for (const output of arrayOf(fieldOf(cell, "outputs"))) {
    const text = outputText(output, lost, name).trimEnd();
    if (text !== "") blocks.push(text.startsWith("[") ? text : `Output:\n${fenced(cut(text, lost), "")}`);
  }
  return blocks.join("\n\n");
}

function outputText(output: unknown, lost: Lost, name: string): string {
  const trace = arrayOf(fieldOf(output, "traceback"));
  if (trace.length > 0) return withoutColours(textOf(trace.map((line) => `${textOf(line)}\n`)));
  const stream = fieldOf(output, "text");
  const data = fieldOf(output, "data") ?? oldData(output);
  if (data === undefined) return withoutColours(textOf(stream));
  const plain = textOf(fieldOf(data, "text/plain"));
  const markdown = textOf(fieldOf(data, "text/markdown")) || textOf(fieldOf(data, "text/latex"));
  const isPicture =
    typeof data === "object" && data !== null && Object.keys(data).some((type) => /^image\//.test(type));
  if (isPicture) {
    lost.losses.add("picture");
    return `[Picture${plain === "" ? "" : `: ${plain}`}]`;
  }
  if (markdown !== "") return markdown;
  const text = withoutColours(plain) || htmlToText(textOf(fieldOf(data, "text/html")), name);
  // A widget, a map or a drawing of a library that only the notebook's own program shows.
  if (text.trim() === "") lost.losses.add("output");
  return text;
}

// eslint-disable-next-line no-control-regex -- terminals' codes of colours begin with an escape
const withoutColours = (text: string): string => text.replace(/\x1b\[[\d;]*[A-Za-z]/g, "");

/** The data of an output of version 3, which names its formats in short, beside its other fields. */
function oldData(output: unknown): Json | undefined {
  const found = Object.entries(oldFormats).filter(([key]) => fieldOf(output, key) !== undefined);
  if (found.length === 0) return undefined;
  const plain = { "text/plain": fieldOf(output, "text") };
  return { ...plain, ...Object.fromEntries(found.map(([key, type]) => [type, fieldOf(output, key)])) };
}

const oldFormats = {
  png: "image/png",
  jpeg: "image/jpeg",
  svg: "image/svg+xml",
  html: "text/html",
  latex: "text/latex",
  markdown: "text/markdown",
} as const;

/** A fence that is longer than any in the code. */
function fenced(code: string, language: string): string {
  const longest = [...code.matchAll(/^`{3,}/gm)].reduce((most, [run]) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code}\n${fence}`;
}

function cut(text: string, lost: Lost): string {
  if (text.length <= LONGEST_OUTPUT) return text;
  lost.cut++;
  const half = LONGEST_OUTPUT / 2;
  return `${text.slice(0, half)}\n…\n${text.slice(-half)}`.toWellFormed();
}

function remarks({ losses, cut }: Lost): DocumentNote[] {
  const notes = losses.notes();
  if (cut > 0)
    notes.push({
      kind: "left-out",
      sentence: tn(
        cut,
        "{count} output longer than 20,000 characters was cut in the middle.",
        "{count} outputs longer than 20,000 characters were cut in the middle.",
      ),
    });
  return notes;
}
