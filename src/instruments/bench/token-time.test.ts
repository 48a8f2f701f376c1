import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { CARDS, tokenTime } from "./token-time";

/** The 0.8B in MIX behind 1,024 tokens, as docs/benchmarks.md counts it. */
const COST = { dispatches: 132, totalBytes: 572_502_104 };

it("adds bytes over bandwidth, two waits a dispatch and the dispatch's own cost", () => {
  const card = { name: "round", memoryGBs: 100, latencyUs: 0.5, dispatchUs: 4 };
  const time = tokenTime({ dispatches: 1000, totalBytes: 9e8 }, card);
  expect(time.bytesMs).toBeCloseTo(10, 9);
  expect(time.chainMs).toBeCloseTo(1, 9);
  expect(time.dispatchMs).toBeCloseTo(4, 9);
  expect(time.totalMs).toBeCloseTo(15, 9);
});

it.each(CARDS)("docs/benchmarks.md has the row that the model gives for $name", (card) => {
  const docs = readFileSync(join(import.meta.dirname, "../../../docs/benchmarks.md"), "utf8");
  const { bytesMs, chainMs, dispatchMs, totalMs } = tokenTime(COST, card);
  const cells = [bytesMs, chainMs, dispatchMs, totalMs].map((ms) => ms.toFixed(2));
  expect(docs.replace(/ +/g, " ")).toContain(`| ${[card.name, ...cells].join(" | ")} |`);
});
