import { UnsupportedModelError } from "../../../ground/errors";
import { counted, formatCount } from "../../../ground/figures";
import type { GgufValue } from "../gguf/gguf";
import { mark, t, verbatim, type Sentence } from "../../../language/language";

const anyQwen = mark(
  "Choose a dense Qwen3.5 as one GGUF file, in Q4_K_M, Q8_0 or another of the formats listed in the README.",
);

export function refuse(message: Sentence, hint = t(anyQwen)): never {
  throw new UnsupportedModelError(message, { hint });
}

/**
 * The metadata of one architecture with the types it should have; `key` is without the architecture's prefix.
 */
export class ConfigMetadata {
  readonly #values: ReadonlyMap<string, GgufValue>;
  readonly #prefix: string;

  constructor(values: ReadonlyMap<string, GgufValue>, prefix: string) {
    this.#values = values;
    this.#prefix = prefix;
  }

  has(key: string): boolean {
    return this.#values.has(this.#prefix + key);
  }

  /** A text, by its whole key. */
  text(wholeKey: string): string | undefined {
    const value = this.#values.get(wholeKey);
    if (value !== undefined && typeof value !== "string")
      refuse(t('"{wholeKey}" is {value}; it must be a text.', { wholeKey, value: describe(value) }));
    return value;
  }

  /** A text of the architecture's own. */
  ownText(key: string): string | undefined {
    return this.text(this.#prefix + key);
  }

  flag(key: string): boolean | undefined {
    const value = this.#values.get(this.#prefix + key);
    if (value !== undefined && typeof value !== "boolean")
      refuse(
        t('"{key}" is {value}; it must be true or false.', {
          key: this.#prefix + key,
          value: describe(value),
        }),
      );
    return value;
  }

  optionalNumber(key: string): number | undefined {
    const value = single(this.#values.get(this.#prefix + key));
    if (value !== undefined && !(typeof value === "number" && Number.isFinite(value)))
      refuse(
        t('"{key}" is {value}; it must be a number.', { key: this.#prefix + key, value: describe(value) }),
      );
    return value;
  }

  positive(key: string): number {
    const value = this.optionalNumber(key);
    if (value === undefined)
      refuse(t('The file does not say "{key}"; every Qwen3.5 file does.', { key: this.#prefix + key }));
    if (!(value > 0))
      refuse(t('"{key}" is {value}; it must be above 0.', { key: this.#prefix + key, value }));
    return value;
  }

  /** A whole number from 1. */
  count(key: string): number {
    const value = this.positive(key);
    if (!Number.isSafeInteger(value))
      refuse(t('"{key}" is {value}; it must be a whole number.', { key: this.#prefix + key, value }));
    return value;
  }

  /**
   * An array with at least one number per layer, or undefined if the key is absent or a single value. True
   * counts as 1.
   */
  perLayer(key: string, nLayers: number): readonly number[] | undefined {
    const value = this.#values.get(this.#prefix + key);
    if (!Array.isArray(value)) return undefined;
    const numbers = value.map(Number);
    if (numbers.length < nLayers || !numbers.every(Number.isInteger))
      refuse(
        t('"{key}" is {value}; it must have a whole number for each of {layers}.', {
          key: this.#prefix + key,
          value: describe(value),
          layers: counted(nLayers, "layer"),
        }),
      );
    return numbers;
  }

  /** A count that may be given for each layer; zeros are layers without. */
  countOfLayers(key: string): number {
    const counts = this.perLayer(key, 1)?.filter((count) => count !== 0);
    if (!counts) return this.count(key);
    const [first] = counts;
    if (first === undefined || first < 0 || counts.some((count) => count !== first))
      refuse(
        t('"{key}" holds [{list}]; all layers must have the same count.', {
          key: this.#prefix + key,
          list: [...new Set(counts)].join(", "),
        }),
      );
    return first;
  }
}

/** An array of equal numbers says the same as one of them. */
function single(value: GgufValue | undefined): GgufValue | undefined {
  if (!Array.isArray(value)) return value;
  const first: unknown = value[0];
  return typeof first === "number" && value.every((each) => each === first) ? first : value;
}

/** A value as a sentence names it. */
export function describe(value: GgufValue | undefined): Sentence {
  if (value === undefined) return t("missing");
  return Array.isArray(value)
    ? t("an array of {length}", { length: formatCount(value.length) })
    : verbatim(JSON.stringify(String(value)));
}
