import { str } from "./python-text";
import { checkLength, percentFormat } from "./text-format";
import {
  boolean,
  compare,
  contains,
  equal,
  float,
  isFloat,
  isInteger,
  isList,
  isNumeric,
  isText,
  isTrue,
  isTuple,
  list,
  none,
  numberOf,
  sameKind,
  text,
  tuple,
  typeName,
  type Value,
} from "./values";

/**
 * Python's operators. The right side is asked for when it is needed, as `and` and `or` do; `bool` is the
 * truth of the left one.
 *
 * @throws TypeError  where Python has no such operation on these types
 */
export function binary(operator: string, left: Value, evaluateRight: () => Value): Value {
  switch (operator) {
    case "bool":
      return boolean(isTrue(left));
    case "and":
      return isTrue(left) ? evaluateRight() : left;
    case "or":
      return isTrue(left) ? left : evaluateRight();
  }
  const right = evaluateRight();
  switch (operator) {
    case "==":
      return boolean(equal(left, right));
    case "!=":
      return boolean(!equal(left, right));
    case "<":
      return boolean(compare(left, right) < 0);
    case "<=":
      return boolean(compare(left, right) <= 0);
    case ">":
      return boolean(compare(left, right) > 0);
    case ">=":
      return boolean(compare(left, right) >= 0);
    case "in":
      return boolean(contains(right, left));
    case "not in":
      return boolean(!contains(right, left));
    case "~":
      return text(str(left) + str(right));
  }
  if (operator === "+") {
    if (isText(left) && isText(right)) return text(left.value + right.value);
    if (isTuple(left) && isTuple(right)) return tuple([...left.value, ...right.value]);
    if (isList(left) && isList(right) && left.type === right.type)
      return list([...left.value, ...right.value]);
  }
  if (operator === "*" && isRepeatable(left) && isInteger(right)) return repeated(left, right.value);
  if (operator === "*" && isRepeatable(right) && isInteger(left)) return repeated(right, left.value);
  if (operator === "%" && isText(left)) return text(percentFormat(left.value, right));
  if (isNumeric(left) && isNumeric(right)) return arithmetic(operator, left, right);
  throw new TypeError(
    `unsupported operand types for ${operator}: '${typeName(left)}' and '${typeName(right)}'`,
  );
}

const isRepeatable = (value: Value) => isText(value) || isList(value);

function repeated(value: Value, times: number): Value {
  const n = Math.max(0, times);
  if (isText(value)) {
    checkLength(value.value.length * n);
    return text(value.value.repeat(n));
  }
  if (!isList(value)) return none;
  checkLength(value.value.length * n);
  const items = Array.from({ length: n }, () => value.value).flat();
  return isTuple(value) ? tuple(items) : list(items);
}

function arithmetic(operator: string, left: Value, right: Value): Value {
  const [a, b] = [numberOf(left), numberOf(right)];
  const make = (value: number) => sameKind([left, right], value);
  if (["/", "//", "%"].includes(operator) && b === 0) throw new RangeError("division by zero");
  switch (operator) {
    case "+":
      return make(a + b);
    case "-":
      return make(a - b);
    case "*":
      return make(a * b);
    case "/":
      return float(a / b);
    case "//":
      return make(Math.floor(a / b));
    case "%":
      return make(a - b * Math.floor(a / b));
    case "**": {
      const power = a ** b;
      if (!Number.isFinite(power)) throw new RangeError("the power is not a finite number");
      return isFloat(left) || isFloat(right) || b < 0 ? float(power) : make(power);
    }
    default:
      throw new SyntaxError(`unknown operator ${operator}`);
  }
}
