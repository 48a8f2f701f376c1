import {
  compare,
  contains,
  equal,
  isBoolean,
  isDict,
  isFloat,
  isFunction,
  isInteger,
  isList,
  isNone,
  isNumeric,
  isText,
  isUndefined,
  numberOf,
  type Value,
} from "./values";

type Test = (
  value: Value,
  argument: Value,
  interpreter: { readonly filters: object; readonly tests: object },
) => boolean;

const isOdd = (value: Value) => numberOf(value) % 2 !== 0;

/** Jinja's tests, by name. */
export const tests: Readonly<Record<string, Test>> = {
  boolean: isBoolean,
  callable: isFunction,
  defined: (value) => !isUndefined(value),
  undefined: isUndefined,
  divisibleby: (value, by) => numberOf(value) % numberOf(by) === 0,
  odd: isOdd,
  even: (value) => !isOdd(value),
  true: (value) => isBoolean(value) && value.value === true,
  false: (value) => isBoolean(value) && value.value === false,
  none: isNone,
  string: isText,
  number: isNumeric,
  integer: isInteger,
  float: isFloat,
  mapping: isDict,
  iterable: (value) => isList(value) || isText(value) || isDict(value) || isUndefined(value),
  sequence: (value) => isList(value) || isText(value) || isDict(value) || isUndefined(value),
  lower: (value) => isText(value) && value.value === value.value.toLowerCase(),
  upper: (value) => isText(value) && value.value === value.value.toUpperCase(),
  escaped: () => false,
  sameas: (value, other) =>
    value === other ||
    (value.type === other.type && !isList(value) && !isDict(value) && value.value === other.value),
  in: (value, container) => contains(container, value),
  filter: (value, _, { filters }) => isText(value) && value.value in filters,
  test: (value, _, { tests: all }) => isText(value) && value.value in all,
  ...Object.fromEntries(
    (
      [
        [["eq", "equalto", "=="], (a, b) => equal(a, b)],
        [["ne", "!="], (a, b) => !equal(a, b)],
        [["gt", "greaterthan", ">"], (a, b) => compare(a, b) > 0],
        [["ge", ">="], (a, b) => compare(a, b) >= 0],
        [["lt", "lessthan", "<"], (a, b) => compare(a, b) < 0],
        [["le", "<="], (a, b) => compare(a, b) <= 0],
      ] as readonly (readonly [readonly string[], Test])[]
    ).flatMap(([names, test]) => names.map((name) => [name, test])),
  ),
};

/** Tests that take an argument, which may stand behind them without brackets. */
export const testsWithArgument: ReadonlySet<string> = new Set(
  "divisibleby sameas in eq equalto ne gt greaterthan ge lt lessthan le".split(" "),
);
