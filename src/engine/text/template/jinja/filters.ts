import { isSpace, repr, spaces, str, strip, toJson } from "./python-text";
import { pad, percentFormat } from "./text-format";
import { capitalized, replaced } from "./text-methods";
import {
  boolean,
  characters,
  compare,
  dict,
  equal,
  float,
  integer,
  isDict,
  isInteger,
  isList,
  isNamespace,
  isNone,
  isNumeric,
  isText,
  isTrue,
  isUndefined,
  itemsOf,
  keyOf,
  keyValue,
  list,
  none,
  numberOf,
  sameKind,
  text,
  tuple,
  typeName,
  undefinedValue,
  type Arguments,
  type Scope,
  type Value,
} from "./values";

/** The parts of the interpreter that filters use: tests and filters by name, Python's `+`. */
export interface FilterContext {
  readonly scope: Scope;
  test(name: string, value: Value, args: readonly Value[]): boolean;
  filter(name: string, value: Value, args: Arguments): Value;
  readonly add: (left: Value, right: Value) => Value;
  /** The arguments from one position on. */
  rest(args: Arguments, from: number): Arguments;
}

export type Filter = (value: Value, args: Arguments, context: FilterContext) => Value;

/** A value behind a path of names and numbers, as `attribute=` takes it. */
function attributeOf(value: Value, path: Value): Value {
  const parts = isText(path)
    ? path.value.split(".").map((part) => (/^\d+$/.test(part) ? integer(Number(part)) : text(part)))
    : [path];
  return parts.reduce<Value>((at, part) => itemOf(at, part), value);
}

function itemOf(value: Value, key: Value): Value {
  if (isDict(value) || isNamespace(value)) return value.value.get(keyOf(key)) ?? undefinedValue;
  if (isList(value) && isInteger(key)) return value.value.at(key.value) ?? undefinedValue;
  if (isUndefined(value)) throw new TypeError("the value is undefined");
  return undefinedValue;
}

const byAttribute = (args: Arguments, position: number): ((value: Value) => Value) => {
  const path = args.get(position, "attribute");
  return path === undefined || isNone(path) ? (value) => value : (value) => attributeOf(value, path);
};

const folded = (value: Value, caseSensitive: boolean): Value =>
  !caseSensitive && isText(value) ? text(value.value.toLowerCase()) : value;

/** Sorts as Python does: equal values stay in their order, also backwards. */
function sorted(values: readonly Value[], key: (value: Value) => Value, reverse: boolean): Value[] {
  const keyed = values.map((value) => ({ value, key: key(value) }));
  keyed.sort((a, b) => (reverse ? compare(b.key, a.key) : compare(a.key, b.key)));
  return keyed.map(({ value }) => value);
}

function extreme(value: Value, args: Arguments, isBetter: (order: number) => boolean): Value {
  const caseSensitive = args.flag(0, "case_sensitive");
  const attribute = byAttribute(args, 1);
  const key = (item: Value) => folded(attribute(item), caseSensitive);
  return itemsOf(value).reduce<Value>(
    (best, item) => (best === undefinedValue || isBetter(compare(key(item), key(best))) ? item : best),
    undefinedValue,
  );
}

/** Python's rounding of a tie: to the even neighbour. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

const round: Filter = (value, args) => {
  const digits = args.number(0, "precision", 0);
  const method = args.text(1, "method", "common");
  const number = numberOf(value);
  if (method === "ceil") return float(Math.ceil(number * 10 ** digits) / 10 ** digits);
  if (method === "floor") return float(Math.floor(number * 10 ** digits) / 10 ** digits);
  if (isInteger(value))
    return integer(digits >= 0 ? number : roundHalfEven(number * 10 ** digits) / 10 ** digits);
  if (digits === 0) return float(roundHalfEven(number));
  // toFixed rounds the number that is stored, as Python does; only exact ties differ.
  const scaled = number * 10 ** digits;
  const isTie = Math.abs(scaled % 1) === 0.5 && scaled / 10 ** digits === number;
  return float(isTie && digits < 3 ? roundHalfEven(scaled) / 10 ** digits : Number(number.toFixed(digits)));
};

const toInteger: Filter = (value, args) => {
  const fallback = args.get(0, "default") ?? integer(0);
  const base = args.number(1, "base", 10);
  if (isText(value)) {
    const digits = strip(value.value, undefined).replaceAll("_", "");
    const plain = base === 10 ? digits : digits.replace(/^([+-]?)0[xob]/i, "$1");
    const allowed =
      base === 16
        ? /^[+-]?[\da-f]+$/i
        : base === 8
          ? /^[+-]?[0-7]+$/
          : base === 2
            ? /^[+-]?[01]+$/
            : /^[+-]?\d+$/;
    if (allowed.test(plain)) return integer(Number.parseInt(plain, base));
    const asFloat = toNumber(value.value);
    return asFloat === undefined || !Number.isFinite(asFloat) ? fallback : integer(Math.trunc(asFloat));
  }
  if (isNumeric(value) && Number.isFinite(numberOf(value))) return integer(Math.trunc(numberOf(value)));
  return fallback;
};

function toNumber(value: string): number | undefined {
  const digits = strip(value, undefined).replaceAll(/(?<=\d)_(?=\d)/g, "");
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return Number(digits);
  if (/^[+-]?inf(inity)?$/i.test(digits)) return digits.startsWith("-") ? -Infinity : Infinity;
  return undefined;
}

const toFloat: Filter = (value, args) => {
  const fallback = args.get(0, "default") ?? float(0);
  const number = isText(value) ? toNumber(value.value) : isNumeric(value) ? numberOf(value) : undefined;
  return number === undefined ? fallback : float(number);
};

const escapeHtml: Filter = (value) =>
  text(
    str(value)
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll("'", "&#39;")
      .replaceAll('"', "&#34;"),
  );

const lengthOf: Filter = (value) => {
  if (isText(value)) return integer(characters(value.value).length);
  if (isList(value)) return integer(value.value.length);
  if (isDict(value)) return integer(value.value.size);
  if (isUndefined(value)) return integer(0);
  throw new TypeError(`object of type '${typeName(value)}' has no len()`);
};

const defaultTo: Filter = (value, args) =>
  isUndefined(value) || (args.flag(1, "boolean") && !isTrue(value))
    ? (args.get(0, "default_value") ?? text(""))
    : value;

/** `select` and `reject`: by a test, or by being true. */
const selecting =
  (wanted: boolean, hasAttribute: boolean): Filter =>
  (value, args, context) => {
    const from = hasAttribute ? 1 : 0;
    const [path] = args.positional;
    const name = args.positional[from];
    const passes = (item: Value) => {
      const seen = hasAttribute && path ? attributeOf(item, path) : item;
      return name === undefined
        ? isTrue(seen)
        : context.test(str(name), seen, args.positional.slice(from + 1));
    };
    return list(itemsOf(value).filter((item) => passes(item) === wanted));
  };

const map: Filter = (value, args, context) => {
  const path = args.named.get("attribute");
  if (args.positional.length === 0 && path) {
    const fallback = args.named.get("default");
    return list(
      itemsOf(value).map((item) => {
        const found = attributeOf(item, path);
        return isUndefined(found) && fallback ? fallback : found;
      }),
    );
  }
  const [name] = args.positional;
  if (!name) throw new TypeError("map requires a filter argument");
  const rest = context.rest(args, 1);
  return list(itemsOf(value).map((item) => context.filter(str(name), item, rest)));
};

function indented(value: string, args: Arguments): string {
  const width = args.get(0, "width") ?? integer(4);
  const indent = isText(width) ? width.value : " ".repeat(numberOf(width));
  const [first, blank] = [args.flag(1, "first"), args.flag(2, "blank")];
  return value
    .split("\n")
    .map((line, i) =>
      i === 0 ? (first ? indent + line : line) : line === "" && !blank ? line : indent + line,
    )
    .join("\n");
}

function truncated(value: string, args: Arguments): string {
  const length = args.number(0, "length", 255);
  const end = args.text(2, "end", "...");
  const leeway = args.number(3, "leeway", 5);
  const whole = characters(value);
  if (whole.length <= length + leeway) return value;
  const cut = whole.slice(0, Math.max(0, length - characters(end).length)).join("");
  if (args.flag(1, "killwords")) return cut + end;
  const at = cut.lastIndexOf(" ");
  return (at < 0 ? cut : cut.slice(0, at)) + end;
}

function wrapped(value: string, args: Arguments): string {
  const width = args.number(0, "width", 79);
  const breakWords = args.flag(1, "break_long_words", true);
  const end = args.text(2, "wrapstring", "\n");
  return value
    .split("\n")
    .map((line) => {
      const rows: string[] = [];
      let row = "";
      for (let word of line.split(" ").filter((part) => part !== "")) {
        if (row !== "" && characters(row).length + 1 + characters(word).length > width) {
          rows.push(row);
          row = "";
        }
        while (breakWords && characters(word).length > width) {
          rows.push(characters(word).slice(0, width).join(""));
          word = characters(word).slice(width).join("");
        }
        row = row === "" ? word : `${row} ${word}`;
      }
      if (row !== "") rows.push(row);
      return rows.join(end);
    })
    .join(end);
}

function fileSize(bytes: number, isBinary: boolean): string {
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return "1 Byte";
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const units = isBinary
    ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"]
    : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
  const power = Math.min(units.length, Math.floor(Math.log(bytes) / Math.log(base)));
  return `${(bytes / base ** power).toFixed(1)} ${units[power - 1]}`;
}

const json: Filter = (value, args) => {
  const indent = args.named.get("indent") ?? args.positional[1];
  const separators = args.named.get("separators") ?? args.positional[2];
  const [item, key] = separators && isList(separators) ? separators.value.map(str) : [];
  return text(
    toJson(value, {
      ensureAscii: args.flag(0, "ensure_ascii"),
      indent:
        indent === undefined || isNone(indent)
          ? undefined
          : isText(indent)
            ? indent.value
            : " ".repeat(numberOf(indent)),
      separators: item === undefined || key === undefined ? undefined : [item, key],
      sortKeys: args.flag(3, "sort_keys"),
    }),
  );
};

function grouped(value: Value, args: Arguments): Value {
  const attribute = byAttribute(args, 0);
  const caseSensitive = args.flag(2, "case_sensitive");
  const key = (item: Value) => folded(attribute(item), caseSensitive);
  const groups: { key: Value; shown: Value; items: Value[] }[] = [];
  for (const item of sorted(itemsOf(value), key, false)) {
    const last = groups.at(-1);
    if (last && equal(last.key, key(item))) last.items.push(item);
    else groups.push({ key: key(item), shown: attribute(item), items: [item] });
  }
  return list(groups.map(({ shown, items }) => tuple([shown, list(items)])));
}

function batches(value: Value, args: Arguments): Value {
  const size = args.number(0, "linecount", 1);
  const fill = args.get(1, "fill_with");
  const items = itemsOf(value);
  const rows = Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
  const last = rows.at(-1);
  if (fill && last) while (last.length < size) last.push(fill);
  return list(rows.map((row) => list(row)));
}

function slices(value: Value, args: Arguments): Value {
  const n = args.number(0, "slices", 1);
  const fill = args.get(1, "fill_with");
  const items = itemsOf(value);
  const [each, more] = [Math.floor(items.length / n), items.length % n];
  let at = 0;
  return list(
    Array.from({ length: n }, (_, i) => {
      const length = each + (i < more ? 1 : 0);
      const row = items.slice(at, (at += length));
      if (fill && i >= more) row.push(fill);
      return list(row);
    }),
  );
}

const onText =
  (change: (value: string, args: Arguments) => string): Filter =>
  (value, args) =>
    text(change(str(value), args));

const unique: Filter = (value, args) => {
  const caseSensitive = args.flag(0, "case_sensitive");
  const attribute = byAttribute(args, 1);
  const seen: Value[] = [];
  return list(
    itemsOf(value).filter((item) => {
      const key = folded(attribute(item), caseSensitive);
      const isNew = !seen.some((other) => equal(other, key));
      if (isNew) seen.push(key);
      return isNew;
    }),
  );
};

const dictSorted: Filter = (value, args) => {
  if (!isDict(value)) throw new TypeError(`${typeName(value)} has no items`);
  const by = args.text(1, "by", "key") === "value" ? 1 : 0;
  const caseSensitive = args.flag(0, "case_sensitive");
  const pairs = [...value.value].map(([key, item]) => [keyValue(key), item] as const);
  const order = sorted(
    pairs.map((pair) => tuple([...pair])),
    (pair) => folded((pair.value as Value[])[by]!, caseSensitive),
    args.flag(2, "reverse"),
  );
  return list(order);
};

const sum: Filter = (value, args, { add }) => {
  const attribute = byAttribute(args, 0);
  return itemsOf(value).reduce(
    (total, item) => add(total, attribute(item)),
    args.get(1, "start") ?? integer(0),
  );
};

/** Jinja's filters, by name. */
export const filters: Readonly<Record<string, Filter>> = {
  abs: (value) => sameKind([value], Math.abs(numberOf(value))),
  attr: (value, args) => (isNamespace(value) ? itemOf(value, args.positional[0] ?? none) : undefinedValue),
  batch: batches,
  bool: (value) => boolean(isTrue(value)),
  capitalize: onText(capitalized),
  center: onText((value, args) => pad(value, args.number(0, "width", 80), "center")),
  count: lengthOf,
  d: defaultTo,
  default: defaultTo,
  dictsort: dictSorted,
  e: escapeHtml,
  escape: escapeHtml,
  filesizeformat: (value, args) => text(fileSize(numberOf(value), args.flag(0, "binary"))),
  first: (value) => itemsOf(value)[0] ?? undefinedValue,
  float: toFloat,
  forceescape: escapeHtml,
  format: (value, args) =>
    text(
      percentFormat(
        str(value),
        args.named.size > 0 ? dict(new Map(args.named)) : tuple([...args.positional]),
      ),
    ),
  groupby: grouped,
  indent: onText(indented),
  int: toInteger,
  items: (value) => {
    if (isUndefined(value)) return list([]);
    if (!isDict(value)) throw new TypeError("Can only get item pairs from a mapping.");
    return list([...value.value].map(([key, item]) => tuple([keyValue(key), item])));
  },
  join: (value, args) => {
    const attribute = byAttribute(args, 1);
    const by = args.get(0, "d");
    return text(
      itemsOf(value)
        .map((item) => str(attribute(item)))
        .join(by === undefined ? "" : str(by)),
    );
  },
  last: (value) => itemsOf(value).at(-1) ?? undefinedValue,
  length: lengthOf,
  list: (value) => list([...itemsOf(value)]),
  lower: onText((value) => value.toLowerCase()),
  map,
  max: (value, args) => extreme(value, args, (order) => order > 0),
  min: (value, args) => extreme(value, args, (order) => order < 0),
  pprint: (value) => text(repr(value)),
  reject: selecting(false, false),
  rejectattr: selecting(false, true),
  replace: onText((value, args) =>
    replaced(value, args.text(0, "old", ""), args.text(1, "new", ""), args.number(2, "count", -1)),
  ),
  reverse: (value) =>
    isText(value) ? text(characters(value.value).reverse().join("")) : list([...itemsOf(value)].reverse()),
  round,
  safe: (value) => (isText(value) ? value : text(str(value))),
  select: selecting(true, false),
  selectattr: selecting(true, true),
  slice: slices,
  sort: (value, args) => {
    const caseSensitive = args.flag(1, "case_sensitive");
    const attribute = byAttribute(args, 2);
    return list(
      sorted(itemsOf(value), (item) => folded(attribute(item), caseSensitive), args.flag(0, "reverse")),
    );
  },
  string: (value) => text(str(value)),
  striptags: onText((value) =>
    strip(value.replaceAll(/<!--[\s\S]*?-->|<[^>]*>/g, "").replaceAll(spaces, " "), undefined),
  ),
  sum,
  title: onText(titledWords),
  tojson: json,
  trim: (value, args) => {
    const chars = args.get(0, "chars");
    return text(strip(str(value), chars === undefined || isNone(chars) ? undefined : str(chars)));
  },
  truncate: onText(truncated),
  unique,
  upper: onText((value) => value.toUpperCase()),
  urlencode: onText((value) =>
    encodeURIComponent(value)
      .replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll("%2F", "/"),
  ),
  wordcount: (value) => integer((str(value).match(/[\p{L}\p{N}_]+/gu) ?? []).length),
  wordwrap: onText(wrapped),
};

/** Jinja's `title`, unlike Python's: words begin behind space, dashes and brackets only. */
function titledWords(value: string): string {
  return value
    .split(/([-\s({[<]+)/u)
    .filter((part) => part !== "")
    .map((part) => (isSpace.test(part) ? part : capitalized(part)))
    .join("");
}
