import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeHubAccess } from "../../storage/hub-access";
import { estimateMemory } from "../../engine/runtime/memory-estimate";
import { planMemory } from "../../engine/runtime/memory-plan";
import { planWeights } from "../../engine/runtime/weights/weights-plan";
import { hubApi } from "../../testing/hub/hub-api";
import { HubServer, sha256Of } from "../../testing/hub/hub-server";
import { makeModel, makeShards } from "../../testing/models/make-model";
import { encodeHeader } from "../../testing/models/make-model-gguf";
import { readModelConfig } from "../../engine/weights/config/config";
import { setHubToken } from "../../engine/weights/hub/connections";
import { readGguf } from "../../engine/weights/gguf/gguf";
import { findModels, type FindOptions } from "./find-models";
import { findUpdate } from "./find-update";
import { takeUpHubAccess } from "./take-up-hub";
import type { HubRepository } from "../rpc/protocol/hub";
import type { StoredFile } from "../../storage/models/part-store";

const MIB = 1 << 20;
const nano = makeModel({ config: "nano", quant: "Q8_0", seed: 7 });
const shards = makeShards({ config: "nano", quant: "F16", seed: 7 }, 2);
const files = {
  "nano-Q8_0.gguf": nano,
  "F16/nano-F16-00001-of-00002.gguf": shards[0]!,
  "F16/nano-F16-00002-of-00002.gguf": shards[1]!,
  "nano-IQ4_KSS.gguf": encodeHeader([["general.architecture", { text: "qwen35" }]], []),
  "mmproj-F16.gguf": encodeHeader([["general.architecture", { text: "clip" }]], []),
  "README.md": new TextEncoder().encode("# nano"),
};

let hub: HubServer;
beforeEach(async () => {
  hub = await HubServer.start();
  hub.api = hubApi({ pageEntries: 2 });
  hub.commit("owner/nano-GGUF", files);
});
afterEach(async () => {
  setHubToken("https://huggingface.co", undefined);
  await hub.stop();
});

const find = async (text: string, options: Partial<FindOptions> = {}) => {
  const found = await findModels(text, {
    hubUrl: hub.origin,
    estimate: (...model) =>
      Promise.resolve(estimateMemory(...model, { maxBindingBytes: 128 * MIB, budgetBytes: 1e9 })),
    budgetBytes: 1e9,
    ...options,
  });
  expect(found.kind).toBe("repository");
  return found as HubRepository;
};

describe("findModels", () => {
  it.each([
    ["fails", (path: string) => path.endsWith("nano-Q8_0.gguf"), files["nano-Q8_0.gguf"]],
    ["is empty", () => false, new Uint8Array(0)],
  ] as const)(
    "lists a repository one of whose files %s, and what the others take",
    async (_, fails, bytes) => {
      hub.commit("owner/nano-GGUF", { ...files, "nano-Q8_0.gguf": bytes });
      hub.fault = ({ path }) => (fails(path) ? { kind: "status", status: 503 } : undefined);
      const { models } = await find("owner/nano-GGUF");
      const memoryOf = (name: string) => models.find((model) => model.name === name)?.memory;
      expect(memoryOf("Q8_0")).toBeDefined();
      expect(memoryOf("F16")).not.toEqual([]);
    },
  );

  it("lists what a repository offers, at its commit, with what is proposed and what is set aside", async () => {
    const found = await find("owner/nano-GGUF");
    expect(found).toMatchObject({
      repo: "owner/nano-GGUF",
      branch: "main",
      revision: hub.commitOf("owner/nano-GGUF")!.sha,
      suggested: "Q8_0",
      asked: null,
    });
    expect(found.models.map(({ name, isRunnable }) => [name, isRunnable])).toEqual([
      ["IQ4_KSS", false],
      ["Q8_0", true],
      ["F16", true],
    ]);
    expect(found.models[0]!.refusal).toBe(
      "Its numbers are IQ4_KSS, which this app does not run. Take Q8_0 instead.",
    );
    expect(found.models[1]!.files).toEqual([
      { path: "nano-Q8_0.gguf", sizeBytes: nano.length, sha256: sha256Of(nano) },
    ]);
    expect(found.models[2]!.files).toHaveLength(2);
    expect(found.setAside.map(({ path }) => path)).toEqual(["mmproj-F16.gguf"]);
  });

  it("tells the memory within a few per cent of the header's plan, from one short range", async () => {
    const { models } = await find("owner/nano-GGUF");
    const ranges = hub.seen.filter(({ range }) => range !== undefined);
    expect(ranges.filter(({ host }) => host === "storage")).toHaveLength(1);
    expect(ranges.every(({ range }) => range === "bytes=0-65535")).toBe(true);

    const header = await readGguf({
      sizeBytes: nano.length,
      read: (offset, length) => Promise.resolve(nano.slice(offset, offset + length)),
    });
    const config = readModelConfig(header);
    const [first, ...others] = models[1]!.memory;
    const plan = planMemory(config, planWeights(config, header, 128 * MIB), first!.contextLength, 128 * MIB);
    const planned = plan.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(first!.contextLength).toBe(4096);
    expect(first!.totalBytes / planned).toBeGreaterThan(0.97);
    expect(first!.totalBytes / planned).toBeLessThan(1.03);
    for (const { totalBytes } of others) expect(totalBytes).toBeGreaterThan(first!.totalBytes);
  });

  it.each([
    ["owner/nano-GGUF:q8_0", "Q8_0", null],
    ["owner/nano-GGUF:F16", "F16", null],
    ["/owner/nano-GGUF/blob/main/nano-Q8_0.gguf", "Q8_0", null],
    ["/owner/nano-GGUF/resolve/main/F16/nano-F16-00002-of-00002.gguf?download=true", "F16", null],
    ["/owner/nano-GGUF/tree/main/F16", "F16", null],
    ["/owner/nano-GGUF/blob/main/mmproj-F16.gguf", null, null],
    ["/owner/nano-GGUF/blob/main/README.md", null, null],
    ["/owner/nano-GGUF/blob/main/gone.gguf", null, "gone.gguf"],
    ["owner/nano-GGUF:Q3_K", null, "Q3_K"],
  ])("knows which one %s asks for", async (text, asked, missing) => {
    const found = await find(text.startsWith("/") ? hub.origin + text : text);
    expect(found).toMatchObject({ asked, missing });
  });

  it("proposes what fits the budget", async () => {
    expect((await find("owner/nano-GGUF", { budgetBytes: 1 })).suggested).toBe("Q8_0");
  });

  it("refuses models of another architecture by name", async () => {
    hub.commit("owner/llama-GGUF", {
      "llama-Q8_0.gguf": encodeHeader(
        [
          ["general.architecture", { text: "llama" }],
          ["tokenizer.ggml.tokens", { texts: ["a"] }],
        ],
        [],
      ),
    });
    const { models, suggested } = await find("owner/llama-GGUF");
    expect(models[0]).toMatchObject({
      isRunnable: false,
      refusal: expect.stringContaining('"llama"') as string,
    });
    expect(suggested).toBeNull();
  });

  it("refuses a repository without weights, with where to look", async () => {
    hub.commit("owner/empty", { "README.md": files["README.md"] });
    await expect(find("owner/empty")).rejects.toMatchObject({
      code: "download",
      message: expect.stringContaining("holds no model as GGUF") as string,
      hint: expect.stringContaining("GGUF") as string,
    });
  });

  it("asks for the token where a repository is gated, and uses it once it is set", async () => {
    hub.gates.set("owner/nano-GGUF", { token: "hf_secret", acceptedBy: true });
    await expect(find("owner/nano-GGUF")).rejects.toMatchObject({
      hint: expect.stringContaining("access token") as string,
    });
    await writeHubAccess({ hubUrl: hub.origin, token: "hf_secret" });
    expect(await takeUpHubAccess()).toEqual({ hubUrl: hub.origin, token: "hf_secret" });
    expect(await find("owner/nano-GGUF")).toMatchObject({ isGated: true, suggested: "Q8_0" });
    const tokens = (host: string) =>
      hub.seen.filter((seen) => seen.host === host).map((s) => s.authorization);
    expect(tokens("hub").at(-1)).toBe("Bearer hf_secret");
    expect(tokens("storage").every((token) => token === undefined)).toBe(true);
  });
});

describe("findUpdate", () => {
  const stored = async (): Promise<StoredFile> => {
    const { models, hubUrl, repo, revision, branch } = await find("owner/nano-GGUF");
    const origin = { kind: "hub", hubUrl, repo, revision, branch, files: models[1]!.files } as const;
    return {
      id: "x",
      name: "nano",
      fileName: "nano-Q8_0.gguf",
      sizeBytes: nano.length,
      origin,
      partBytes: MIB,
      addedAt: 0,
      lastUsedAt: null,
      isComplete: true,
    };
  };

  it("finds none while the commit is the same, or changed something else", async () => {
    const file = await stored();
    expect(await findUpdate(file)).toBeNull();
    hub.commit("owner/nano-GGUF", { "README.md": new TextEncoder().encode("changed") });
    expect(await findUpdate(file)).toBeNull();
  });

  it("finds changed weights, under their own commit", async () => {
    const file = await stored();
    const newer = makeModel({ config: "nano", quant: "Q8_0", seed: 8 });
    const revision = hub.commit("owner/nano-GGUF", { "nano-Q8_0.gguf": newer });
    expect(await findUpdate(file)).toEqual({
      ...file.origin,
      revision,
      files: [{ path: "nano-Q8_0.gguf", sizeBytes: newer.length, sha256: sha256Of(newer) }],
    });
  });

  it("finds none for a model that is from no hub", async () => {
    expect(await findUpdate({ ...(await stored()), origin: { kind: "file", fileName: "x" } })).toBeNull();
  });
});
