import { Interpreter, parse } from "@huggingface/jinja";
import { dictMethods, listMethods } from "./collection-methods";
import { filters, type FilterContext } from "./filters";
import { globalsOf } from "./globals";
import { binary } from "./operators";
import { str } from "./python-text";
import { NOT_TEST, readTokens, TEST, WITH, type Rewritten } from "./rewrite";
import { textMethods } from "./text-methods";
import { tests } from "./tests";
import {
  Arguments,
  boolean,
  callable,
  characters,
  dict,
  equal,
  integer,
  isDict,
  isFunction,
  isInteger,
  isList,
  isNamespace,
  isText,
  isTrue,
  isTuple,
  isUndefined,
  itemsOf,
  keyOf,
  list,
  namedArguments,
  newScope,
  none,
  text,
  tuple,
  typeName,
  undefinedValue,
  type DictValue,
  type FunctionValue,
  type ListValue,
  type Scope,
  type Value,
} from "./values";

/** A node of the library's syntax tree; the fields depend on its type. */
export interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The library's interpreter, its own methods among it. */
interface Base {
  evaluate(node: unknown, scope: Scope): Value;
  evaluateArguments(args: unknown, scope: Scope): [Value[], Map<string, Value>];
  evaluateMacro(node: Node, scope: Scope): Value;
  evaluateSet(node: Node, scope: Scope): Value;
  evaluateSliceExpression(object: Value, slice: unknown, scope: Scope): Value;
}
const LibraryInterpreter = Interpreter as unknown as new (scope: Scope) => Base;

/** The nodes that write nothing of their own. */
const silent: ReadonlySet<string> = new Set(["Set", "Macro", "Comment"]);

/** A parsed template. */
export interface ParsedTemplate {
  readonly program: Node;
  readonly raw: Rewritten["raw"];
}

/** @throws SyntaxError  when the template can not be read */
export function parseTemplate(source: string): ParsedTemplate {
  const { tokens, raw } = readTokens(source);
  return { program: parse(tokens) as unknown as Node, raw };
}

/**
 * Runs a template as Python's jinja2 does with transformers' settings.
 *
 * @param onBlock  called when a block begins: each turn of a loop, each call of a macro
 * @throws Error  what the template raises, and what Python would refuse
 */
export function renderTemplate(
  { program, raw }: ParsedTemplate,
  variables: Readonly<Record<string, unknown>>,
  onBlock: () => void = () => undefined,
): string {
  const scope = newScope();
  for (const [name, value] of globalsOf()) scope.setVariable(name, value);
  for (const [name, value] of raw) scope.setVariable(name, text(value));
  for (const [name, value] of Object.entries(variables))
    scope.setVariable(name, newScope().set("value", value));
  return str(new PythonInterpreter(scope, onBlock).evaluate(program, scope));
}

/** The library's interpreter, with Python's values, methods, filters, tests and scopes. */
class PythonInterpreter extends LibraryInterpreter {
  readonly #onBlock: () => void;

  constructor(scope: Scope, onBlock: () => void) {
    super(scope);
    this.#onBlock = onBlock;
  }

  evaluateBlock(statements: readonly Node[], scope: Scope): Value {
    this.#onBlock();
    let result = "";
    try {
      for (const node of statements) {
        const value = this.evaluate(node, scope);
        if (!silent.has(node.type)) result += str(value);
      }
    } catch (error) {
      if (error instanceof LoopControl) error.written = result + error.written;
      throw error;
    }
    return text(result);
  }

  override evaluate(node: Node | undefined, scope: Scope): Value {
    if (node?.type === "ObjectLiteral") return this.#dictOf(node, scope);
    if (node?.type === "Break" || node?.type === "Continue") throw new LoopControl(node.type === "Continue");
    return super.evaluate(node, scope);
  }

  #dictOf(node: Node, scope: Scope): DictValue {
    const entries = [...(node["value"] as Map<Node, Node>)];
    return dict(
      new Map(entries.map(([key, value]) => [keyOf(this.evaluate(key, scope)), this.evaluate(value, scope)])),
    );
  }

  evaluateBinaryExpression(node: Node, scope: Scope): Value {
    const operator = (node["operator"] as { readonly value: string }).value;
    const left = this.evaluate(node["left"] as Node, scope);
    const right = () => this.evaluate(node["right"] as Node, scope);
    return binary(operator, left, right);
  }

  #argumentsOf(args: unknown, scope: Scope): Arguments {
    const [positional, named] = this.evaluateArguments(args, scope);
    return new Arguments(positional, named);
  }

  applyFilter(operand: Value, filter: Node, scope: Scope): Value {
    const isCall = filter.type === "CallExpression";
    const name = (isCall ? (filter["callee"] as Node) : filter)["value"] as string;
    const args = isCall ? this.#argumentsOf(filter["args"], scope) : new Arguments([]);
    const context = this.#context(scope);
    for (const [prefix, wanted] of [
      [TEST, true],
      [NOT_TEST, false],
    ] as const) {
      if (name.startsWith(prefix)) {
        const given = args.positional.length > 1 ? [tuple([...args.positional])] : args.positional;
        return boolean(context.test(name.slice(prefix.length), operand, given) === wanted);
      }
    }
    return context.filter(name, operand, args);
  }

  #context(scope: Scope): FilterContext {
    const context: FilterContext = {
      scope,
      test(name, value, [argument = undefinedValue]) {
        const test = own(tests, name);
        if (!test) throw new SyntaxError(`No test named '${name}'`);
        return test(value, argument, { filters, tests });
      },
      filter(name, value, args) {
        const filter = own(filters, name);
        if (!filter) throw new SyntaxError(`No filter named '${name}'`);
        return filter(value, args, context);
      },
      add: (left, right) => binary("+", left, () => right),
      rest: (args, from) => new Arguments(args.positional.slice(from), args.named),
    };
    return context;
  }

  evaluateTestExpression(node: Node, scope: Scope): Value {
    const { value: name } = node["test"] as { readonly value: string };
    const operand = this.evaluate(node["operand"] as Node, scope);
    return boolean(this.#context(scope).test(name, operand, []) !== node["negate"]);
  }

  evaluateUnaryExpression(node: Node, scope: Scope): Value {
    const operator = (node["operator"] as { readonly value: string }).value;
    const argument = this.evaluate(node["argument"] as Node, scope);
    if (operator === "not") return boolean(!isTrue(argument));
    return binary("*", integer(operator === "-" ? -1 : 1), () => argument);
  }

  evaluateMemberExpression(node: Node, scope: Scope): Value {
    const object = this.evaluate(node["object"] as Node, scope);
    const property = node["property"] as Node;
    const isComputed = node["computed"] === true;
    if (isComputed && property.type === "SliceExpression") {
      const part = this.evaluateSliceExpression(object, property, scope);
      return isTuple(object) ? tuple((part as ListValue).value) : part;
    }
    const key = isComputed
      ? this.evaluate(property, scope)
      : property.type === "IntegerLiteral"
        ? integer(property["value"] as number)
        : text(property["value"] as string);
    if (isUndefined(object)) throw new TypeError(`${nameOf(node["object"] as Node)} is undefined`);
    const method = () => (isText(key) ? methodOf(object, key.value) : undefined);
    const item = () => itemAt(object, key);
    // `a.b` is an attribute first, `a['b']` what the dictionary holds.
    return (isComputed ? (item() ?? method()) : (method() ?? item())) ?? undefinedValue;
  }

  evaluateCallExpression(node: Node, scope: Scope): Value {
    const callee = node["callee"] as Node;
    const called = this.evaluate(callee, scope);
    const [positional, named] = this.evaluateArguments(node["args"], scope);
    if (named.size > 0) positional.push(namedArguments(named));
    const run = isDict(called) ? called.value.get(CALL) : called;
    if (!run || !isFunction(run)) {
      if (isUndefined(called)) throw new TypeError(`${nameOf(callee)} is undefined`);
      throw new TypeError(`'${typeName(called)}' object is not callable`);
    }
    return run.value(positional, scope);
  }

  override evaluateSet(node: Node, scope: Scope): Value {
    const assignee = node["assignee"] as Node;
    const value = node["value"] as Node | null;
    if (assignee.type === "MemberExpression") return super.evaluateSet(node, scope);
    let content = value
      ? this.evaluate(value, scope)
      : this.evaluateBlock(node["body"] as Node[], newScope(scope));
    let target = assignee;
    const chain: Node[] = [];
    while (target.type === "FilterExpression") {
      chain.unshift(target["filter"] as Node);
      target = target["operand"] as Node;
    }
    for (const filter of chain) content = this.applyFilter(content, filter, scope);
    assign(target, content, scope);
    return none;
  }

  /** A macro sees what stood where it was written, not where it is called. */
  override evaluateMacro(node: Node, scope: Scope): Value {
    super.evaluateMacro(node, scope);
    const { value: name } = node["name"] as { readonly value: string };
    const macro = scope.lookupVariable(name) as FunctionValue;
    const bound = callableRaw((args, caller) => {
      const own = newScope(scope);
      const callerBlock = caller.lookupVariable("caller");
      if (!isUndefined(callerBlock)) own.setVariable("caller", callerBlock);
      return macro.value(args, own);
    });
    scope.setVariable(name, bound);
    return none;
  }

  evaluateFor(node: Node, scope: Scope): Value {
    const iterable = node["iterable"] as Node;
    const isFiltered = iterable.type === "SelectExpression";
    const source = this.evaluate((isFiltered ? iterable["lhs"] : iterable) as Node, scope);
    const target = node["loopvar"] as Node;
    if (isWith(target)) return this.#runWith(target, source, node["body"] as Node[], scope);
    return text(this.#runLoop(node, source, isFiltered ? (iterable["test"] as Node) : undefined, scope));
  }

  #runWith(target: Node, values: Value, body: readonly Node[], scope: Scope): Value {
    const own = newScope(scope);
    const names = (target["value"] as Node[]).slice(1);
    const items = itemsOf(values).slice(1);
    for (const [i, item] of items.entries()) assign(names[i]!, item, own);
    return this.evaluateBlock(body, own);
  }

  #runLoop(node: Node, source: Value, test: Node | undefined, scope: Scope, depth = 1): string {
    const target = node["loopvar"] as Node;
    const bind = (item: Value) => {
      const own = newScope(scope);
      assign(target, item, own);
      return own;
    };
    const items = itemsOf(source).filter((item) => !test || isTrue(this.evaluate(test, bind(item))));
    if (items.length === 0) return str(this.evaluateBlock(node["defaultBlock"] as Node[], newScope(scope)));
    let result = "";
    const shared: { changed: Value | undefined } = { changed: undefined };
    for (const [i, item] of items.entries()) {
      const own = bind(item);
      const again = callable((args) =>
        text(this.#runLoop(node, args.positional[0] ?? none, test, scope, depth + 1)),
      );
      own.setVariable("loop", loopOf(items, i, depth, shared, again));
      const { written, goesOn } = this.#turn(node["body"] as Node[], own);
      result += written;
      if (!goesOn) break;
    }
    return result;
  }

  /** One turn, and whether the next one follows. */
  #turn(body: readonly Node[], scope: Scope): { readonly written: string; readonly goesOn: boolean } {
    try {
      return { written: str(this.evaluateBlock(body, scope)), goesOn: true };
    } catch (error) {
      if (error instanceof LoopControl) return error;
      throw error;
    }
  }
}

/** A `break` or `continue`, on its way out of blocks: it keeps the text that they had written. */
class LoopControl extends Error {
  written = "";
  readonly goesOn: boolean;
  constructor(goesOn: boolean) {
    super(goesOn ? "continue stands outside a loop" : "break stands outside a loop");
    this.goesOn = goesOn;
  }
}

const CALL = "\0call";

const callableRaw = (run: FunctionValue["value"]): FunctionValue => {
  const made = callable(() => none);
  return Object.assign(made, { value: run });
};

const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

function methodOf(object: Value, name: string): Value | undefined {
  if (isText(object)) {
    const method = own(textMethods, name);
    return method && callable((args) => method(object.value, args));
  }
  if (isList(object)) {
    const method = own(listMethods, name);
    return method && callable((args) => method(object, args));
  }
  if (isDict(object) && !object.value.has(CALL)) {
    const method = own(dictMethods, name);
    return method && callable((args) => method(object, args));
  }
  return undefined;
}

function itemAt(object: Value, key: Value): Value | undefined {
  if (isDict(object) || isNamespace(object)) return object.value.get(keyOf(key));
  if (isInteger(key) && isList(object)) return object.value.at(key.value);
  if (isInteger(key) && isText(object)) {
    const character = characters(object.value).at(key.value);
    return character === undefined ? undefined : text(character);
  }
  return undefined;
}

const nameOf = (node: Node): string =>
  node.type === "Identifier"
    ? `'${node["value"] as string}'`
    : node.type === "MemberExpression"
      ? nameOf(node["property"] as Node)
      : "the value";

function assign(target: Node, value: Value, scope: Scope): void {
  if (target.type === "Identifier") {
    scope.setVariable(target["value"] as string, value);
    return;
  }
  if (target.type !== "TupleLiteral" && target.type !== "ArrayLiteral")
    throw new SyntaxError(`can't assign to ${target.type}`);
  const targets = target["value"] as Node[];
  const items = itemsOf(value);
  if (items.length !== targets.length)
    throw new RangeError(`${items.length} values to unpack, expected ${targets.length}`);
  targets.forEach((part, i) => assign(part, items[i]!, scope));
}

const isWith = (target: Node): boolean =>
  target.type === "TupleLiteral" && (target["value"] as Node[])[0]?.["value"] === WITH;

function loopOf(
  items: readonly Value[],
  i: number,
  depth: number,
  shared: { changed: Value | undefined },
  again: Value,
): Value {
  const { length } = items;
  const fields: Readonly<Record<string, Value>> = {
    index: integer(i + 1),
    index0: integer(i),
    revindex: integer(length - i),
    revindex0: integer(length - i - 1),
    first: boolean(i === 0),
    last: boolean(i === length - 1),
    length: integer(length),
    depth: integer(depth),
    depth0: integer(depth - 1),
    previtem: items[i - 1] ?? undefinedValue,
    nextitem: items[i + 1] ?? undefinedValue,
    cycle: callable((args) => args.positional[i % args.positional.length] ?? none),
    changed: callable((args) => {
      const now = list([...args.positional]);
      const isNew = shared.changed === undefined || !equal(shared.changed, now);
      shared.changed = now;
      return boolean(isNew);
    }),
    [CALL]: again,
  };
  return dict(new Map(Object.entries(fields)));
}
