import { parseArgs } from "node:util";
import { fuzzMarkdown } from "../src/page/ui/markdown/fuzz-markdown";
import { fuzz, parsers } from "../src/testing/fuzz";
import { wholeNumber } from "./lib/options";

/** Printed for --help, by run.mjs. */
export const usage = `fuzz: runs mutated real headers through every parser, and draws made-up answers. A failing case is printed with
its seed.

  npm run -s fuzz -- [--cases 20000] [--seed N]        cases for each of ${parsers.length} parsers and for Markdown`;

/** Entry point of `npm run fuzz`, the nightly check of the parsers. */
export async function main(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: { cases: { type: "string", default: "20000" }, seed: { type: "string" } },
  });
  const nCases = wholeNumber(values.cases, "--cases", usage, 1);
  const seed =
    values.seed === undefined ? Date.now() % 2 ** 31 : wholeNumber(values.seed, "--seed", usage, 0);
  for (const parser of parsers) {
    const startedAt = performance.now();
    const { refused } = await fuzz(parser, nCases, seed);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    console.log(`${parser.name}: ${nCases} cases, ${refused} refused, ${seconds} s, seed ${seed}`);
  }
  const startedAt = performance.now();
  const { slowestMs } = await fuzzMarkdown(nCases, seed);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  console.log(
    `Markdown: ${nCases} cases, the slowest ${slowestMs.toFixed(0)} ms of CPU, ${seconds} s, seed ${seed}`,
  );
}
