import { parseTemplate, renderTemplate, type ParsedTemplate } from "./jinja/interpreter";
import { TemplateLimitError } from "./jinja/template-limit";

/**
 * Blocks that one rendering may run: turns of loops, calls of macros. Qwen's template takes a few a message.
 */
const MOST_BLOCKS = 1_000_000;
/** The limit for one rendering, looked at when a block begins: a block can be long. */
const LONGEST_MS = 5000;

/**
 * A Jinja template that ends: it comes with a file, and two loops around nothing can keep a thread for an
 * hour.
 */
export class BoundedTemplate {
  readonly #parsed: ParsedTemplate;

  /** @throws Error  when it can not be read */
  constructor(source: string) {
    this.#parsed = parseTemplate(source);
  }

  /** @throws Error  what the template raises, TemplateLimitError where it does not end */
  render(items: Readonly<Record<string, unknown>>): string {
    let blocks = 0;
    const endsAt = performance.now() + LONGEST_MS;
    return renderTemplate(this.#parsed, items, () => {
      if (++blocks > MOST_BLOCKS || performance.now() > endsAt)
        throw new TemplateLimitError(
          `its loops did not end in ${MOST_BLOCKS} turns and ${LONGEST_MS / 1000} seconds`,
        );
    });
  }
}
