import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";

const repository = dirname(import.meta.dirname);

/**
 * Sources whose words a person may read. What tests and the reference say, only a programmer sees; the
 * sizes of chat templates are Jinja's.
 */
const sources = ["src", "scripts"]
  .flatMap((folder) => readdirSync(join(repository, folder), { withFileTypes: true, recursive: true }))
  .map((entry) => relative(repository, join(entry.parentPath, entry.name)))
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .filter(
    (path) =>
      !/^src\/(testing|reference|engine\/text\/template\/jinja)\/|^src\/ground\/figures\.ts$/.test(path),
  );

const withoutComments = (source: string) =>
  source.replace(/(?<=^|[\s{(])\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");

const words = "tokens|bytes|files|pages|characters|documents|parts|layers|lines|models|chats|words|notes";
const byHand = [
  /\b[KMGT]iB\b/, //                                          binary units
  /\} ?[kKMGT]B\b/, //                                        `${size} MB`
  /\.toLocaleString\(/, //                                    the browser's language, or one way more
  /=== 1 \? "(\w*)" : "\1s"/, //                              n === 1 ? "page" : "pages"
  new RegExp(`formatCount\\([^{}]*\\)\\} (${words})\\b`), // `${formatCount(n)} pages`
  new RegExp(`\\$\\{[\\w.]+\\} (${words})\\b(?!=)`), //               `${n} pages`
];

/** Places where a number is for a machine, or for a log in English: drawings, traces, reports, scripts. */
const forMachines = [
  "src/page/ui/parts/charts/LineChart.tsx", // coordinates
  "src/page/ui/inspect/state/HeadOverTime.tsx", // coordinates
  "src/page/ui/inspect/memory/tokens.ts", // a number again
  "src/documents/office/chart-values.ts", // a number again
  "src/page/ui/inspect/engine/report-text.ts", // to be sent with a report
  "src/page/stores/inspect/trace.ts", // a file for a profiler
];

it("no figure in a page has its places by hand", () => {
  const found = sources.filter(
    (path) =>
      /^src\/(page|worker|documents|carry|storage|ground)\//.test(path) &&
      !/\/fuzz/.test(path) &&
      !forMachines.includes(path) &&
      /\.to(Fixed|Precision)\(|new Intl\.(NumberFormat|DateTimeFormat|ListFormat|PluralRules)/.test(
        withoutComments(readFileSync(join(repository, path), "utf8")),
      ),
  );
  expect(found, "formatFixed and formatSignificant of src/ground/figures.ts write them").toEqual([]);
});

/** Sources of the page: a line of a log may end where it likes. */
const ofPage = /^src\/page\/(?!ui\/markdown\/fuzz-|ui\/inspect\/engine\/report-text|stores\/inspect\/trace)/;

it("no source of the page parts a figure from its unit by a plain space", () => {
  const parted = /\$\{[^{}]*\} ([kMGT]?B|[mµ]?s|min|h|%)(?![\w-])|\)\} ([kMGT]?B|[mµ]?s|min|h|%)</;
  const found = sources.filter(
    (path) => ofPage.test(path) && parted.test(withoutComments(readFileSync(join(repository, path), "utf8"))),
  );
  expect(found, "withUnit of src/language/units.ts keeps them together").toEqual([]);
});

it.each(byHand)("no source writes sizes or plurals by hand: %s", (pattern) => {
  const found = sources.filter((path) =>
    pattern.test(withoutComments(readFileSync(join(repository, path), "utf8"))),
  );
  expect(found, "counted, formatBytes and formatRoundBytes of src/ground/figures.ts write them").toEqual([]);
});
