import { counted } from "../src/ground/figures";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { fuzzDocuments } from "../src/documents/fuzz/fuzz-documents";
import { seeds } from "../src/documents/fuzz/seeds";
import { exportNames, fuzzExports } from "../src/carry/fuzz-exports";
import { fuzzMarkdown } from "../src/page/ui/markdown/fuzz-markdown";
import { fuzz, parsers } from "../src/testing/fuzz";
import { wholeNumber } from "./lib/options";
import { standInForDomMatrix } from "../src/testing/dom-matrix";

/** Printed for --help, by run.mjs. */
export const usage = `fuzz: runs mutated real headers through every parser, draws made-up answers, and reads mutated documents. A
failing case is printed with its seed.

  npm run -s fuzz -- [--cases 20000] [--seed N]        cases for each of ${parsers.length} parsers, for the exports of
                                                       ${exportNames.length} programs, and for Markdown
                     [--documents 500]                 cases for each of ${seeds.length} kinds of documents
                     [--only TEXT]                     documents whose name has it, and nothing else`;

/** Entry point of `npm run fuzz`, the nightly check of the parsers. */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      cases: { type: "string", default: "20000" },
      seed: { type: "string" },
      documents: { type: "string", default: "500" },
      only: { type: "string" },
    },
  });
  const nCases = wholeNumber(values.cases, "--cases", usage, 1);
  const seed =
    values.seed === undefined ? Date.now() % 2 ** 31 : wholeNumber(values.seed, "--seed", usage, 0);
  const nDocuments = wholeNumber(values.documents, "--documents", usage, 0);
  await fuzzAllDocuments(nDocuments, seed, values.only ?? "");
  if (values.only !== undefined) return;
  for (const parser of parsers) {
    const startedAt = performance.now();
    const { refused } = await fuzz(parser, nCases, seed);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    console.log(`${parser.name}: ${nCases} cases, ${refused} refused, ${seconds} s, seed ${seed}`);
  }
  for (const name of exportNames) {
    const startedAt = performance.now();
    const { refused, nChats } = await fuzzExports(name, nCases, seed);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    console.log(
      `exports of ${name}: ${nCases} cases, ${counted(nChats, "chat")} read, ${refused} refused, ${seconds} s, seed ${seed}`,
    );
  }
  const startedAt = performance.now();
  const { slowestMs } = await fuzzMarkdown(nCases, seed);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(
    `Markdown: ${nCases} cases, the slowest ${slowestMs.toFixed(0)} ms of CPU, ${seconds} s, seed ${seed}`,
  );
}

/** A case that takes longer than this does not end, and is ended with the process. */
const endlessMs = 60_000;

async function fuzzAllDocuments(nCases: number, seed: number, only: string): Promise<void> {
  standInForDomMatrix();
  // A case that never ends holds this thread: another one watches, and says which it was.
  const now = new Int32Array(new SharedArrayBuffer(8));
  const watch = new Worker(
    `const { workerData: { now, names, seed } } = require("node:worker_threads");
     let last = "";
     setInterval(() => {
       const at = names[now[1]] + ": case " + now[0];
       if (at === last) {
         require("node:fs").writeSync(2, at + " of seed " + seed + " does not end.\\n");
         process.kill(process.pid, "SIGKILL");
       }
       last = at;
     }, ${endlessMs});`,
    { eval: true, workerData: { now, names: seeds.map(({ name }) => name), seed } },
  );
  for (const [at, one] of seeds.entries()) {
    if (!one.name.includes(only)) continue;
    const startedAt = performance.now();
    const { refused, slowestMs } = await fuzzDocuments(one, nCases, seed, (n) => now.set([n, at]));
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    console.log(
      `${one.name}: ${nCases} cases, ${refused} refused, the slowest ${slowestMs.toFixed(0)} ms of CPU, ${seconds} s, seed ${seed}`,
    );
  }
  await watch.terminate();
}
