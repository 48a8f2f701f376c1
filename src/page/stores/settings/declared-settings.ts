import { kvTypes, type KvType } from "../../../ground/kv-type";
import { quantizeChoices, type QuantizeChoice } from "../../../ground/quantize-choice";
import { isObject, isOneOf, isString } from "../../../ground/record-checks";
import type { SamplingSettings } from "../../../ground/sampling";
import { yarnFactors } from "../../../ground/yarn";
import { languageIds, type LanguageId } from "../../../language/languages";
import type { ModelId } from "../../../worker/rpc/protocol/model";

interface Setting<Value> {
  /** The value as long as the person has chosen none. */
  readonly initial: Value;
  /**
   * Checks what was stored, perhaps by another version or a curious person.
   *
   * @param all  everything that was stored, for a setting that was once called otherwise
   * @returns undefined for what is no value: `initial` holds then
   */
  readonly read: (stored: unknown, all: Readonly<Record<string, unknown>>) => Value | undefined;
  /** It says how answers are written: resetting them takes it back. */
  readonly isOfAnswers?: true;
}

const GB = 1e9;
const GIB = 2 ** 30;

/** The GPU memory that models can be given, in bytes: what cards come with. */
export const memoryBudgets: readonly number[] = [2, 4, 6, 8, 10, 12, 16, 24, 32, 48, 64, 96, 128].map(
  (gigabytes) => gigabytes * GB,
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

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const setting = <Value>(
  initial: Value,
  read: Setting<Value>["read"],
  others: Pick<Setting<Value>, "isOfAnswers"> = {},
): Setting<Value> => ({ initial, read, ...others });

const text = (stored: unknown) => (isString(stored) ? stored : undefined);
const flag = (stored: unknown) => (typeof stored === "boolean" ? stored : undefined);
const tokens = (stored: unknown) =>
  Number.isInteger(stored) && Number(stored) > 0 && Number(stored) <= 4_194_304 ? Number(stored) : undefined;
const oneOf =
  <Value>(values: readonly Value[]) =>
  (stored: unknown) =>
    values.find((value) => value === stored);

/** A budget of the list; version 0.2 stored the same numbers as GiB. */
const readMemoryBudget = (stored: unknown) =>
  memoryBudgets.find((budget) => budget === stored || (budget / GB) * GIB === stored);

/**
 * The settings, each declared here and nowhere else: their type, what is stored of them, and what is read
 * back follow from this. What is `null` or absent follows the model.
 */
export const declaredSettings = {
  systemPrompt: setting("", text),
  thinking: setting<boolean | null>(null, flag, { isOfAnswers: true }),
  /** Questions about documents ask for quotations. */
  quoteDocuments: setting(false, flag),
  sampling: setting<Partial<SamplingSettings>>({}, readSampling, { isOfAnswers: true }),
  /** "model": the model's own limit; "none": until the context is full. */
  maxNewTokens: setting<number | "model" | "none">(
    "model",
    (stored) => (stored === "none" ? stored : tokens(stored)),
    { isOfAnswers: true },
  ),
  contextLength: setting<number | null>(null, tokens),
  /** GPU memory that models may take, in bytes; `null`: an estimate. */
  memoryBudget: setting<number | null>(null, readMemoryBudget),
  /** The form of keys and values in the cache; `null`: as the context's length asks for. */
  kv: setting<KvType | null>(null, oneOf(kvTypes)),
  /** The multiple of its own context that a model is stretched to; `null`: none. */
  yarn: setting<number | null>(null, oneOf(yarnFactors)),
  /** Prompts are read with numbers rounded to 8 bits, where the device multiplies such. */
  int8: setting(false, flag),
  /** The form that the plain weights of a model take, for those where the person chose. */
  quantize: setting<Readonly<Record<ModelId, QuantizeChoice>>>({}, readQuantize),
  /** `null`: the first of the browser's languages that the page speaks. */
  language: setting<LanguageId | null>(null, oneOf(languageIds)),
  theme: setting<Theme>("system", oneOf(themes)),
  /** The share of a wide window that the debug panel takes. */
  inspectShare: setting(0.46, (stored) =>
    Number(stored) >= 0.25 && Number(stored) <= 0.75 ? Number(stored) : undefined,
  ),
  /** The list of chats is folded away where the window has room for it. */
  isSidebarFolded: setting(false, flag),
  /** The model names a chat after its first answer. */
  titlesByModel: setting(true, flag),
  lastModelId: setting<ModelId | null>(null, text),
};

function readQuantize(stored: unknown): Readonly<Record<ModelId, QuantizeChoice>> | undefined {
  if (!isObject(stored)) return undefined;
  const entries = Object.entries(stored).filter((entry): entry is [ModelId, QuantizeChoice] =>
    isOneOf(entry[1], quantizeChoices),
  );
  return Object.fromEntries(entries);
}

function readSampling(stored: unknown): Partial<SamplingSettings> | undefined {
  if (!isObject(stored)) return undefined;
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
