import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { FaultReport } from "../../../stores/inspect/inspect-engine";
import type { LoadedModel } from "../../../../worker/rpc/protocol/load";
import { ProductTable } from "./ProductTable";
import { asMarkdown } from "./report-text";
import { verbatim } from "../../../../language/language";

const tuned: LoadedModel["tuned"] = [
  {
    shape: "Q4_K 1024x3584",
    choice: "tile 64x64",
    source: "measured",
    timings: [
      { choice: "tile 64x32", milliseconds: 0.5 },
      { choice: "tile 64x64", milliseconds: 0.25 },
    ],
    rejected: [{ choice: "tile 128x64", reason: verbatim("differs by 0.3 from the baseline") }],
  },
  { shape: "Q6_K 1024x1024", choice: "tile 32x32", source: "remembered", timings: [], rejected: [] },
];

/** The text of each cell, row by row. */
const rowsOf = (html: string) =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell),
  );

it("each variant of a kernel has the result of its check, its time, and whether it is used", () => {
  const html = renderToStaticMarkup(<ProductTable tuned={tuned} isSoftware={false} />);
  expect(rowsOf(html).slice(1)).toEqual([
    ["Q4_K 1024x3584", "tile 64x32", "right", "0.500"],
    ["Q4_K 1024x3584", "tile 64x64", "right, used", "0.250"],
    ["Q4_K 1024x3584", "tile 128x64", "differs by 0.3 from the baseline", ""],
    ["Q6_K 1024x1024", "tile 32x32", "used, remembered from an earlier visit", ""],
  ]);
});

it("without variants says why", () => {
  expect(renderToStaticMarkup(<ProductTable tuned={[]} isSoftware />)).toContain("on a software adapter");
});

it("the report for an issue holds device, storage, stages, variants with times and checks, and the slowest shaders", () => {
  const report: FaultReport = {
    browser: "a browser",
    adapter: {
      vendor: "v",
      architecture: "a",
      device: "d",
      description: "driver 1.2",
      isSoftware: false,
      subgroupSizes: [32, 32],
    },
    features: [
      { name: "shader-f16", state: "refused", reason: verbatim("its probe shader does not compile") },
    ],
    limits: [{ name: "maxBufferSize", device: 1024, adapter: 2048 }],
    compiles: [{ label: "matmul", elapsedMs: 12 }],
    steps: { inFlight: 2, most: 4 },
    storage: { usedBytes: 5e6, quotaBytes: 8e9, freeBytes: 7e9, appBytes: 0 },
    storedModels: [{ fileName: "demo.gguf", sizeBytes: 4e6 }],
    model: {
      contextLength: 4096,
      plan: { totalBytes: 8e6 } as LoadedModel["plan"],
      stages: [{ name: "weights", startMs: 1, endMs: 30 }],
      tuned,
    },
    failure: { code: "device-lost", message: verbatim("it went"), hint: verbatim("") },
  };
  const text = asMarkdown(report);
  for (const part of [
    "driver 1.2",
    "5.00\u00a0MB used, 7.00\u00a0GB free",
    "Steps in flight: 2 of at most 4",
    "demo.gguf 4.00\u00a0MB",
    "device-lost: it went",
    "| shader-f16 | refused: its probe shader does not compile |",
    "| maxBufferSize | 1,024 |",
    "| weights | 1–30 ms |",
    "tile 64x64, measured; tile 64x32 0.500 ms; tile 64x64 0.250 ms; tile 128x64 refused: differs by 0.3",
    "| matmul | 12 ms |",
  ])
    expect(text).toContain(part);
});
