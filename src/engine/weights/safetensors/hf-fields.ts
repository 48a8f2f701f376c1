import { isObject } from "../../../ground/record-checks";
import { UnsupportedModelError } from "../../../ground/errors";
import { type JsonRecord } from "../bytes/json-fields";
import { t, verbatim, type Sentence } from "../../../language/language";

export function refuse(message: Sentence): never {
  throw new UnsupportedModelError(message, {
    hint: t(
      "Choose a dense Qwen3.5: its GGUF, or the folder of its safetensors in BF16, F16, F32, MLX, GPTQ, AWQ, compressed-tensors or FP8.",
    ),
  });
}

/** A JSON value as it may stand in a message. */
export function shown(value: unknown): Sentence {
  if (value === undefined) return t("missing");
  const text = JSON.stringify(value);
  return verbatim(text.length <= 80 ? text : `${text.slice(0, 80)}…`);
}

/**
 * The fields of one object of config.json with the types they should have; messages name them by their whole
 * path.
 */
export class HfFields {
  constructor(
    readonly values: JsonRecord,
    readonly path = "",
  ) {}

  has(key: string): boolean {
    return this.values[key] !== undefined && this.values[key] !== null;
  }

  /** The name of a field in messages. */
  nameOf(key: string): Sentence {
    return t('"{path}{key}" of config.json', { path: this.path, key });
  }

  /** The object in a field; undefined where there is none. */
  object(key: string): HfFields | undefined {
    if (!this.has(key)) return undefined;
    const value = this.values[key];
    if (!isObject(value))
      refuse(
        t("{field} is {value}; it must be an object.", { field: this.nameOf(key), value: shown(value) }),
      );
    return new HfFields(value, `${this.path}${key}.`);
  }

  text(key: string): string | undefined {
    if (!this.has(key)) return undefined;
    const value = this.values[key];
    if (typeof value !== "string")
      refuse(t("{field} is {value}; it must be a text.", { field: this.nameOf(key), value: shown(value) }));
    return value;
  }

  flag(key: string): boolean | undefined {
    if (!this.has(key)) return undefined;
    const value = this.values[key];
    if (typeof value !== "boolean")
      refuse(
        t("{field} is {value}; it must be true or false.", { field: this.nameOf(key), value: shown(value) }),
      );
    return value;
  }

  /** A number above 0, or `standard` where the field is missing. */
  positive(key: string, standard?: number): number {
    const value = this.has(key) ? this.values[key] : standard;
    if (typeof value !== "number" || !Number.isFinite(value) || !(value > 0))
      refuse(
        t("{field} is {value}; it must be a number above 0.", {
          field: this.nameOf(key),
          value: shown(value),
        }),
      );
    return value;
  }

  /** A whole number from 1 to 2^31, or `standard` where the field is missing. */
  count(key: string, standard?: number): number {
    const value = this.positive(key, standard);
    if (!Number.isInteger(value) || value > 2 ** 31)
      refuse(
        t("{field} is {value}; it must be a whole number from 1 to 2^31.", {
          field: this.nameOf(key),
          value,
        }),
      );
    return value;
  }
}
