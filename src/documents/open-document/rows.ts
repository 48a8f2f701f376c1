import { formatCount } from "../../ground/figures";
import { attributeOf, type Attributes, type XmlHandler } from "../office/xml";
import { tooLong } from "../spreadsheet/sheet-text";
import type { OpenStyles } from "./styles";

export interface OpenSheet {
  readonly title: string;
  readonly isHidden: boolean;
  readonly rows: string[][];
}

/** Cells of all sheets; a file of a few bytes can say that a cell stands there a billion times. */
const MOST_CELLS = 5e6;
const MOST_COLUMNS = 16_384;

/** Reads the tables of a spreadsheet, with the texts that its cells show. */
export class OpenRows implements XmlHandler {
  readonly sheets: OpenSheet[] = [];
  readonly #styles: OpenStyles;
  readonly #name: string;
  #row: string[] | undefined;
  #rowRepeats = 1;
  #cellRepeats = 1;
  #value = "";
  #cell: string | undefined;
  #comment = "";
  #commentDepth = 0;
  #isInParagraph = 0;
  #nCells = 0;
  #nEmpty = 0;
  /** Tables in cells and shapes are not sheets. */
  #tableDepth = 0;

  constructor(styles: OpenStyles, name: string) {
    this.#styles = styles;
    this.#name = name;
  }

  open(name: string, attributes: Attributes): void {
    const of = (key: string) => attributeOf(attributes, key) ?? "";
    const repeats = (key: string) => Math.max(1, Math.min(1_048_576, Number(of(key)) || 1));
    if (name === "annotation" || this.#commentDepth > 0) this.#commentDepth++;
    switch (name) {
      case "table":
        if (++this.#tableDepth === 1)
          this.sheets.push({
            title: of("name").slice(0, 200),
            isHidden: this.#styles.hiddenTables.has(of("style-name")),
            rows: [],
          });
        break;
      case "table-row":
        if (this.#tableDepth !== 1) break;
        this.#row = [];
        this.#nEmpty = 0;
        this.#rowRepeats = repeats("number-rows-repeated");
        break;
      case "table-cell":
      case "covered-table-cell":
        if (this.#tableDepth !== 1) break;
        this.#cell = "";
        this.#comment = "";
        this.#cellRepeats = repeats("number-columns-repeated");
        this.#value = of("string-value") || of("date-value") || of("time-value") || of("value");
        break;
      case "p":
        this.#isInParagraph++;
        if (this.#commentDepth > 0) this.#comment += " ";
        else if (this.#cell) this.#cell += " ";
        break;
      case "s":
      case "tab":
      case "line-break":
        this.text(" ");
        break;
    }
  }

  text(text: string): void {
    if (this.#isInParagraph === 0) return;
    if (this.#commentDepth > 0) this.#comment += text;
    else if (this.#cell !== undefined) this.#cell += text;
  }

  close(name: string): void {
    if (this.#commentDepth > 0) this.#commentDepth--;
    switch (name) {
      case "p":
        this.#isInParagraph--;
        break;
      case "table":
        this.#tableDepth--;
        break;
      case "table-cell":
      case "covered-table-cell":
        if (this.#tableDepth === 1) this.#endCell();
        break;
      case "table-row":
        if (this.#tableDepth === 1) this.#endRow();
        break;
    }
  }

  #endCell(): void {
    if (this.#cell === undefined || !this.#row) return;
    const shown = this.#cell.trim() || this.#value;
    const text = this.#comment.trim() === "" ? shown : `${shown} [Comment: ${this.#comment.trim()}]`;
    this.#cell = undefined;
    // Sheets end in thousands of empty cells; they count when something stands after them.
    if (text === "") {
      this.#nEmpty += this.#cellRepeats;
      return;
    }
    const room = MOST_COLUMNS - this.#row.length;
    for (let n = Math.min(room, this.#nEmpty); n > 0; n--) this.#row.push("");
    this.#nEmpty = 0;
    this.#count(this.#cellRepeats);
    for (let n = Math.min(room, this.#cellRepeats); n > 0; n--) this.#row.push(text);
  }

  #endRow(): void {
    const row = this.#row;
    this.#row = undefined;
    if (!row || row.length === 0) return;
    this.#count(row.length * this.#rowRepeats);
    for (let n = this.#rowRepeats; n > 0; n--) this.sheets.at(-1)?.rows.push(row);
  }

  #count(cells: number): void {
    this.#nCells += cells;
    if (this.#nCells > MOST_CELLS) throw tooLong(this.#name, `${formatCount(MOST_CELLS)} cells`);
  }
}
