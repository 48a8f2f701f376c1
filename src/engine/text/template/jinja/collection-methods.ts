import {
  dict,
  equal,
  integer,
  itemsOf,
  keyOf,
  keyValue,
  list,
  none,
  tuple,
  type Arguments,
  type DictValue,
  type ListValue,
  type Value,
} from "./values";

/**
 * Python's methods of a list, by name. The sandbox of transformers forbids those that change one; llama.cpp
 * allows them, and templates written for it use `append`.
 */
export const listMethods: Readonly<Record<string, (self: ListValue, args: Arguments) => Value>> = {
  count: ({ value }, args) => integer(value.filter((item) => equal(item, wanted(args))).length),
  index({ value }, args) {
    const at = value.findIndex((item) => equal(item, wanted(args)));
    if (at < 0) throw new RangeError("the value is not in the list");
    return integer(at);
  },
  copy: ({ value }) => list([...value]),
  append({ value }, args) {
    value.push(wanted(args));
    return none;
  },
  extend({ value }, args) {
    value.push(...itemsOf(wanted(args)));
    return none;
  },
  insert({ value }, args) {
    value.splice(args.number(0, "index", 0), 0, args.get(1, "object") ?? none);
    return none;
  },
  pop({ value }, args) {
    const [item] = value.splice(args.number(0, "index", -1), 1);
    if (!item) throw new RangeError("pop index out of range");
    return item;
  },
};

function wanted(args: Arguments): Value {
  const value = args.positional[0];
  if (!value) throw new TypeError("an argument is missing");
  return value;
}

const pair = ([key, value]: readonly [string, Value]) => tuple([keyValue(key), value]);

/** Python's methods of a dictionary, by name. */
export const dictMethods: Readonly<Record<string, (self: DictValue, args: Arguments) => Value>> = {
  get: ({ value }, args) => value.get(keyOf(wanted(args))) ?? args.get(1, "default") ?? none,
  keys: ({ value }) => list([...value.keys()].map(keyValue)),
  values: ({ value }) => list([...value.values()]),
  items: ({ value }) => list([...value].map(pair)),
  copy: ({ value }) => dict(new Map(value)),
  update({ value }, args) {
    const other = args.positional[0];
    if (other) for (const [key, item] of other.value as Map<string, Value>) value.set(key, item);
    for (const [key, item] of args.named) value.set(key, item);
    return none;
  },
};
