import { afterEach, describe, expect, it, vi } from "vitest";
import type { ModelDescription, SamplingSettings } from "../worker/protocol";
import {
  defaultSettings,
  effectiveMaxNewTokens,
  effectiveSampling,
  effectiveThinking,
  readSettings,
} from "./settings";

const answering: SamplingSettings = {
  temperature: 0.7,
  topK: 20,
  topP: 0.8,
  minP: 0,
  presencePenalty: 1.5,
  repetitionPenalty: 1,
  seed: null,
};

const model = (thinking: ModelDescription["thinking"], nParameters = 8e8): ModelDescription => ({
  name: "M",
  sizeBytes: 1,
  nParameters,
  types: [],
  nLayers: 24,
  hiddenSize: 1024,
  contextLength: 262_144,
  thinking,
  sampling: { answering, thinking: { ...answering, temperature: 1 } },
});

const thinker = model({ supported: true, byDefault: true });

describe("effective settings", () => {
  it("follow the model until the person decides", () => {
    expect(effectiveThinking({ thinking: null }, thinker)).toBe(true);
    expect(effectiveThinking({ thinking: false }, thinker)).toBe(false);
    expect(effectiveThinking({ thinking: null }, model({ supported: true, byDefault: false }))).toBe(false);
  });

  it("never think with a model that can not", () => {
    expect(effectiveThinking({ thinking: true }, model({ supported: false, byDefault: false }))).toBe(false);
  });

  it("take the sampling of the mode, and the person's changes over it, zero included", () => {
    expect(effectiveSampling({ thinking: true, sampling: {} }, thinker).temperature).toBe(1);
    expect(effectiveSampling({ thinking: false, sampling: {} }, thinker).temperature).toBe(0.7);
    expect(effectiveSampling({ thinking: true, sampling: { temperature: 0, topK: 0 } }, thinker)).toEqual({
      ...answering,
      temperature: 0,
      topK: 0,
    });
  });

  it("limit the answers of a very small model, and of others only when asked", () => {
    const small = model({ supported: false, byDefault: false }, 6e6);
    expect(effectiveMaxNewTokens({ maxNewTokens: "model" }, small)).toBe(256);
    expect(effectiveMaxNewTokens({ maxNewTokens: "none" }, small)).toBeNull();
    expect(effectiveMaxNewTokens({ maxNewTokens: "model" }, thinker)).toBeNull();
    expect(effectiveMaxNewTokens({ maxNewTokens: 5 }, thinker)).toBe(5);
  });
});

describe("readSettings", () => {
  it.each([undefined, null, 3, "x", []])("of %j gives the defaults", (stored) => {
    expect(readSettings(stored)).toEqual(defaultSettings);
  });

  it("gives back what was stored", () => {
    const stored = {
      ...defaultSettings,
      systemPrompt: "Be brief.",
      thinking: false,
      sampling: { temperature: 0, seed: 0 },
      maxNewTokens: "none",
      contextLength: 4096,
      memoryBudget: 24 * 2 ** 30,
      kv: "q8",
      yarn: 2,
      int8: true,
      quantize: { m: "q8" },
      theme: "dark",
      lastModelId: "m",
    };
    expect(readSettings(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  it("drops what is not of the right kind and pulls numbers into range", () => {
    const stored = {
      systemPrompt: 5,
      thinking: "yes",
      sampling: { temperature: 99, topP: -1, topK: "20", minP: null, seed: -1, other: 1 },
      maxNewTokens: 0,
      contextLength: 1e12,
      memoryBudget: 5,
      kv: "q4",
      yarn: 3,
      int8: "yes",
      quantize: { m: "q3", n: 8 },
      theme: "pink",
      lastModelId: {},
    };
    expect(readSettings(stored)).toEqual({ ...defaultSettings, sampling: { temperature: 2, topP: 0.05 } });
  });
});

describe("the store", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("begins with what the last visit stored", async () => {
    const stored = JSON.stringify({ state: { theme: "dark", sampling: { topK: 5 } }, version: 0 });
    const localStorage = { getItem: () => stored, setItem: () => undefined, removeItem: () => undefined };
    vi.stubGlobal("window", { localStorage });
    vi.resetModules(); // the store reads while its module is set up
    const { useSettings } = await import("./settings");
    expect(useSettings.getState()).toEqual({ ...defaultSettings, theme: "dark", sampling: { topK: 5 } });
  });
});
