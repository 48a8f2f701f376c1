import { Environment, Interpreter, parse, tokenize } from "@huggingface/jinja";

/**
 * The library's own classes of values, which it does not export: each is read off a value that it makes. So a
 * value made here is the library's own, whatever of it is run by which of the two.
 */
export interface Value {
  readonly type: string;
  readonly value: unknown;
  __bool__(): { readonly value: boolean };
}
export interface TextValue extends Value {
  readonly value: string;
}
export interface NumberValue extends Value {
  readonly value: number;
}
export interface ListValue extends Value {
  readonly value: Value[];
}
/** Keys that are no strings are kept under names of {@link keyOf}. */
export interface DictValue extends Value {
  readonly value: Map<string, Value>;
}
export interface FunctionValue extends Value {
  readonly value: (args: Value[], scope: Scope) => Value;
}

/** The library's scope of variables. */
export interface Scope {
  readonly parent?: Scope;
  set(name: string, value: unknown): Value;
  setVariable(name: string, value: Value): Value;
  lookupVariable(name: string): Value;
}

export const newScope = (parent?: Scope): Scope =>
  new Environment(parent as unknown as Environment | undefined) as unknown as Scope;

type MakeValue<Content, Made extends Value> = (value: Content) => Made;

/** A class by an example of what it makes. */
function classOf<Content, Made extends Value>(example: unknown): MakeValue<Content, Made> {
  const Class = (example as object).constructor as new (value: Content) => Made;
  return (value) => new Class(value);
}

const examples = newScope();
const example = (value: unknown) => examples.set(`v${nExamples++}`, value);
let nExamples = 0;

function tupleExample(): unknown {
  const scope = new Environment();
  new Interpreter(scope).run(parse(tokenize("{% set t = (1, 2) %}")));
  return scope.lookupVariable("t");
}

export const integer = classOf<number, NumberValue>(example(1));
export const float = classOf<number, NumberValue>(example(1.5));
export const text = classOf<string, TextValue>(example(""));
export const boolean = classOf<boolean, Value>(example(true));
export const list = classOf<Value[], ListValue>(example([]));
export const tuple = classOf<Value[], ListValue>(tupleExample());
export const dict = classOf<Map<string, Value>, DictValue>(example({}));
const functionOf = classOf<FunctionValue["value"], FunctionValue>(example(() => 1));
export const none = example(null);
export const undefinedValue = example(undefined);

export const isText = (value: Value): value is TextValue => value.type === "StringValue";
export const isInteger = (value: Value): value is NumberValue => value.type === "IntegerValue";
export const isFloat = (value: Value): value is NumberValue => value.type === "FloatValue";
export const isBoolean = (value: Value): boolean => value.type === "BooleanValue";
export const isTuple = (value: Value): value is ListValue => value.type === "TupleValue";
/** Tuples too. */
export const isList = (value: Value): value is ListValue => value.type === "ArrayValue" || isTuple(value);
export const isNamespace = (value: Value): value is DictValue => value.type === "NamespaceValue";
export const isDict = (value: Value): value is DictValue => value.type === "ObjectValue";
export const isNone = (value: Value): boolean => value.type === "NullValue";
export const isUndefined = (value: Value): boolean => value.type === "UndefinedValue";
export const isFunction = (value: Value): value is FunctionValue => value.type === "FunctionValue";
export const isTrue = (value: Value): boolean =>
  isText(value) || typeof value.value === "number" ? Boolean(value.value) : value.__bool__().value;

/** Numbers as Python adds them: True is 1. */
export const isNumeric = (value: Value): boolean => isInteger(value) || isFloat(value) || isBoolean(value);
export const numberOf = (value: Value): number => Number(value.value);
export const sameKind = (like: readonly Value[], result: number): NumberValue =>
  like.some(isFloat) ? float(result) : integer(result);

/** The arguments of a call, by position and by name. */
export class Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;

  constructor(positional: readonly Value[], named: ReadonlyMap<string, Value> = new Map()) {
    this.positional = positional;
    this.named = named;
  }

  /** The arguments of a function as the library hands them over: the named ones in one value, at the end. */
  static ofCall(args: readonly Value[]): Arguments {
    const last = args.at(-1);
    return last?.type === "KeywordArgumentsValue"
      ? new Arguments(args.slice(0, -1), (last as DictValue).value)
      : new Arguments(args);
  }

  /** The argument, or `undefined` where none was given. */
  get(position: number, name: string): Value | undefined {
    return this.positional[position] ?? this.named.get(name);
  }
  text(position: number, name: string, fallback: string): string {
    const value = this.get(position, name);
    if (value === undefined) return fallback;
    if (!isText(value)) throw new TypeError(`${name} must be a string`);
    return value.value;
  }
  number(position: number, name: string, fallback: number): number {
    const value = this.get(position, name);
    if (value === undefined || isNone(value)) return fallback;
    if (!isNumeric(value)) throw new TypeError(`${name} must be a number`);
    return numberOf(value);
  }
  flag(position: number, name: string, fallback = false): boolean {
    const value = this.get(position, name);
    return value === undefined ? fallback : isTrue(value);
  }
}

export const callable = (run: (args: Arguments, scope: Scope) => Value): FunctionValue =>
  functionOf((args, scope) => run(Arguments.ofCall(args), scope));

function namedExample(): unknown {
  let named: Value | undefined;
  const scope = newScope();
  scope.setVariable(
    "f",
    functionOf((args) => {
      named = args.at(-1);
      return none;
    }),
  );
  new Interpreter(scope as unknown as Environment).run(parse(tokenize("{{ f(a=1) }}")));
  return named;
}

/** Named arguments as the library hands them to a function, behind all others. */
export const namedArguments = classOf<Map<string, Value>, DictValue>(namedExample());

/** The characters as Python counts them. */
export const characters = (value: string): string[] => Array.from(value);

/**
 * The items of a value that a loop goes through: characters of a text, keys of a dictionary, nothing of what
 * is not defined.
 */
export function itemsOf(value: Value): Value[] {
  if (isList(value)) return value.value;
  if (isText(value)) return characters(value.value).map(text);
  if (isDict(value)) return [...value.value.keys()].map(keyValue);
  if (isUndefined(value)) return [];
  throw new TypeError(`${typeName(value)} is not iterable`);
}

/** Python's name of a value's type. */
export function typeName(value: Value): string {
  const names: Readonly<Record<string, string>> = {
    IntegerValue: "int",
    FloatValue: "float",
    StringValue: "str",
    BooleanValue: "bool",
    ArrayValue: "list",
    TupleValue: "tuple",
    ObjectValue: "dict",
    NullValue: "NoneType",
    UndefinedValue: "Undefined",
  };
  return names[value.type] ?? value.type;
}

const KEY = "\0";

/**
 * The name under which a dictionary keeps what belongs to a key; 1, 1.0 and true are one key, as in Python.
 */
export function keyOf(key: Value): string {
  if (isText(key)) return key.value;
  if (isNumeric(key)) return `${KEY}${numberOf(key)}`;
  if (isNone(key)) return `${KEY}none`;
  throw new TypeError(`unhashable type: ${typeName(key)}`);
}

/** The key that {@link keyOf} was given. */
export function keyValue(name: string): Value {
  if (!name.startsWith(KEY)) return text(name);
  const rest = name.slice(KEY.length);
  if (rest === "none") return none;
  return Number.isInteger(Number(rest)) ? integer(Number(rest)) : float(Number(rest));
}

/** Python's `==`. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (isNumeric(a) && isNumeric(b)) return numberOf(a) === numberOf(b);
  if (isUndefined(a) && isUndefined(b)) return true;
  if (a.type !== b.type) return false;
  if (isList(a) && isList(b))
    return a.value.length === b.value.length && a.value.every((item, i) => equal(item, b.value[i]!));
  if (isDict(a) && isDict(b))
    return (
      a.value.size === b.value.size &&
      [...a.value].every(([key, item]) => b.value.has(key) && equal(item, b.value.get(key)!))
    );
  return a.value === b.value;
}

/** Python's order: below 0, 0 or above. Throws where Python has none. */
export function compare(a: Value, b: Value): number {
  if (isNumeric(a) && isNumeric(b)) return numberOf(a) - numberOf(b);
  if (isText(a) && isText(b)) return compareTexts(a.value, b.value);
  if (isList(a) && isList(b) && a.type === b.type) {
    for (const [i, item] of a.value.entries()) {
      const other = b.value[i];
      if (other === undefined) return 1;
      if (!equal(item, other)) return compare(item, other);
    }
    return a.value.length - b.value.length;
  }
  throw new TypeError(`'<' not supported between ${typeName(a)} and ${typeName(b)}`);
}

/** By code points; JavaScript compares halves of them. */
function compareTexts(a: string, b: string): number {
  const [left, right] = [characters(a), characters(b)];
  for (const [i, character] of left.entries()) {
    const other = right[i];
    if (other === undefined) return 1;
    if (character !== other) return character.codePointAt(0)! - other.codePointAt(0)!;
  }
  return left.length - right.length;
}

/** Python's `in`. */
export function contains(container: Value, item: Value): boolean {
  if (isText(container)) {
    if (!isText(item)) throw new TypeError("'in <string>' requires string as left operand");
    return container.value.includes(item.value);
  }
  if (isDict(container)) return container.value.has(keyOf(item));
  return itemsOf(container).some((other) => equal(item, other));
}
