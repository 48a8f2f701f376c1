import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { measureFeatures } from "../support/feature-bytes";

/** Scripts before the first paint, gzipped. */
const mostFirst = 150_000;

test("features cost the bytes that docs/benchmarks.md says, and the page starts with 150 KB of scripts", () => {
  const measured = measureFeatures("dist");
  console.log(measured.map(({ name, gzip }) => `${name}: ${gzip.toLocaleString("en")}`).join("\n"));
  expect(measured[0]!.gzip).toBeLessThan(mostFirst);

  const section = /^## What a feature loads$[^]*?(?=^## )/m.exec(
    readFileSync("docs/benchmarks.md", "utf8"),
  )![0];
  const rows = [...section.matchAll(/^\| (.+?) +\| +([\d,]+) \|/gm)];
  const documented = new Map(rows.map(([, name, gzip]) => [name!, Number(gzip!.replaceAll(",", ""))]));
  expect(measured.map(({ name }) => name)).toEqual([...documented.keys()]);
  for (const { name, gzip } of measured)
    expect(Math.abs(gzip / documented.get(name)! - 1), `${name}: ${gzip} bytes`).toBeLessThan(0.05);
});
