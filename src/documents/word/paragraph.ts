import type { TextMark } from "../reading";
import { joinPlaced, type Place } from "../equations/raised";
import { tidy } from "../text/decode-text";
import { headingLevel } from "./styles";
import type { StoryContext } from "./story";

/** Lines of the text, apart from what comes before by one line end, or by an empty line. */
export interface Block {
  readonly text: string;
  readonly gap: 1 | 2;
  readonly kind?: TextMark["kind"];
  readonly isBullet?: boolean;
}

/** A paragraph as it is read: its pieces, and the properties that say what stands before it. */
export class Paragraph {
  /** The number of cells and boxes around it. */
  readonly depth: number;
  styleId: string | undefined;
  numId: number | undefined;
  listLevel: number | undefined;
  outline: number | undefined;
  /** Its end is removed by a tracked change. */
  isEndRemoved = false;
  /** Boxes that are anchored in it. */
  readonly after: Block[];
  readonly #pieces: { readonly text: string; readonly place: Place }[];

  constructor(depth: number, before?: Paragraph) {
    this.depth = depth;
    this.after = before?.after ?? [];
    this.#pieces = before ? before.#pieces : [];
  }

  /** The number of pieces: a place to come back to. */
  get length(): number {
    return this.#pieces.length;
  }

  write(text: string, place?: Place): void {
    if (text !== "") this.#pieces.push({ text, place });
  }

  /** Puts other text for all since `at`, and gives what it was. */
  replace(at: number, by: (text: string) => string): string {
    const text = joinPlaced(this.#pieces.splice(at));
    this.write(by(text));
    return text;
  }

  /**
   * The paragraph with its number or heading sign; undefined when it is empty. An empty one is counted, too.
   */
  block({ styles, counters }: Pick<StoryContext, "styles" | "counters">): Block | undefined {
    const style = styles.get(this.styleId);
    const numId = this.numId ?? style.numId;
    const isOwnList = this.numId !== undefined;
    const label =
      numId === undefined
        ? undefined
        : counters.next(
            numId,
            this.listLevel ?? (isOwnList ? 0 : undefined),
            isOwnList ? undefined : { id: this.styleId, listLevel: style.listLevel },
          );
    const text = tidy(joinPlaced(this.#pieces))
      .replace(/[^\S\n]+/g, " ")
      .replace(/ ?\n ?/g, "\n")
      .trim();
    if (text === "") return undefined;
    const level = this.outline === undefined ? (style.level ?? 0) : headingLevel(this.outline);
    const indent = label?.isBullet && level === 0 ? "  ".repeat(label.level) : "";
    const sign = level > 0 ? `${"#".repeat(level)} ` : "";
    return {
      text: indent + sign + (label?.text ?? "") + text,
      gap: 2,
      ...(label?.isBullet && level === 0 && { isBullet: true }),
    };
  }
}
