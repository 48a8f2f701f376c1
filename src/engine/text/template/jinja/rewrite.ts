import { tokenize } from "@huggingface/jinja";
import { testsWithArgument } from "./tests";

type Token = ReturnType<typeof tokenize>[number];
type TokenType = Token["type"];

/** Names that no template uses. */
export const RAW = "__raw";
export const WITH = "__with";
export const TEST = "__test__";
export const TUPLE = "__tuple";
export const NOT_TEST = "__not_test__";
const DONE = "__done";

export interface Rewritten {
  readonly tokens: Token[];
  /** Texts of `raw` blocks, which stand as variables of these names in the tokens. */
  readonly raw: ReadonlyMap<string, string>;
}

/**
 * A template's tokens with what the library's parser does not know put in words that it knows: raw blocks as
 * variables, `with` as a loop over nothing, `do` as an assignment, tests with arguments as filters.
 */
export function readTokens(source: string): Rewritten {
  const raw = new Map<string, string>();
  const tokens = tokenize(withoutRaw(source.replaceAll(/\r\n?/g, "\n"), raw), {
    lstrip_blocks: true,
    trim_blocks: true,
  });
  const statements = rewriteStatements(rewriteNumbers(tokens));
  return { tokens: rewriteTuples(rewriteTests(statements)), raw };
}

/** `{%+` and `+%}` keep the space beside them: an empty text between protects it. */
function withoutRaw(source: string, raw: Map<string, string>): string {
  const block = /\{%([-+]?)\s*raw\s*(-?)%\}([\s\S]*?)\{%([-+]?)\s*endraw\s*([-+]?)%\}(\n?)/g;
  const whole = source.replaceAll(
    block,
    (_, before: string, trimStart: string, body: string, trimEnd: string, after: string, newline: string) => {
      let text = trimStart ? body.trimStart() : body;
      text = trimEnd === "-" ? text.trimEnd() : trimEnd === "+" ? text : text.replace(/(^|\n)[ \t]*$/, "$1");
      const name = `${RAW}${raw.size}`;
      raw.set(name, text);
      const open = before === "-" ? "{{-" : before === "+" ? "{{" : `{#__#}{{`;
      return `${open} ${name} ${after === "-" ? "-" : ""}}}${after === "+" ? newline : ""}`;
    },
  );
  return whole.replaceAll("{%+", "{{ '' }}{%").replaceAll("+%}", "%}{{ '' }}");
}

const make = (like: Token, value: string, type: TokenType): Token => {
  const token = Object.create(Object.getPrototypeOf(like) as object) as { value: string; type: TokenType };
  token.value = value;
  token.type = type;
  return token;
};

/** `1e3` and `1_000`, which come as two tokens or more. */
function rewriteNumbers(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    if (token.type !== "NumericLiteral" || next?.type !== "Identifier") {
      out.push(token);
      continue;
    }
    if (/^_[\d_]+$/.test(next.value)) {
      out.push(make(token, token.value + next.value.replaceAll("_", ""), "NumericLiteral"));
      i++;
      continue;
    }
    const power = /^[eE](\d+)$/.exec(next.value)?.[1];
    const [sign, digits] = [tokens[i + 2], tokens[i + 3]];
    const isSigned =
      /^[eE]$/.test(next.value) &&
      sign?.type === "AdditiveBinaryOperator" &&
      digits?.type === "NumericLiteral";
    if (power === undefined && !isSigned) {
      out.push(token);
      continue;
    }
    const mantissa = token.value.includes(".") ? token.value : `${token.value}.0`;
    out.push(make(token, `${mantissa}e${power ?? sign!.value + digits!.value}`, "NumericLiteral"));
    i += power === undefined ? 3 : 1;
  }
  return out;
}

const opening: ReadonlySet<TokenType> = new Set(["OpenParen", "OpenSquareBracket", "OpenCurlyBracket"]);
const closing: ReadonlySet<TokenType> = new Set(["CloseParen", "CloseSquareBracket", "CloseCurlyBracket"]);

/** Parts of tokens between separators that stand in no brackets. */
function splitAt(tokens: readonly Token[], type: TokenType): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (opening.has(token.type)) depth++;
    if (closing.has(token.type)) depth--;
    if (depth === 0 && token.type === type) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}

function rewriteStatements(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  const openFilters: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const [open, name] = [tokens[i]!, tokens[i + 1]];
    if (open.type !== "OpenStatement" || name?.type !== "Identifier") {
      out.push(open);
      continue;
    }
    let end = i + 2;
    while (end < tokens.length && tokens[end]!.type !== "CloseStatement") end++;
    const inside = tokens.slice(i + 2, end);
    const close = tokens[end];
    if (!close) throw new SyntaxError(`The tag ${name.value} does not end`);
    const word = (value: string) => make(open, value, "Identifier");
    const sign = (value: string, type: TokenType) => make(open, value, type);
    const statement = (...parts: Token[]) => out.push(open, ...parts, close);
    switch (name.value) {
      case "do":
        statement(word("set"), word(DONE), sign("=", "Equals"), ...inside);
        break;
      case "with": {
        const parts = inside.length === 0 ? [] : splitAt(inside, "Comma");
        const [targets, values] = [[word(WITH)], [sign("0", "NumericLiteral")]] as [Token[], Token[]];
        for (const part of parts) {
          const [target, value] = splitAt(part, "Equals");
          if (!target || !value) throw new SyntaxError("with takes names and their values");
          targets.push(sign(",", "Comma"), ...target);
          values.push(sign(",", "Comma"), ...value);
        }
        const list = [sign("[", "OpenSquareBracket"), ...values, sign("]", "CloseSquareBracket")];
        // A tuple of one name needs a second one.
        if (parts.length === 0) targets.push(sign(",", "Comma"), word(DONE));
        statement(word("for"), ...targets, word("in"), ...list);
        break;
      }
      case "endwith":
        statement(word("endfor"));
        break;
      case "block":
        statement(word("if"), word("true"));
        break;
      case "endblock":
        statement(word("endif"));
        break;
      case "for":
        statement(name, ...(inside.at(-1)?.value === "recursive" ? inside.slice(0, -1) : inside));
        break;
      case "filter": {
        const chain = splitAt(inside, "Pipe").reverse();
        openFilters.push(chain.length);
        for (const filter of chain) statement(name, ...filter);
        break;
      }
      case "endfilter":
        for (let n = openFilters.pop() ?? 1; n > 0; n--) statement(name);
        break;
      default:
        statement(name, ...inside);
    }
    i = end;
  }
  return out;
}

/** `x is in [1]` becomes `x | __test__in([1])`: a test and a filter bind alike. */
function rewriteTests(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  let i = 0;
  while (i < tokens.length) {
    const token = tokens[i]!;
    const isTest = token.type === "Identifier" && token.value === "is" && out.at(-1)?.type !== "Dot";
    const isNegated = isTest && tokens[i + 1]?.value === "not" && tokens[i + 1]?.type === "Identifier";
    const name = tokens[i + (isNegated ? 2 : 1)];
    if (!isTest || name?.type !== "Identifier" || !testsWithArgument.has(name.value)) {
      out.push(token);
      i++;
      continue;
    }
    const start = i + (isNegated ? 3 : 2);
    const end = endOfPrimary(tokens, start);
    const argument = rewriteTests(tokens.slice(start, end));
    const hasBrackets = argument[0]?.type === "OpenParen" && end === matching(tokens, start) + 1;
    out.push(
      make(token, "|", "Pipe"),
      make(token, (isNegated ? NOT_TEST : TEST) + name.value, "Identifier"),
      ...(hasBrackets
        ? argument
        : [make(token, "(", "OpenParen"), ...argument, make(token, ")", "CloseParen")]),
    );
    i = end;
  }
  return out;
}

const calls: ReadonlySet<TokenType> = new Set([
  "Identifier",
  "CloseParen",
  "CloseSquareBracket",
  "StringLiteral",
]);

/** `(1,)` and `()` become calls: the parser knows tuples of two and more. */
function rewriteTuples(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token, i) => {
    const before = tokens[i - 1];
    const isCall = before !== undefined && calls.has(before.type) && !keywords.has(before.value);
    if (token.type !== "OpenParen" || isCall) return [token];
    const end = matching(tokens, i);
    const parts = splitAt(tokens.slice(i + 1, end), "Comma");
    const isOne = parts.length === 2 && parts[1]!.length === 0;
    const isEmpty = end === i + 1;
    return isOne || isEmpty ? [make(token, TUPLE, "Identifier"), token] : [token];
  });
}

const keywords: ReadonlySet<string> = new Set("in not and or if else is set".split(" "));

/** The end of what a test takes without brackets: a value with what is called or looked up in it. */
function endOfPrimary(tokens: readonly Token[], start: number): number {
  const first = tokens[start];
  if (!first) throw new SyntaxError("The test has no argument");
  let end = opening.has(first.type) ? matching(tokens, start) + 1 : start + 1;
  if (first.type === "UnaryOperator") end = endOfPrimary(tokens, start + 1);
  for (;;) {
    const type = tokens[end]?.type;
    if (type === "Dot") end += 2;
    else if (type === "OpenSquareBracket" || type === "OpenParen") end = matching(tokens, end) + 1;
    else return end;
  }
}

function matching(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let i = start; i < tokens.length; i++) {
    if (opening.has(tokens[i]!.type)) depth++;
    if (closing.has(tokens[i]!.type) && --depth === 0) return i;
  }
  throw new SyntaxError("A bracket is not closed");
}
