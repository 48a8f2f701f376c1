import { create } from "zustand";
import type { AnswerSettings } from "../../../ground/answer-settings";
import { isObject } from "../../../ground/record-checks";
import { declaredSettings } from "./declared-settings";

export { memoryBudgets, textSizes, type ColumnWidth, type Preset, type Theme } from "./declared-settings";

type Declared = typeof declaredSettings;

/** The person's choices. */
export type Settings = {
  readonly [Name in keyof Declared]: Declared[Name] extends { readonly initial: infer Value } ? Value : never;
};

const valuesOf = (valueOf: (name: keyof Settings) => unknown) => {
  const names = Object.keys(declaredSettings) as (keyof Settings)[];
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as unknown as Settings;
};

export const defaultSettings: Settings = valuesOf((name) => declaredSettings[name].initial);

const storageKey = "settings";

export const useSettings = create<Settings>(() => storedSettings() ?? defaultSettings);

// Settings that could not be stored hold as long as the page does.
let isStored = true;

export function changeSettings(change: Partial<Settings>): void {
  editSettings(() => change);
}

/** The settings as a backup has them. The model chosen last is left out: backups have no models. */
export function settingsToBackUp(): unknown {
  const { lastModelId: _, ...settings } = useSettings.getState();
  return settings;
}

/**
 * Takes over the settings of a backup that the person has not chosen here, and the presets that are not here.
 *
 * @returns the number of settings that changed
 */
export function takeSettings(stored: unknown): number {
  if (!isObject(stored)) return 0;
  const { lastModelId: _, ...others } = readSettings(stored);
  const now = useSettings.getState();
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const taken = (Object.keys(others) as (keyof typeof others)[]).filter(
    (name) => isSame(now[name], defaultSettings[name]) && !isSame(others[name], now[name]),
  );
  const known = new Set(now.presets.map(({ id }) => id));
  const presets = taken.includes("presets") ? [] : others.presets.filter(({ id }) => !known.has(id));
  const change = Object.fromEntries(taken.map((name) => [name, others[name]]));
  if (taken.length + presets.length > 0)
    changeSettings({ ...change, ...(presets.length > 0 && { presets: [...now.presets, ...presets] }) });
  return taken.length + presets.length;
}

/** Changes settings by what they are now, in which another tab may have changed something else. */
export function editSettings(edit: (settings: Settings) => Partial<Settings>): void {
  const before = (isStored ? storedSettings() : undefined) ?? useSettings.getState();
  const settings = { ...before, ...edit(before) };
  useSettings.setState(settings);
  try {
    window.localStorage.setItem(storageKey, JSON.stringify({ state: settings, version: 0 }));
    isStored = true;
  } catch {
    isStored = false; // full, or forbidden
  }
}

/** The settings of answers of every chat that follows no preset. */
export function usualAnswers(settings: Settings): AnswerSettings {
  const { systemPrompt, thinking, effort, keepsThoughts, sampling, maxNewTokens } = settings;
  return {
    ...(systemPrompt !== "" && { systemPrompt }),
    ...(thinking !== null && { thinking }),
    ...(effort !== null && { effort }),
    ...(keepsThoughts !== null && { keepsThoughts }),
    ...(Object.keys(sampling).length > 0 && { sampling }),
    ...(maxNewTokens !== "model" && { maxNewTokens }),
  };
}

/** Changes the usual settings of answers. */
export function editUsualAnswers(edit: (answers: AnswerSettings) => AnswerSettings): void {
  editSettings((settings) => {
    const { systemPrompt, thinking, effort, keepsThoughts, sampling, maxNewTokens } = edit(
      usualAnswers(settings),
    );
    return {
      systemPrompt: systemPrompt ?? "",
      thinking: thinking ?? null,
      effort: effort ?? null,
      keepsThoughts: keepsThoughts ?? null,
      sampling: sampling ?? {},
      maxNewTokens: maxNewTokens ?? "model",
    };
  });
}

/** From now on, takes up what is changed in another tab. */
export function followOtherTabs(): void {
  addEventListener("storage", ({ key }) => {
    const settings = key === storageKey ? storedSettings() : undefined;
    if (settings) useSettings.setState(settings);
  });
}

/** `undefined` where nothing is stored, or may not be read. */
function storedSettings(): Settings | undefined {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(storageKey) ?? "null");
    return isObject(stored) ? readSettings(stored.state) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads settings from what the browser stored, which another version or a curious person may have written.
 */
export function readSettings(stored: unknown): Settings {
  const all = isObject(stored) ? stored : {};
  return valuesOf((name) => {
    const { read, initial } = declaredSettings[name];
    return read(all[name], all) ?? initial;
  });
}
