import { Template } from "@huggingface/jinja";

/** Turns of loops, calls of macros and items of ranges, of one rendering. Qwen's template takes a few for each message. */
const MOST_TURNS = 1_000_000;

const TURN = "__turn";
const RANGE = "__range";

/**
 * A Jinja template that ends: it comes with a file, and two loops around nothing can keep a thread for an hour. The parsed template is
 * made to call a function at each turn of a loop and each call of a macro, and to use a range of our own.
 */
export class BoundedTemplate {
  readonly #template: Template;

  /** @throws Error  when it can not be read */
  constructor(source: string) {
    this.#template = new Template(source);
    const [turn] = new Template(`{{ ${TURN}() }}`).parsed.body;
    countTurns(this.#template.parsed, turn);
  }

  /** @throws Error  what the template raises, or that it does not end */
  render(items: Readonly<Record<string, unknown>>): string {
    let turns = 0;
    const take = (count: number) => {
      turns += count;
      if (turns > MOST_TURNS) throw new Error(`it took more than ${MOST_TURNS} turns of its loops`);
    };
    return this.#template.render({
      ...items,
      [TURN]: () => void take(1),
      [RANGE]: (first: number, last?: number, step = 1) => {
        const [start, stop] = last === undefined ? [0, first] : [first, last];
        const length = Math.max(0, Math.ceil((stop - start) / step));
        if (!Number.isFinite(length)) throw new Error("range() takes whole numbers, and no step of 0");
        take(length);
        return Array.from({ length }, (_, i) => start + i * step);
      },
    });
  }
}

/** Of jinja's syntax tree, what is looked at. */
interface Node {
  readonly type?: unknown;
  readonly body?: unknown;
  readonly callee?: { readonly type: string; value: unknown };
}

function countTurns(node: unknown, turn: unknown): void {
  if (Array.isArray(node)) {
    for (const item of node) countTurns(item, turn);
  } else if (node instanceof Map) {
    for (const entry of node) countTurns(entry, turn);
  } else if (typeof node === "object" && node !== null) {
    for (const child of Object.values(node)) countTurns(child, turn);
    const { type, body, callee } = node as Node;
    const isRun = type === "For" || type === "Macro" || type === "CallStatement";
    if (isRun && Array.isArray(body)) body.unshift(turn);
    if (type === "CallExpression" && callee?.type === "Identifier" && callee.value === "range")
      callee.value = RANGE;
  }
}
