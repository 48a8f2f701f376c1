import { isSpace, spaces, str, strip } from "./python-text";
import { braceFormat, pad, zeroFill } from "./text-format";
import {
  boolean,
  characters,
  integer,
  isList,
  isNone,
  isText,
  itemsOf,
  list,
  text,
  tuple,
  type Arguments,
  type Value,
} from "./values";

type Method = (self: string, args: Arguments) => Value;

const texts = (parts: readonly string[]) => list(parts.map((part) => text(part)));

/** Characters that `strip` takes; space where none are given. */
const charsOf = (args: Arguments) => {
  const chars = args.get(0, "chars");
  return chars === undefined || isNone(chars) ? undefined : args.text(0, "chars", "");
};

const all = (self: string, test: RegExp) => self !== "" && test.test(self);

/** Start and end as `find` and `count` take them, on characters. */
function part(self: string, args: Arguments): { readonly inside: string[]; readonly start: number } {
  const whole = characters(self);
  const at = (index: number) =>
    index < 0 ? Math.max(0, whole.length + index) : Math.min(index, whole.length);
  const start = at(args.number(1, "start", 0));
  return { inside: whole.slice(start, at(args.number(2, "end", whole.length))), start };
}

function find(self: string, args: Arguments, fromEnd = false): number {
  const { inside, start } = part(self, args);
  const wanted = characters(args.text(0, "sub", ""));
  const last = inside.length - wanted.length;
  const fits = (at: number) => wanted.every((character, i) => inside[at + i] === character);
  for (let i = 0; i <= last; i++) {
    const at = fromEnd ? last - i : i;
    if (fits(at)) return start + at;
  }
  return -1;
}

function index(self: string, args: Arguments, fromEnd = false): Value {
  const at = find(self, args, fromEnd);
  if (at < 0) throw new RangeError("substring not found");
  return integer(at);
}

function count(self: string, args: Arguments): Value {
  const { inside } = part(self, args);
  const wanted = args.text(0, "sub", "");
  return integer(wanted === "" ? inside.length + 1 : inside.join("").split(wanted).length - 1);
}

function affixed(self: string, args: Arguments, test: (self: string, affix: string) => boolean): Value {
  const inside = part(self, args).inside.join("");
  const given = args.get(0, "prefix");
  const affixes = given && isList(given) ? given.value.map(str) : [args.text(0, "prefix", "")];
  return boolean(affixes.some((affix) => test(inside, affix)));
}

/** Words between space, at most so many cuts, counted from the left. */
function splitSpace(self: string, most: number): string[] {
  const words: string[] = [];
  let rest = strip(self, undefined, "left");
  while (rest !== "" && (most < 0 || words.length < most)) {
    spaces.lastIndex = 0;
    const cut = spaces.exec(rest);
    if (!cut) break;
    words.push(rest.slice(0, cut.index));
    rest = strip(rest.slice(cut.index), undefined, "left");
  }
  return rest === "" ? words : [...words, rest];
}

const reversed = (value: string) => characters(value).reverse().join("");

function split(self: string, args: Arguments, fromEnd: boolean): Value {
  const separator = args.get(0, "sep");
  const most = args.number(1, "maxsplit", -1);
  if (separator === undefined || isNone(separator)) {
    if (!fromEnd) return texts(splitSpace(self, most));
    return texts(
      splitSpace(reversed(self), most)
        .map((word) => reversed(word))
        .reverse(),
    );
  }
  const by = args.text(0, "sep", "");
  if (by === "") throw new RangeError("empty separator");
  const parts = self.split(by);
  if (most < 0 || parts.length <= most + 1) return texts(parts);
  if (fromEnd) {
    const head = parts.slice(0, parts.length - most).join(by);
    return texts(most === 0 ? [self] : [head, ...parts.slice(-most)]);
  }
  return texts([...parts.slice(0, most), parts.slice(most).join(by)]);
}

function partition(self: string, args: Arguments, at: number, fromEnd: boolean): Value {
  const separator = args.text(0, "sep", "");
  const parts =
    at < 0
      ? fromEnd
        ? ["", "", self]
        : [self, "", ""]
      : [self.slice(0, at), separator, self.slice(at + separator.length)];
  return tuple(parts.map((piece) => text(piece)));
}

function replace(self: string, args: Arguments): Value {
  const [old, put] = [args.text(0, "old", ""), args.text(1, "new", "")];
  const most = args.number(2, "count", -1);
  return text(replaced(self, old, put, most));
}

export function replaced(self: string, old: string, put: string, most: number): string {
  const parts = old === "" ? ["", ...characters(self), ""] : self.split(old);
  if (most < 0 || parts.length <= most + 1) return parts.join(put);
  const rest = parts.slice(most).join(old);
  return [...parts.slice(0, most), rest].join(put);
}

const isCased = /[\p{Lu}\p{Ll}\p{Lt}]/u;

/** Python's `title`: a letter behind anything but a letter is large, all others are small. */
export function titled(self: string): string {
  let isInside = false;
  return characters(self)
    .map((character) => {
      const shown = isInside ? character.toLowerCase() : character.toUpperCase();
      isInside = isCased.test(character);
      return shown;
    })
    .join("");
}

export const capitalized = (self: string): string => {
  const [first = "", ...rest] = characters(self);
  return first.toUpperCase() + rest.join("").toLowerCase();
};

const swapped = (self: string) =>
  characters(self)
    .map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase()))
    .join("");

/** Characters that end a line besides "\\r\\n", as Python's `splitlines` takes them. */
const LINE_END = "[\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029]";
const lineEnds = new RegExp(`(?:\\r\\n|${LINE_END})`, "g");

function lines(self: string, keepEnds: boolean): string[] {
  const found: string[] = [];
  let start = 0;
  for (const { 0: end, index: at } of self.matchAll(lineEnds)) {
    found.push(self.slice(start, keepEnds ? at + end.length : at));
    start = at + end.length;
  }
  return start < self.length ? [...found, self.slice(start)] : found;
}

function expandTabs(self: string, size: number): string {
  let column = 0;
  return characters(self)
    .map((character) => {
      if (character === "\n" || character === "\r") column = -1;
      const shown = character === "\t" ? " ".repeat(size > 0 ? size - (column % size) : 0) : character;
      column += shown.length;
      return shown;
    })
    .join("");
}

/** Python's methods of a text, by name. */
export const textMethods: Readonly<Record<string, Method>> = {
  upper: (self) => text(self.toUpperCase()),
  lower: (self) => text(self.toLowerCase()),
  casefold: (self) => text(self.replaceAll(/[ßẞ]/g, "ss").toLowerCase()),
  title: (self) => text(titled(self)),
  capitalize: (self) => text(capitalized(self)),
  swapcase: (self) => text(swapped(self)),
  strip: (self, args) => text(strip(self, charsOf(args))),
  lstrip: (self, args) => text(strip(self, charsOf(args), "left")),
  rstrip: (self, args) => text(strip(self, charsOf(args), "right")),
  startswith: (self, args) => affixed(self, args, (inside, affix) => inside.startsWith(affix)),
  endswith: (self, args) => affixed(self, args, (inside, affix) => inside.endsWith(affix)),
  removeprefix: (self, args) => {
    const prefix = args.text(0, "prefix", "");
    return text(self.startsWith(prefix) ? self.slice(prefix.length) : self);
  },
  removesuffix: (self, args) => {
    const suffix = args.text(0, "suffix", "");
    return text(suffix !== "" && self.endsWith(suffix) ? self.slice(0, -suffix.length) : self);
  },
  find: (self, args) => integer(find(self, args)),
  rfind: (self, args) => integer(find(self, args, true)),
  index: (self, args) => index(self, args),
  rindex: (self, args) => index(self, args, true),
  count,
  split: (self, args) => split(self, args, false),
  rsplit: (self, args) => split(self, args, true),
  splitlines: (self, args) => texts(lines(self, args.flag(0, "keepends"))),
  partition: (self, args) => partition(self, args, self.indexOf(args.text(0, "sep", "")), false),
  rpartition: (self, args) => partition(self, args, self.lastIndexOf(args.text(0, "sep", "")), true),
  replace,
  join: (self, args) =>
    text(
      itemsOf(args.get(0, "iterable") ?? list([]))
        .map((item, i) => {
          if (!isText(item)) throw new TypeError(`sequence item ${i}: expected str instance`);
          return item.value;
        })
        .join(self),
    ),
  isdigit: (self) => boolean(all(self, /^[\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨]+$/u)),
  isdecimal: (self) => boolean(all(self, /^\p{Nd}+$/u)),
  isnumeric: (self) => boolean(all(self, /^[\p{Nd}\p{Nl}\p{No}]+$/u)),
  isalpha: (self) => boolean(all(self, /^\p{L}+$/u)),
  isalnum: (self) => boolean(all(self, /^[\p{L}\p{Nd}\p{Nl}\p{No}]+$/u)),
  isspace: (self) => boolean(all(self, isSpace)),
  isascii: (self) => boolean(/^[\0-\x7f]*$/.test(self)),
  isidentifier: (self) => boolean(all(self, /^[\p{L}_][\p{L}\p{N}_]*$/u)),
  isupper: (self) => boolean(isCased.test(self) && self === self.toUpperCase()),
  islower: (self) => boolean(isCased.test(self) && self === self.toLowerCase()),
  istitle: (self) => boolean(isCased.test(self) && self === titled(self)),
  center: (self, args) =>
    text(pad(self, args.number(0, "width", 0), "center", args.text(1, "fillchar", " "))),
  ljust: (self, args) => text(pad(self, args.number(0, "width", 0), "right", args.text(1, "fillchar", " "))),
  rjust: (self, args) => text(pad(self, args.number(0, "width", 0), "left", args.text(1, "fillchar", " "))),
  zfill: (self, args) => text(zeroFill(self, args.number(0, "width", 0))),
  expandtabs: (self, args) => text(expandTabs(self, args.number(0, "tabsize", 8))),
  format: (self, args) => text(braceFormat(self, args)),
};
