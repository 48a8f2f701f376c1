import { Template } from "@huggingface/jinja";

/** Turns of loops and calls of macros of one rendering. Qwen's template takes a few for each message. */
const MOST_TURNS = 1_000_000;
/** Items of one range. */
const LONGEST_RANGE = 10_000;
/** The limit for one rendering, looked at when a turn begins: a turn can be long. */
const LONGEST_MS = 5000;

const TURN = "__turn";
const RANGE = "__range";

/** A template that went on for too long, or wanted too much. */
export class TemplateLimitError extends Error {}

/**
 * A Jinja template that ends: it comes with a file, and two loops around nothing can keep a thread for an
 * hour. The parsed template is made to call a function at each turn of a loop and each call of a macro, and
 * begins with a range of our own. What a template makes of lists and strings by adding them is not bounded.
 */
export class BoundedTemplate {
  readonly #template: Template;

  /** @throws Error  when it can not be read */
  constructor(source: string) {
    this.#template = new Template(source);
    const [turn] = new Template(`{{ ${TURN}() }}`).parsed.body;
    const [ownRange] = new Template(`{% set range = ${RANGE} %}`).parsed.body;
    countTurns(this.#template.parsed, turn);
    this.#template.parsed.body.unshift(ownRange!);
  }

  /** @throws Error  what the template raises, TemplateLimitError where it does not end */
  render(items: Readonly<Record<string, unknown>>): string {
    let turns = 0;
    const endsAt = performance.now() + LONGEST_MS;
    const take = () => {
      if (++turns > MOST_TURNS || performance.now() > endsAt)
        throw new TemplateLimitError(
          `its loops did not end in ${MOST_TURNS} turns and ${LONGEST_MS / 1000} seconds`,
        );
    };
    return this.#template.render({
      ...items,
      [TURN]: take,
      [RANGE]: (first: number, last?: number, step = 1) => {
        const [start, stop] = last === undefined ? [0, first] : [first, last];
        take();
        if (step === 0) throw new Error("range() step must not be zero");
        // undefined counts for nothing, as in the library
        const length = Math.max(0, Math.ceil((stop - start) / step)) || 0;
        if (length > LONGEST_RANGE)
          throw new TemplateLimitError(`range() gives ${LONGEST_RANGE} items at most, not ${length}`);
        return Array.from({ length }, (_, i) => start + i * step);
      },
    });
  }
}

/** The fields of jinja's syntax tree that are looked at. */
interface Node {
  readonly type?: unknown;
  readonly body?: unknown;
}

function countTurns(node: unknown, turn: unknown): void {
  if (Array.isArray(node)) {
    for (const item of node) countTurns(item, turn);
  } else if (node instanceof Map) {
    for (const entry of node) countTurns(entry, turn);
  } else if (typeof node === "object" && node !== null) {
    for (const child of Object.values(node)) countTurns(child, turn);
    const { type, body } = node as Node;
    const isRun = type === "For" || type === "Macro" || type === "CallStatement";
    if (isRun && Array.isArray(body)) body.unshift(turn);
  }
}
