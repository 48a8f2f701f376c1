import { TemplateLimitError } from "./template-limit";
import { str } from "./python-text";
import { TUPLE } from "./rewrite";
import {
  boolean,
  callable,
  dict,
  integer,
  isDict,
  itemsOf,
  keyOf,
  list,
  newScope,
  none,
  numberOf,
  text,
  tuple,
  type Value,
} from "./values";

/** Items of one range. */
const LONGEST_RANGE = 10_000;

/** Names that every template has: jinja's own, and transformers' two. */
export function globalsOf(): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ...["true", "True"].map((name) => [name, boolean(true)] as const),
    ...["false", "False"].map((name) => [name, boolean(false)] as const),
    ...["none", "None"].map((name) => [name, none] as const),
    ["range", callable(({ positional }) => rangeOf(positional.map(numberOf)))],
    [
      "dict",
      callable(({ positional: [entries], named }) => {
        const given = entries
          ? isDict(entries)
            ? [...entries.value]
            : itemsOf(entries).map((pair) => {
                const [key = none, value = none] = itemsOf(pair);
                return [keyOf(key), value] as const;
              })
          : [];
        return dict(new Map([...given, ...named]));
      }),
    ],
    ["namespace", newScope().lookupVariable("namespace")],
    [TUPLE, callable(({ positional }) => tuple([...positional]))],
    ["cycler", callable(({ positional }) => cycler(positional))],
    [
      "joiner",
      callable((args) => {
        const by = args.text(0, "sep", ", ");
        let isFirst = true;
        return callable(() => {
          const shown = isFirst ? "" : by;
          isFirst = false;
          return text(shown);
        });
      }),
    ],
    [
      "raise_exception",
      callable(({ positional: [message = none] }) => {
        throw new Error(str(message));
      }),
    ],
    ["strftime_now", callable((args) => text(strftime(new Date(), args.text(0, "format", ""))))],
  ]);
}

function rangeOf(numbers: readonly number[]): Value {
  const [first = 0, last, step = 1] = numbers;
  const [start, stop] = last === undefined ? [0, first] : [first, last];
  if (step === 0) throw new RangeError("range() arg 3 must not be zero");
  const length = Math.max(0, Math.ceil((stop - start) / step)) || 0;
  if (length > LONGEST_RANGE)
    throw new TemplateLimitError(`range() gives ${LONGEST_RANGE} items at most, not ${length}`);
  return list(Array.from({ length }, (_, i) => integer(start + i * step)));
}

function cycler(items: readonly Value[]): Value {
  let at = 0;
  const current = () => items[at] ?? none;
  return dict(
    new Map<string, Value>([
      [
        "next",
        callable(() => {
          const item = current();
          at = (at + 1) % items.length;
          return item;
        }),
      ],
      [
        "reset",
        callable(() => {
          at = 0;
          return none;
        }),
      ],
    ]),
  );
}

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = "January February March April May June July August September October November December".split(
  " ",
);

/** Python's `strftime` in the C locale, in local time. */
export function strftime(date: Date, format: string): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const hour12 = date.getHours() % 12 || 12;
  const day = days[date.getDay()]!;
  const month = months[date.getMonth()]!;
  const dayOfYear = Math.round(
    (Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) - Date.UTC(date.getFullYear(), 0, 0)) /
      86_400_000,
  );
  const parts: Readonly<Record<string, string>> = {
    Y: String(date.getFullYear()),
    y: two(date.getFullYear() % 100),
    m: two(date.getMonth() + 1),
    d: two(date.getDate()),
    e: String(date.getDate()).padStart(2),
    B: month,
    b: month.slice(0, 3),
    A: day,
    a: day.slice(0, 3),
    w: String(date.getDay()),
    H: two(date.getHours()),
    I: two(hour12),
    M: two(date.getMinutes()),
    S: two(date.getSeconds()),
    p: date.getHours() < 12 ? "AM" : "PM",
    j: String(dayOfYear).padStart(3, "0"),
    F: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    T: `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`,
    "%": "%",
  };
  return format.replaceAll(/%(-?)(.)/g, (whole, plain: string, letter: string) => {
    const part = parts[letter];
    return part === undefined ? whole : plain ? part.replace(/^0(?=.)/, "") : part;
  });
}
