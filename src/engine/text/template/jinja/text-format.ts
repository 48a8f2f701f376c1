import { TemplateLimitError } from "./template-limit";
import { repr, floatText, str } from "./python-text";
import {
  Arguments,
  isDict,
  isFloat,
  isList,
  isNumeric,
  isTuple,
  numberOf,
  typeName,
  type Value,
} from "./values";

/** The longest text that padding or repeating makes. */
export const LONGEST_TEXT = 10_000_000;

export function checkLength(length: number): void {
  if (length > LONGEST_TEXT)
    throw new TemplateLimitError(`it makes a text of ${length} characters; ${LONGEST_TEXT} at most are made`);
}

export function pad(value: string, width: number, side: "left" | "right" | "center", fill = " "): string {
  checkLength(width);
  const missing = Math.max(0, width - Array.from(value).length);
  if (side === "left") return fill.repeat(missing) + value;
  if (side === "right") return value + fill.repeat(missing);
  // Python's `center` puts the odd character on the left where the width is odd.
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + value + fill.repeat(missing - left);
}

/** Python's `text % values`. */
export function percentFormat(format: string, values: Value): string {
  const items = isTuple(values) ? values.value : [values];
  let next = 0;
  const take = () => {
    const item = items[next++];
    if (item === undefined) throw new TypeError("not enough arguments for format string");
    return item;
  };
  const text = format.replaceAll(
    /%(?:\((.*?)\))?([-+ 0#]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (
      _,
      name: string | undefined,
      flags: string,
      width: string,
      precision: string | undefined,
      kind: string,
    ) => {
      if (kind === "%") return "%";
      const value = name === undefined ? take() : named(values, name);
      const digits = precision === undefined ? undefined : Number(precision);
      const body = signed(percentValue(value, kind, digits), flags, kind);
      return padded(body, Number(width || 0), flags);
    },
  );
  if (next < items.length && !isDict(values))
    throw new TypeError("not all arguments converted during string formatting");
  return text;
}

function named(values: Value, name: string): Value {
  const value = isDict(values) ? values.value.get(name) : undefined;
  if (value === undefined) throw new TypeError(`format requires a mapping with '${name}'`);
  return value;
}

function percentValue(value: Value, kind: string, digits: number | undefined): string {
  if (kind === "s" || kind === "r" || kind === "a") {
    const whole = kind === "s" ? str(value) : repr(value);
    return digits === undefined ? whole : Array.from(whole).slice(0, digits).join("");
  }
  if (!isNumeric(value)) throw new TypeError(`%${kind} format: a number is required, not ${typeName(value)}`);
  return number(numberOf(value), kind, digits);
}

function number(value: number, kind: string, digits: number | undefined): string {
  switch (kind) {
    case "d":
    case "i":
    case "u":
      return String(Math.trunc(value));
    case "x":
      return Math.trunc(value).toString(16);
    case "X":
      return Math.trunc(value).toString(16).toUpperCase();
    case "o":
      return Math.trunc(value).toString(8);
    case "b":
      return Math.trunc(value).toString(2);
    case "f":
    case "F":
      return value.toFixed(digits ?? 6);
    case "e":
      return value.toExponential(digits ?? 6).replace(/e([+-])(\d)$/, "e$10$2");
    case "g":
      return String(Number(value.toPrecision(Math.max(1, digits ?? 6))));
    case "%":
      return `${(value * 100).toFixed(digits ?? 6)}%`;
    default:
      throw new TypeError(`unsupported format character '${kind}'`);
  }
}

const signed = (body: string, flags: string, kind: string): string =>
  "sra".includes(kind) || body.startsWith("-")
    ? body
    : flags.includes("+")
      ? `+${body}`
      : flags.includes(" ")
        ? ` ${body}`
        : body;

function padded(body: string, width: number, flags: string): string {
  if (flags.includes("-")) return pad(body, width, "right");
  return flags.includes("0") ? zeroFill(body, width) : pad(body, width, "left");
}

/** Python's `zfill`: zeros behind the sign. */
export function zeroFill(body: string, width: number): string {
  const sign = /^[+-]/.exec(body)?.[0] ?? "";
  return sign + pad(body.slice(sign.length), width - sign.length, "left", "0");
}

/** Python's `str.format`, with fields by number, in order, and by name. */
export function braceFormat(format: string, args: Arguments): string {
  let next = 0;
  return format.replaceAll(
    /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::([^{}]*))?\}|[{}]/g,
    (whole, field: string | undefined, conversion: string | undefined, spec = "") => {
      if (whole === "{{" || whole === "}}") return whole[0]!;
      if (field === undefined) throw new TypeError("Single brace encountered in format string");
      const value = fieldOf(field === "" ? String(next++) : field, args);
      return formatSpec(value, conversion, spec as string);
    },
  );
}

function fieldOf(field: string, args: Arguments): Value {
  const [first = "", ...rest] = field.split(/\.|\[|\]\.?/).filter((part) => part !== "");
  let value = /^\d+$/.test(first) ? args.positional[Number(first)] : args.named.get(first);
  for (const part of rest) {
    if (value && isDict(value)) value = value.value.get(part);
    else if (value && isList(value)) value = value.value[Number(part)];
    else value = undefined;
  }
  if (value === undefined) throw new TypeError(`Replacement index ${field} out of range`);
  return value;
}

function formatSpec(value: Value, conversion: string | undefined, spec: string): string {
  const parts = /^(?:(.)?([<>^=]))?([-+ ])?(0)?(\d+)?(,|_)?(?:\.(\d+))?([a-zA-Z%])?$/u.exec(spec);
  if (!parts) throw new TypeError(`Invalid format specifier '${spec}'`);
  const [, fill, align, sign = "", zero, width = "0", group, precision, kind] = parts;
  const digits = precision === undefined ? undefined : Number(precision);
  const isNumber = conversion === undefined && isNumeric(value) && kind !== "s";
  let body: string;
  if (isNumber) {
    const plain = kind === undefined && digits === undefined;
    body = plain
      ? isFloat(value)
        ? floatText(value.value)
        : String(numberOf(value))
      : number(numberOf(value), kind ?? "g", digits);
    if (group) body = body.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, group));
    body = signed(body, sign, "d");
  } else {
    const whole = conversion === undefined || conversion === "s" ? str(value) : repr(value);
    body = digits === undefined ? whole : Array.from(whole).slice(0, digits).join("");
  }
  if (zero && !align) return zeroFill(body, Number(width));
  const place = align ?? (isNumber ? ">" : "<");
  if (place === "^") {
    const missing = Math.max(0, Number(width) - Array.from(body).length);
    const left = Math.floor(missing / 2);
    return (fill ?? " ").repeat(left) + body + (fill ?? " ").repeat(missing - left);
  }
  return pad(body, Number(width), place === "<" ? "right" : "left", fill ?? " ");
}
