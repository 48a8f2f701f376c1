import { create } from "zustand";
import { kvTypes, type KvType } from "../../../ground/kv-type";
import { quantizeChoices, type QuantizeChoice } from "../../../ground/quantize-choice";
import { yarnFactors } from "../../../ground/yarn";
import type { SamplingSettings } from "../../../ground/sampling";
import type { DrawnWith } from "../../../storage/chats/conversations";
import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import type { ModelDescription, ModelId } from "../../../worker/rpc/protocol/model";

export type Theme = "system" | "light" | "dark";

/** The person's choices; what is absent or `null` follows the model. */
export interface Settings {
  readonly systemPrompt: string;
  readonly thinking: boolean | null;
  /** Questions about documents ask for quotations. */
  readonly quoteDocuments: boolean;
  readonly sampling: Partial<SamplingSettings>;
  /** "model": the model's own limit; "none": until the context is full. */
  readonly maxNewTokens: number | "model" | "none";
  readonly contextLength: number | null;
  /** GPU memory that models may take, in bytes; `null`: an estimate. */
  readonly memoryBudget: number | null;
  /** The type of keys and values; `null`: as the context's length asks for. */
  readonly kv: KvType | null;
  /** The factor that a model's own context is stretched by; `null`: not. */
  readonly yarn: number | null;
  /** Prompts are read with numbers rounded to 8 bits, where the device multiplies such. */
  readonly int8: boolean;
  /** The choice for the plain weights of each model, where the person made one. */
  readonly quantize: Readonly<Record<ModelId, QuantizeChoice>>;
  readonly theme: Theme;
  readonly lastModelId: ModelId | null;
}

export const defaultSettings: Settings = {
  systemPrompt: "",
  thinking: null,
  quoteDocuments: false,
  sampling: {},
  maxNewTokens: "model",
  contextLength: null,
  memoryBudget: null,
  kv: null,
  yarn: null,
  int8: false,
  quantize: {},
  theme: "system",
  lastModelId: null,
};

/** The memory budgets that the person may choose for the GPU, in bytes: what cards come with. */
export const memoryBudgets: readonly number[] = [2, 4, 6, 8, 10, 12, 16, 24, 32, 48, 64, 96, 128].map(
  (gib) => gib * 2 ** 30,
);

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** The range of each number; the settings dialog draws its sliders from this. */
export const samplingRanges = {
  temperature: { min: 0, max: 2, step: 0.05 },
  topK: { min: 0, max: 200, step: 1 },
  topP: { min: 0.05, max: 1, step: 0.01 },
  minP: { min: 0, max: 0.5, step: 0.01 },
  presencePenalty: { min: 0, max: 2, step: 0.1 },
  repetitionPenalty: { min: 1, max: 2, step: 0.01 },
} as const satisfies Record<Exclude<keyof SamplingSettings, "seed">, Range>;

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
  const { thinking, sampling, maxNewTokens } = defaultSettings;
  changeStored(() => ({ thinking, sampling, maxNewTokens }));
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
    return isRecord(stored) ? readSettings(stored.state) : undefined;
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

/** Settings from what the browser stored, which another version or a curious person may have written. */
export function readSettings(stored: unknown): Settings {
  if (!isRecord(stored)) return defaultSettings;
  const theme = (["system", "light", "dark"] as const).find((t) => t === stored.theme);
  const { maxNewTokens } = stored;
  return {
    systemPrompt: typeof stored.systemPrompt === "string" ? stored.systemPrompt : "",
    thinking: typeof stored.thinking === "boolean" ? stored.thinking : null,
    quoteDocuments: stored.quoteDocuments === true,
    sampling: isRecord(stored.sampling) ? readSampling(stored.sampling) : {},
    maxNewTokens: maxNewTokens === "none" || isCount(maxNewTokens) ? maxNewTokens : "model",
    contextLength: isCount(stored.contextLength) ? stored.contextLength : null,
    memoryBudget: memoryBudgets.find((bytes) => bytes === stored.memoryBudget) ?? null,
    kv: kvTypes.find((type) => type === stored.kv) ?? null,
    yarn: yarnFactors.find((factor) => factor === stored.yarn) ?? null,
    int8: stored.int8 === true,
    quantize: isRecord(stored.quantize) ? readQuantize(stored.quantize) : {},
    theme: theme ?? "system",
    lastModelId: typeof stored.lastModelId === "string" ? stored.lastModelId : null,
  };
}

function readQuantize(stored: Record<string, unknown>): Settings["quantize"] {
  const entries = Object.entries(stored).filter((entry): entry is [ModelId, QuantizeChoice] =>
    quantizeChoices.some((choice) => choice === entry[1]),
  );
  return Object.fromEntries(entries);
}

function readSampling(stored: Record<string, unknown>): Partial<SamplingSettings> {
  const entries = Object.entries(samplingRanges).flatMap(([name, { min, max }]) => {
    const value = stored[name];
    return typeof value === "number" && Number.isFinite(value)
      ? [[name, Math.min(max, Math.max(min, value))]]
      : [];
  });
  const { seed } = stored;
  const hasSeed = typeof seed === "number" && Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff;
  return { ...(Object.fromEntries(entries) as Partial<SamplingSettings>), ...(hasSeed ? { seed } : {}) };
}

// Functions, for the store above reads what is stored while this module is still being set up.
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value <= 4_194_304;
}
