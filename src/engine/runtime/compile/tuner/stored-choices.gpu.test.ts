import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { gpu } from "../../../../testing/gpu/gpu";
import { deltaRuleFormNames, deltaRuleForms } from "../../../kernels/delta-net/delta-rule-forms";
import { decodeProductSource } from "../../../kernels/products/decode-product-source";
import { matmulSource, matmulTiles } from "../../../kernels/products/matmul";
import type { PlannedMatrix, WeightsPlan } from "../../weights/weights-plan";
import { decodeSubjects } from "./decode-product";
import { deltaRuleSubjects } from "./delta-rule";
import { matmulSubjects } from "./matmul";
import { tune, type TunerSubjects } from "./tune";

/** The key of a choice as version 0.1 wrote it. */
function storedKey(shape: string, source: string): string {
  const { vendor, architecture, description } = gpu.info;
  const hex = createHash("sha256").update(source).digest("hex").slice(0, 16);
  const browser = (globalThis as { navigator?: Navigator }).navigator?.userAgent ?? ""; // Node 20 has none
  return [vendor, architecture, description, browser, hex, shape].join(" | ");
}

async function remembered<Choice>(subjects: TunerSubjects<Choice>, key: string, value: unknown) {
  const store = {
    get: (asked: string) => Promise.resolve(asked === key ? value : undefined),
    set: () => Promise.resolve(),
  };
  const [found] = (await tune(gpu, subjects, { store, budgetMs: 60_000 })).values();
  return { source: found?.source, choice: found?.choice };
}

it("takes up the tile that version 0.1 stored for a shape", async () => {
  const matrix = { format: "F32", k: 256, pieces: [{ nRows: 512 }], expected: { role: "upProj" } };
  const plan = { matrices: [matrix as unknown as PlannedMatrix] } as unknown as WeightsPlan;
  const tiles = matmulTiles.f32.map((tile) => ({ arithmetic: "f32", tile }));
  const source = JSON.stringify(tiles) + matmulSource("F32", "f32").repeat(tiles.length);
  const key = storedKey("F32 512×256", source);
  const choice = { arithmetic: "f32", tile: { rows: 64, tokens: 64, stageSpans: 1 } };
  const found = await remembered(matmulSubjects(gpu, plan, "f32"), key, choice);
  expect(found).toEqual({ source: "remembered", choice });
});

it("takes up the mapping that version 0.1 stored for a product of decode", async () => {
  const part = { kind: "gate-up", formats: ["F32", "F32"], rows: [512, 512], k: 256 } as const;
  const tuned = decodeSubjects({ ...gpu, hasSubgroups: false }, [part], "f32");
  const candidates = JSON.stringify(tuned.subjects[0]!.candidates);
  const source = candidates + decodeProductSource("gate-up", part.formats);
  const key = storedKey("gate-up F32 F32 × 256 512 512", source);
  const choice = { workgroupSize: 128, rowsPerLane: 4, laneShift: 0, sums: "workgroup" };
  const found = await remembered(tuned, key, choice);
  expect(found).toEqual({ source: "remembered", choice });
});

it("takes up the form of the delta rule that version 0.1 stored", async () => {
  const deltaNet = { nKeyHeads: 1, nValueHeads: 2, keyDim: 64, valueDim: 32, convKernel: 4 };
  const sources = Object.values(deltaRuleForms).map(({ source }) => source);
  const source = JSON.stringify(deltaRuleFormNames) + sources.join("");
  const key = storedKey("delta rule 2 heads on 1, 64×32", source);
  const found = await remembered(deltaRuleSubjects(gpu, deltaNet), key, "blocks");
  expect(found).toEqual({ source: "remembered", choice: "blocks" });
});
