import { afterEach, describe, expect, it, vi } from "vitest";
import { withSampling } from "../../../ground/answer-settings";
import { defaultSettings, readSettings, type Settings } from "./settings";

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
      memoryBudget: 24e9,
      kv: "q8",
      yarn: 2,
      int8: true,
      quantize: { m: "q8" },
      theme: "dark",
      textSize: 1.25,
      columnWidth: "wide",
      effort: "low",
      keepsThoughts: false,
      presets: [
        {
          id: "p",
          name: "Translator",
          answers: { systemPrompt: "Translate.", sampling: { seed: null } },
          model: null,
        },
        { id: "q", name: "Coder", answers: {}, model: { id: "m", name: "M" } },
      ],
      newChatPreset: "p",
      inspectShare: 0.3,
      lastModelId: "m",
    };
    expect(readSettings(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  it("reads a memory budget that was stored as GiB as the same number of GB", () => {
    expect(readSettings({ memoryBudget: 24 * 2 ** 30 }).memoryBudget).toBe(24e9);
    expect(readSettings({ memoryBudget: 25 * 2 ** 30 }).memoryBudget).toBeNull();
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
      textSize: 3,
      columnWidth: 4,
      effort: "most",
      keepsThoughts: 1,
      presets: [{ id: "p" }, 3, { id: "q", name: "Q", answers: { thinking: 1, effort: "low" }, model: {} }],
      newChatPreset: 1,
      inspectShare: 0.9,
      lastModelId: {},
    };
    expect(readSettings(stored)).toEqual({
      ...defaultSettings,
      sampling: { temperature: 2, topP: 0.05 },
      presets: [{ id: "q", name: "Q", answers: { effort: "low" }, model: null }],
    });
  });
});

describe("the store", () => {
  afterEach(() => vi.unstubAllGlobals());

  const asStored = (state: Partial<Settings>) => JSON.stringify({ state, version: 0 });

  /** The page's storage, and the store of a tab on it: each call another tab. */
  async function openTab(values: Map<string, string>, isFull: () => boolean = () => false) {
    const localStorage = {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (isFull()) throw new DOMException("full", "QuotaExceededError");
        values.set(key, value);
      },
    };
    let onStorage: (event: Pick<StorageEvent, "key">) => void = () => undefined;
    vi.stubGlobal("window", { localStorage });
    vi.stubGlobal("addEventListener", (_: string, listener: typeof onStorage) => (onStorage = listener));
    vi.resetModules(); // the store reads while its module is set up
    const tab = await import("./settings");
    tab.followOtherTabs();
    return { ...tab, hear: (key: string | null) => onStorage({ key }) };
  }

  it("begins with what the last visit stored", async () => {
    const stored = new Map([["settings", asStored({ theme: "dark", sampling: { topK: 5 } })]]);
    const { useSettings } = await openTab(stored);
    expect(useSettings.getState()).toEqual({ ...defaultSettings, theme: "dark", sampling: { topK: 5 } });
  });

  it("a change leaves alone what another tab has changed meanwhile", async () => {
    const stored = new Map<string, string>();
    const [here, there] = [await openTab(stored), await openTab(stored)];
    there.changeSettings({ systemPrompt: "Be brief." });
    there.editUsualAnswers((answers) => withSampling(answers, "topK", 5));
    here.changeSettings({ theme: "dark" });
    here.editUsualAnswers((answers) => withSampling(answers, "temperature", 0));
    const both = {
      ...defaultSettings,
      systemPrompt: "Be brief.",
      theme: "dark",
      sampling: { topK: 5, temperature: 0 },
    };
    expect(here.useSettings.getState()).toEqual(both);
    expect((await openTab(stored)).useSettings.getState()).toEqual(both);
  });

  it("takes up what another tab changes, without writing it back", async () => {
    const stored = new Map<string, string>();
    const [here, there] = [await openTab(stored), await openTab(stored)];
    there.changeSettings({ theme: "dark" });
    const written = stored.get("settings");
    here.hear("other");
    expect(here.useSettings.getState().theme).toBe("system");
    here.hear("settings");
    expect(here.useSettings.getState().theme).toBe("dark");
    expect(stored.get("settings")).toBe(written);
  });

  it("what is cleared, or is not JSON, changes nothing here", async () => {
    const stored = new Map([["settings", asStored({ theme: "dark" })]]);
    const { useSettings, hear } = await openTab(stored);
    stored.clear();
    hear("settings");
    stored.set("settings", "{");
    hear("settings");
    expect(useSettings.getState().theme).toBe("dark");
  });

  it("changes that can not be stored hold as long as the page, one after the other", async () => {
    let isFull = true;
    const stored = new Map([["settings", asStored({ theme: "dark" })]]);
    const { changeSettings, useSettings } = await openTab(stored, () => isFull);
    changeSettings({ systemPrompt: "Be brief." });
    changeSettings({ int8: true });
    expect(useSettings.getState()).toMatchObject({ systemPrompt: "Be brief.", int8: true, theme: "dark" });
    isFull = false;
    changeSettings({ thinking: true });
    expect(JSON.parse(stored.get("settings")!)).toEqual({ state: useSettings.getState(), version: 0 });
  });

  it("works where the browser forbids to store", async () => {
    vi.stubGlobal("window", {});
    vi.resetModules();
    const { changeSettings, useSettings } = await import("./settings");
    changeSettings({ theme: "dark" });
    expect(useSettings.getState()).toEqual({ ...defaultSettings, theme: "dark" });
  });
});
