import { raised, type Place } from "../equations/raised";

/**
 * Writes paragraphs, headings, lists and tables as plain text, the way Markdown would: for HTML and DOCX
 * alike.
 */
export class BlockText {
  #out: string[] = [];
  #length = 0;
  /** Line ends that have to come before the next text. */
  #breaks = 0;
  #hasSpace = false;
  #isEmpty = true;
  /** Inside a cell of a table blocks are words in a row. */
  #cellDepth = 0;
  #isFirstCell = false;
  #isCellEmpty = true;
  /** Raised or lowered text at the end, which may go on: as it came, and where it stands. */
  #placed: {
    readonly place: Place;
    readonly text: string;
    readonly from: number;
    readonly to: number;
  } | null = null;

  /** Runs of whitespace are one space, as on a page. Neighbours that are raised alike are one text. */
  text(text: string, place?: Place): void {
    if (/^\s/.test(text)) this.#hasSpace = true;
    const words = text.trim().replace(/\s+/g, " ");
    if (words === "") return;
    if (place) this.#writePlaced(words, place);
    else this.#write(words);
    this.#hasSpace = /\s$/.test(text);
  }

  #writePlaced(words: string, place: "sub" | "sup"): void {
    const last = this.#placed;
    const goesOn = last?.place === place && last.to === this.#out.length && this.#breaks === 0;
    const from = goesOn ? last.from : this.stretch();
    const whole = goesOn ? last.text + (this.#hasSpace ? " " : "") + words : words;
    this.#write(words);
    this.rewrite(from, () => raised(place, whole));
    this.#placed = { place, text: whole, from, to: this.#out.length };
  }

  /** Adds text as it is: code. */
  verbatim(text: string): void {
    if (text !== "") this.#write(text);
  }

  /** Ends the line; 2 leave an empty one. */
  break(lines: 1 | 2): void {
    if (this.#cellDepth > 0) this.#hasSpace = !this.#isCellEmpty;
    else this.#breaks = Math.max(this.#breaks, lines);
  }

  /** A mark before what comes next: "# ", "- ". */
  mark(mark: string): void {
    this.#write(mark);
    this.#hasSpace = false;
  }

  beginRow(): void {
    this.break(1);
    this.#isFirstCell = true;
  }

  beginCell(): void {
    const isNested = this.#cellDepth > 0;
    if (!this.#isFirstCell && !isNested) this.#write(" | ");
    this.#isFirstCell = false;
    this.#cellDepth++;
    // The cells of a table in a cell are words beside each other.
    this.#hasSpace = isNested && !this.#isCellEmpty;
    if (!isNested) this.#isCellEmpty = true;
  }

  endCell(): void {
    this.#cellDepth = Math.max(0, this.#cellDepth - 1);
    this.#hasSpace = this.#cellDepth > 0 && !this.#isCellEmpty;
  }

  /** The letters that are written so far; breaks that are due are none of them. */
  get length(): number {
    return this.#length;
  }

  /** Marks where a stretch begins that may be written anew. */
  stretch(): number {
    return this.#out.length;
  }

  /** Writes what came since {@link stretch} anew, but for the spaces and line ends before it. */
  rewrite(from: number, edit: (text: string) => string): void {
    const text = this.#out.slice(from).join("");
    const words = text.trimStart();
    if (words === "") return;
    const written = text.slice(0, text.length - words.length) + edit(words);
    this.#out.length = from;
    this.#out.push(written);
    this.#length += written.length - text.length;
  }

  finish(): string {
    return this.#out.join("").trimEnd();
  }

  #write(text: string): void {
    if (!this.#isEmpty && this.#breaks > 0) this.#push("\n".repeat(this.#breaks));
    else if (this.#hasSpace && !this.#isEmpty) this.#push(" ");
    this.#push(text);
    this.#breaks = 0;
    this.#hasSpace = false;
    this.#isEmpty = false;
    this.#isCellEmpty = false;
  }

  #push(text: string): void {
    this.#out.push(text);
    this.#length += text.length;
  }
}
