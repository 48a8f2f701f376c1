import { efforts, type Effort } from "./prompt-mode";
import { isObject, isOneOf, isString } from "./record-checks";
import type { SamplingName, SamplingSettings } from "./sampling";

/**
 * A person's settings of answers: for all chats, in a preset, or for one chat. A field that is absent follows
 * the layer below, and at last the model.
 */
export interface AnswerSettings {
  readonly systemPrompt?: string;
  readonly thinking?: boolean;
  readonly effort?: Effort;
  /** Thoughts of earlier answers stay in the prompt. */
  readonly keepsThoughts?: boolean;
  readonly sampling?: Partial<SamplingSettings>;
  /** "none": until the context is full. */
  readonly maxNewTokens?: number | "none";
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** The range of each number; the settings draw their sliders from this. */
export const samplingRanges = {
  temperature: { min: 0, max: 2, step: 0.05 },
  topK: { min: 0, max: 200, step: 1 },
  topP: { min: 0.05, max: 1, step: 0.01 },
  minP: { min: 0, max: 0.5, step: 0.01 },
  presencePenalty: { min: 0, max: 2, step: 0.1 },
  repetitionPenalty: { min: 1, max: 2, step: 0.01 },
} as const satisfies Record<SamplingName, Range>;

export const largestSeed = 0xffff_ffff;

const flag = (stored: unknown) => (typeof stored === "boolean" ? stored : undefined);

/** A count of tokens that a context may have. */
export const readTokens = (stored: unknown): number | undefined =>
  Number.isInteger(stored) && Number(stored) > 0 && Number(stored) <= 4_194_304 ? Number(stored) : undefined;

/** Reads each field from what was stored, `undefined` where that is no value of it. */
const readers: {
  readonly [Name in keyof AnswerSettings]-?: (stored: unknown) => AnswerSettings[Name] | undefined;
} = {
  systemPrompt: (stored) => (isString(stored) ? stored : undefined),
  thinking: flag,
  effort: (stored) => (isOneOf(stored, efforts) ? stored : undefined),
  keepsThoughts: flag,
  sampling: readSampling,
  maxNewTokens: (stored) => (stored === "none" ? stored : readTokens(stored)),
};

/** The sound fields of what another version or a curious person may have stored. */
export function readAnswerSettings(stored: unknown): AnswerSettings {
  const fields = isObject(stored) ? stored : {};
  const read = Object.entries(readers).map(([name, reader]) => [name, reader(fields[name])] as const);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

/** Returns whether every field that is there is sound, as it is stored. */
export function isAnswerSettings(stored: unknown): stored is AnswerSettings {
  if (!isObject(stored)) return false;
  const read: Readonly<Record<string, unknown>> = { ...readAnswerSettings(stored) };
  return Object.keys(readers).every((name) => isSame(read[name], stored[name]));
}

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (isObject(a) && isObject(b) && Object.keys(b).every((name) => a[name] === b[name]));

/** Numbers are pulled into their ranges; what is none is left out. */
export function readSampling(stored: unknown): Partial<SamplingSettings> | undefined {
  if (!isObject(stored)) return undefined;
  const entries = Object.entries(samplingRanges).flatMap(([name, { min, max }]) => {
    const value = stored[name];
    return typeof value === "number" && Number.isFinite(value)
      ? [[name, Math.min(max, Math.max(min, value))]]
      : [];
  });
  const { seed } = stored;
  const isWhole = typeof seed === "number" && Number.isInteger(seed) && seed >= 0 && seed <= largestSeed;
  const hasSeed = seed === null || isWhole;
  return { ...(Object.fromEntries(entries) as Partial<SamplingSettings>), ...(hasSeed ? { seed } : {}) };
}

/** Other values; `undefined` takes a value away. */
export type AnswerChange = { readonly [Name in keyof AnswerSettings]?: AnswerSettings[Name] | undefined };

export function withChange(settings: AnswerSettings, change: AnswerChange): AnswerSettings {
  const entries = Object.entries({ ...settings, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

/** The settings with another value of one number; `undefined` takes it away. */
export function withSampling(
  settings: AnswerSettings,
  name: keyof SamplingSettings,
  value: number | null | undefined,
): AnswerSettings {
  const entries = Object.entries({ ...settings.sampling, [name]: value }).filter(([, v]) => v !== undefined);
  return withChange(settings, { sampling: entries.length > 0 ? Object.fromEntries(entries) : undefined });
}

export const isEmpty = (settings: AnswerSettings): boolean => Object.keys(settings).length === 0;
