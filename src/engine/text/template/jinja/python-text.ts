import {
  isBoolean,
  isDict,
  isFloat,
  isList,
  isNone,
  isNumeric,
  isText,
  isTuple,
  isUndefined,
  keyValue,
  numberOf,
  typeName,
  type Value,
} from "./values";

/** Space to Python's `str.strip`, `split` and `isspace`: not U+FEFF, but U+0085 and U+001C to U+001F. */
const SPACE =
  "\\t\\n\\v\\f\\r\\u001c-\\u001f \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
export const spaces = new RegExp(`[${SPACE}]+`, "gu");
export const isSpace = new RegExp(`^[${SPACE}]+$`, "u");
const leading = new RegExp(`^[${SPACE}]+`, "u");
const trailing = new RegExp(`[${SPACE}]+$`, "u");

/** Python's `strip`: both ends, or one, of space or of the characters given. */
export function strip(
  value: string,
  chars: string | undefined,
  side: "both" | "left" | "right" = "both",
): string {
  if (chars === undefined) {
    const left = side === "right" ? value : value.replace(leading, "");
    return side === "left" ? left : left.replace(trailing, "");
  }
  const set = new Set(chars);
  const all = Array.from(value);
  let [first, end] = [0, all.length];
  if (side !== "right") while (first < end && set.has(all[first]!)) first++;
  if (side !== "left") while (end > first && set.has(all[end - 1]!)) end--;
  return all.slice(first, end).join("");
}

/** Python's `str(value)`. */
export function str(value: Value): string {
  if (isText(value)) return value.value;
  if (isUndefined(value)) return "";
  return repr(value);
}

/** Python's `repr(value)`. */
export function repr(value: Value): string {
  if (isText(value)) return quoted(value.value);
  if (isNone(value)) return "None";
  if (isBoolean(value)) return value.value ? "True" : "False";
  if (isFloat(value)) return floatText(value.value);
  if (isNumeric(value)) return String(numberOf(value));
  if (isTuple(value)) return `(${value.value.map(repr).join(", ")}${value.value.length === 1 ? "," : ""})`;
  if (isList(value)) return `[${value.value.map(repr).join(", ")}]`;
  if (isDict(value))
    return `{${[...value.value].map(([key, item]) => `${repr(keyValue(key))}: ${repr(item)}`).join(", ")}}`;
  if (isUndefined(value)) return "Undefined";
  return `<${value.type}>`;
}

/** Python's shortest digits that read back the same; powers from 1e16 and below 1e-4. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits, power] = value.toExponential().split("e") as [string, string];
    const sign = power.startsWith("-") ? "-" : "+";
    return `${digits}e${sign}${power.replace(/^[+-]/, "").padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };
const notPrintable = /[\p{C}\p{Z}]/u;

function quoted(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const inside = Array.from(value, (character) => {
    if (character === quote) return `\\${character}`;
    const escaped = escapes[character];
    if (escaped !== undefined) return escaped;
    if (character === " " || !notPrintable.test(character)) return character;
    const code = character.codePointAt(0)!;
    const [letter, width] = code < 0x100 ? ["x", 2] : code < 0x10000 ? ["u", 4] : ["U", 8];
    return `\\${letter}${code.toString(16).padStart(Number(width), "0")}`;
  });
  return quote + inside.join("") + quote;
}

export interface JsonOptions {
  readonly indent: string | undefined;
  readonly ensureAscii: boolean;
  readonly separators: readonly [string, string] | undefined;
  readonly sortKeys: boolean;
}

/** Python's `json.dumps`. */
export function toJson(value: Value, options: JsonOptions, depth = 0): string {
  const { indent, separators } = options;
  const [itemEnd, keyEnd] = separators ?? [indent === undefined ? ", " : ",", ": "];
  if (isText(value)) return jsonText(value.value, options.ensureAscii);
  if (isNone(value)) return "null";
  if (isBoolean(value)) return value.value ? "true" : "false";
  if (isFloat(value)) return jsonFloat(value.value);
  if (isNumeric(value)) return String(numberOf(value));
  const around = (open: string, parts: readonly string[], close: string) => {
    if (parts.length === 0) return open + close;
    if (indent === undefined) return open + parts.join(itemEnd) + close;
    const line = `\n${indent.repeat(depth + 1)}`;
    return open + line + parts.join(itemEnd + line) + `\n${indent.repeat(depth)}` + close;
  };
  if (isList(value))
    return around(
      "[",
      value.value.map((item) => toJson(item, options, depth + 1)),
      "]",
    );
  if (isDict(value)) {
    const entries = [...value.value].map(([key, item]) => [jsonKey(keyValue(key)), item] as const);
    if (options.sortKeys) entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const parts = entries.map(
      ([key, item]) => jsonText(key, options.ensureAscii) + keyEnd + toJson(item, options, depth + 1),
    );
    return around("{", parts, "}");
  }
  throw new TypeError(`Object of type ${typeName(value)} is not JSON serializable`);
}

const jsonKey = (key: Value): string =>
  isText(key)
    ? key.value
    : isNone(key)
      ? "null"
      : isFloat(key)
        ? jsonFloat(key.value)
        : String(numberOf(key));

const jsonFloat = (value: number): string =>
  Number.isFinite(value)
    ? floatText(value)
    : Number.isNaN(value)
      ? "NaN"
      : value > 0
        ? "Infinity"
        : "-Infinity";

function jsonText(value: string, ensureAscii: boolean): string {
  // Python leaves half a pair as it is; JavaScript writes its number.
  const json = JSON.stringify(value).replaceAll(/\\u(d[89a-f][0-9a-f]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  if (!ensureAscii) return json;
  return json.replaceAll(/[\x7f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
