import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { writeHubAccess } from "../../../storage/hub-access";
import { hubApi } from "../../../testing/hub/hub-api";
import { HubServer } from "../../../testing/hub/hub-server";
import { makeModel } from "../../../testing/models/make-model";
import { makeSafetensors } from "../../../testing/models/make-safetensors";
import { quantizeChoices, type QuantizeChoice } from "../../../ground/quantize-choice";
import { readPlanTarget } from "./plan-target";

const MIB = 1 << 20;
const gguf = makeModel({ config: "nano", quant: "F32", seed: 7 });
const folder = Object.fromEntries(await makeSafetensors(gguf, { type: "BF16", nFiles: 2 }));

let hub: HubServer;
beforeEach(async () => {
  vi.stubGlobal("navigator", { deviceMemory: 8 }); // the budget's
  hub = await HubServer.start();
  hub.api = hubApi();
  await writeHubAccess({ hubUrl: hub.origin, token: null });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await hub.stop();
});

const noHeader = () => Promise.reject(new Error("A repository needs no stored model."));
const planOf = async (repo: string, quantize: QuantizeChoice | null = null) => {
  const target = await readPlanTarget({ kind: "hub", repo }, { contextLength: 1024, quantize }, noHeader);
  return { ...target, ...target.weightsOn(128 * MIB) };
};

it("a repository of safetensors is planned from its headers, with each choice for its weights", async () => {
  hub.commit("owner/nano", folder);
  const { config, isUsualMix, quantize } = await planOf("owner/nano");
  expect([config.nLayers, isUsualMix, quantize?.plainType, quantize?.choice]).toEqual([
    4,
    false,
    "BF16",
    "q8",
  ]);
  const formats = await Promise.all(
    quantizeChoices.map(async (choice) => {
      const { weights } = await planOf("owner/nano", choice);
      return weights.matrices.find(({ expected: { role, layer } }) => role === "outProj" && layer === 0)!
        .format;
    }),
  );
  expect(new Set(formats).size).toBe(3);
  expect(formats[quantizeChoices.indexOf("q8")]).toBe("Q8_0");
  const sizes = await Promise.all(
    quantizeChoices.map(async (choice) => (await planOf("owner/nano", choice)).weights.sizeBytes),
  );
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect(sizes[0]).toBeGreaterThan(1.5 * sizes[1]!);
});

it("of files of 24 MiB the first 1 MiB is read, and no more", async () => {
  const padding = new Uint8Array(24 * MIB);
  const large = Object.entries(folder).map(([path, bytes]) => [
    path,
    path.endsWith(".safetensors") ? new Uint8Array(Buffer.concat([bytes, padding])) : bytes,
  ]);
  hub.commit("owner/large", Object.fromEntries(large) as Record<string, Uint8Array>);
  await planOf("owner/large");
  const ranges = hub.seen
    .filter(({ host, method, url }) => host === "storage" && method === "GET" && url.endsWith(".safetensors"))
    .map(({ range }) => range);
  expect(ranges).toEqual(Array(2).fill(`bytes=0-${MIB - 1}`));
});

it("GGUF goes before safetensors, and a repository with neither says so", async () => {
  hub.commit("owner/both", {
    ...folder,
    "nano-Q8_0.gguf": makeModel({ config: "nano", quant: "Q8_0", seed: 7 }),
  });
  const both = await planOf(`${hub.origin}/owner/both`);
  expect([both.isUsualMix, both.quantize]).toEqual([true, null]);
  hub.commit("owner/none", { "README.md": new TextEncoder().encode("# none") });
  await expect(planOf("owner/none")).rejects.toMatchObject({ code: "download" });
});

it("a repository is asked once for all its plans, and again after another one or an end on the way", async () => {
  hub.commit("owner/first", folder);
  hub.commit("owner/second", folder);
  const requestsFor = async (plan: Promise<unknown>) => {
    const before = hub.seen.length;
    await plan.catch(() => undefined);
    return hub.seen.length - before;
  };
  const aborted = readPlanTarget(
    { kind: "hub", repo: "owner/first" },
    { contextLength: 1024, quantize: null },
    noHeader,
    AbortSignal.abort(),
  );
  await expect(aborted).rejects.toMatchObject({ code: "cancelled" });
  const once = await requestsFor(planOf("owner/first"));
  expect(once).toBeGreaterThan(2);
  expect(await requestsFor(planOf("owner/first", "q8"))).toBe(0);
  expect(await requestsFor(planOf("owner/second"))).toBe(once);
  expect(await requestsFor(planOf("owner/first"))).toBe(once);
});
