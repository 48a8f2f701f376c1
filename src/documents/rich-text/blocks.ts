import { joinPlaced, type Place } from "../equations/raised";

/** Paragraphs and tables of rich text as lines. */
export class RtfBlocks {
  /** The level of the paragraph that is read, when it is a heading. */
  level = 0;
  readonly #blocks: string[] = [];
  /** Written after the paragraph: notes and comments. */
  #after: string[] = [];
  #line: { readonly text: string; readonly place: Place }[] = [];
  #row: string[] = [];
  #cell: string[] = [];
  #isRow = false;
  #isAfterRow = false;

  text(text: string, place?: Place): void {
    this.#line.push({ text, place });
  }

  after(text: string): void {
    this.#after.push(text);
  }

  word(name: string): void {
    switch (name) {
      case "par":
      case "sect":
      case "page":
        this.paragraph();
        break;
      case "pard":
        this.level = 0;
        this.#isRow = this.#row.length > 0 || this.#cell.length > 0;
        break;
      case "nestcell":
      case "nestrow":
        this.#endNestedCell();
        break;
      case "cell":
        this.#cell.push(this.#takeLine());
        this.#row.push(this.#cell.join(" ").replace(/\s+/g, " ").trim());
        this.#cell = [];
        this.#isRow = true;
        break;
      case "row":
        this.#endRow();
        break;
      case "intbl":
        this.#isRow = true;
        break;
    }
  }

  paragraph(): void {
    const isInTable = this.#isRow;
    const text = this.#takeLine()
      .split("\n")
      .map((line) => line.replace(/[ \t\xa0]+/g, " ").trim())
      .join("\n");
    if (isInTable && text !== "") this.#cell.push(text);
    else if (text !== "")
      this.#push(this.level > 0 ? `${"#".repeat(Math.min(6, this.level))} ${text}` : text, 2);
    if (!isInTable) this.#endAfter();
  }

  finish(): string {
    this.#endRow();
    this.paragraph();
    this.#endAfter();
    return this.#blocks.join("").trim();
  }

  #takeLine(): string {
    const text = joinPlaced(this.#line);
    this.#line = [];
    return text;
  }

  #endNestedCell(): void {
    const text = this.#takeLine();
    if (text.trim() !== "") this.text(`${text} / `);
  }

  #endRow(): void {
    if (this.#cell.length > 0) this.#row.push(this.#cell.join(" "));
    if (this.#row.some((cell) => cell !== "")) this.#push(this.#row.join(" | "), this.#isAfterRow ? 1 : 2);
    this.#isAfterRow = this.#row.length > 0;
    this.#row = [];
    this.#cell = [];
    this.#isRow = false;
    this.#endAfter();
  }

  #push(text: string, gap: 1 | 2): void {
    this.#blocks.push("\n".repeat(gap), text);
    this.#isAfterRow = false;
  }

  #endAfter(): void {
    const after = this.#after;
    this.#after = [];
    for (const text of after) this.#push(text, 2);
  }
}
