import {
  readAnswerSettings,
  readSampling,
  readTokens,
  type AnswerSettings,
} from "../../../ground/answer-settings";
import { kvTypes, type KvType } from "../../../ground/kv-type";
import { efforts, type Effort } from "../../../ground/prompt-mode";
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
}

const GB = 1e9;
const GIB = 2 ** 30;

/** The GPU memory that models can be given, in bytes: what cards come with. */
export const memoryBudgets: readonly number[] = [2, 4, 6, 8, 10, 12, 16, 24, 32, 48, 64, 96, 128].map(
  (gigabytes) => gigabytes * GB,
);

/** Settings of answers under a name, for any chat. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly answers: AnswerSettings;
  /** The model that it is for, which choosing it loads; `null` for any. */
  readonly model: { readonly id: ModelId; readonly name: string } | null;
}

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const textSizes: readonly number[] = [0.9, 1, 1.1, 1.25, 1.5];

/** Widths of the conversation, in rem; "full" is as wide as the window. */
export const columnWidths = ["narrow", "usual", "wide", "full"] as const;
export type ColumnWidth = (typeof columnWidths)[number];

const setting = <Value>(initial: Value, read: Setting<Value>["read"]): Setting<Value> => ({ initial, read });

const text = (stored: unknown) => (isString(stored) ? stored : undefined);
const flag = (stored: unknown) => (typeof stored === "boolean" ? stored : undefined);
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
  thinking: setting<boolean | null>(null, flag),
  effort: setting<Effort | null>(null, oneOf(efforts)),
  /** Earlier thoughts stay in the prompt; `null`: as the model's template has it. */
  keepsThoughts: setting<boolean | null>(null, flag),
  presets: setting<readonly Preset[]>([], readPresets),
  /** The preset that new chats begin with; `null`: none. */
  newChatPreset: setting<string | null>(null, text),
  /** Questions about documents ask for quotations. */
  quoteDocuments: setting(false, flag),
  sampling: setting<Partial<SamplingSettings>>({}, readSampling),
  /** "model": the model's own limit; "none": until the context is full. */
  maxNewTokens: setting<number | "model" | "none">("model", (stored) =>
    stored === "none" ? stored : readTokens(stored),
  ),
  contextLength: setting<number | null>(null, readTokens),
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
  /** The size of the conversation's text, as a multiple of the usual one. */
  textSize: setting(1, oneOf(textSizes)),
  columnWidth: setting<ColumnWidth>("usual", oneOf(columnWidths)),
  /** The share of a wide window that the debug panel takes. */
  inspectShare: setting(0.46, (stored) =>
    Number(stored) >= 0.25 && Number(stored) <= 0.75 ? Number(stored) : undefined,
  ),
  /** The list of chats is folded away where the window has room for it. */
  isSidebarFolded: setting(false, flag),
  /** The model names a chat after its first answer. */
  titlesByModel: setting(true, flag),
  /** A notification says that something has ended out of sight, where the browser allows that. */
  notifications: setting(true, flag),
  lastModelId: setting<ModelId | null>(null, text),
};

function readPresets(stored: unknown): readonly Preset[] | undefined {
  if (!Array.isArray(stored)) return undefined;
  const seen = new Set<string>();
  return (stored as readonly unknown[]).flatMap((one) => {
    if (!isObject(one) || !isString(one["id"]) || !isString(one["name"]) || seen.has(one["id"])) return [];
    const { id, name, answers, model } = one as {
      id: string;
      name: string;
      answers: unknown;
      model: unknown;
    };
    seen.add(id);
    const isModel = isObject(model) && isString(model["id"]) && isString(model["name"]);
    return [
      {
        id,
        name,
        answers: readAnswerSettings(answers),
        model: isModel ? { id: model["id"] as string, name: model["name"] as string } : null,
      },
    ];
  });
}

function readQuantize(stored: unknown): Readonly<Record<ModelId, QuantizeChoice>> | undefined {
  if (!isObject(stored)) return undefined;
  const entries = Object.entries(stored).filter((entry): entry is [ModelId, QuantizeChoice] =>
    isOneOf(entry[1], quantizeChoices),
  );
  return Object.fromEntries(entries);
}
