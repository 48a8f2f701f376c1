import { create } from "zustand";
import { isObject } from "../../../ground/record-checks";
import type { SamplingSettings } from "../../../ground/sampling";
import type { DrawnWith } from "../../../storage/chats/conversations";
import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import type { ModelDescription } from "../../../worker/rpc/protocol/model";
import { declaredSettings } from "./declared-settings";

export { memoryBudgets, samplingRanges, type Theme } from "./declared-settings";

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
  changeStored(() => change);
}

export function changeSampling(change: Partial<SamplingSettings>): void {
  changeStored(({ sampling }) => ({ sampling: { ...sampling, ...change } }));
}

/** Answers go back to the model's own way: thinking, sampling and length; prompt, context and theme stay. */
export function resetAnswering(): void {
  changeStored((settings) =>
    valuesOf((name) => (declaredSettings[name].isOfAnswers ? defaultSettings : settings)[name]),
  );
}

/** From now on, takes up what is changed in another tab. */
export function followOtherTabs(): void {
  addEventListener("storage", ({ key }) => {
    const settings = key === storageKey ? storedSettings() : undefined;
    if (settings) useSettings.setState(settings);
  });
}

/** Changes what is stored now, in which another tab may have changed something else. */
function changeStored(edit: (settings: Settings) => Partial<Settings>): void {
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

/** `undefined` where nothing is stored, or may not be read. */
function storedSettings(): Settings | undefined {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(storageKey) ?? "null");
    return isObject(stored) ? readSettings(stored.state) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns whether the next answer begins with thinking. */
export function effectiveThinking(settings: Pick<Settings, "thinking">, model: ModelDescription): boolean {
  return model.thinking.supported && (settings.thinking ?? model.thinking.byDefault);
}

/** The model's sampling for the mode, with the person's changes. */
export function effectiveSampling(
  settings: Pick<Settings, "thinking" | "sampling">,
  model: ModelDescription,
): SamplingSettings {
  const defaults = model.sampling[effectiveThinking(settings, model) ? "thinking" : "answering"];
  return { ...defaults, ...settings.sampling };
}

/** The settings that an answer would be drawn with now. */
export function drawnWithNow({ description }: Pick<LoadedModel, "description">): DrawnWith {
  const settings = useSettings.getState();
  return {
    systemPrompt: settings.systemPrompt,
    thinking: effectiveThinking(settings, description),
    sampling: effectiveSampling(settings, description),
  };
}

// A model this small can fall into repeating one word without end; its README asks for a limit.
const smallModelParameters = 50e6;

/** New tokens at most, `null` for no limit but the context. */
export function effectiveMaxNewTokens(
  settings: Pick<Settings, "maxNewTokens">,
  model: ModelDescription,
): number | null {
  if (settings.maxNewTokens === "none") return null;
  if (settings.maxNewTokens !== "model") return settings.maxNewTokens;
  return model.nParameters < smallModelParameters ? 256 : null;
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
