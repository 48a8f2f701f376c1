import { formatCount } from "../../ground/figures";
import { Losses } from "../losses";
import { attributeOf, type Attributes, type XmlHandler } from "../office/xml";
import { tooLong } from "../spreadsheet/sheet-text";
import { noObjects, OpenFrames } from "./frames";
import type { OpenStyles } from "./styles";

export interface OpenSheet {
  readonly title: string;
  readonly isHidden: boolean;
  readonly rows: string[][];
  /** Texts of charts and boxes, which lie over the cells. */
  readonly below: string[];
}

/** Elements that lie over the cells, or in one of them. */
const shapes = new Set([
  ...["frame", "custom-shape", "rect", "ellipse", "circle", "line", "polygon", "polyline", "path"],
  ...["connector", "measure", "regular-polygon", "caption", "g"],
]);
/** Cells of all sheets; a file of a few bytes can say that a cell stands there a billion times. */
const MOST_CELLS = 5e6;
const MOST_COLUMNS = 16_384;
/** Equal rows that are written out. A style for a whole sheet can fill a million rows with one word. */
const MOST_EQUAL_ROWS = 1000;

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

  readonly #frames: OpenFrames;
  #frameDepth = 0;
  #words: "title" | "desc" | undefined;
  /** The text of a box that lies over the cells. */
  #box = "";

  /** @param losses  where charts and pictures of the sheets are counted */
  constructor(styles: OpenStyles, name: string, objects = noObjects, losses = new Losses()) {
    this.#styles = styles;
    this.#name = name;
    this.#frames = new OpenFrames(objects, losses);
  }

  open(name: string, attributes: Attributes): void {
    const of = (key: string) => attributeOf(attributes, key) ?? "";
    const repeats = (key: string) => Math.max(1, Math.min(1_048_576, Number(of(key)) || 1));
    if (name === "annotation" || this.#commentDepth > 0) this.#commentDepth++;
    const drawn = this.#frames.open(name, attributes);
    if (drawn) this.sheets.at(-1)?.below.push(drawn.text);
    if (shapes.has(name)) this.#frameDepth++;
    if ((name === "title" || name === "desc") && this.#frameDepth > 0) this.#words = name;
    switch (name) {
      case "table":
        if (++this.#tableDepth === 1)
          this.sheets.push({
            title: of("name").slice(0, 200),
            isHidden: this.#styles.hiddenTables.has(of("style-name")),
            rows: [],
            below: [],
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
        else if (this.#frameDepth > 0) this.#box += "\n";
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
    if (this.#words) return this.#frames.describe(this.#words, text);
    if (this.#isInParagraph === 0) return;
    if (this.#commentDepth > 0) this.#comment += text;
    else if (this.#frameDepth > 0) this.#box += text;
    else if (this.#cell !== undefined) this.#cell += text;
  }

  close(name: string): void {
    if (this.#commentDepth > 0) this.#commentDepth--;
    if (name === this.#words) this.#words = undefined;
    if (shapes.has(name) && this.#frameDepth > 0) this.#endShape(name);
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

  #endShape(name: string): void {
    this.#frameDepth--;
    const picture = name === "frame" ? this.#frames.close() : undefined;
    const box = this.#box.trim();
    if (this.#frameDepth === 0) this.#box = "";
    for (const text of [this.#frameDepth === 0 ? box : "", picture ?? ""])
      if (text !== "") this.sheets.at(-1)?.below.push(text);
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
    const rows = this.sheets.at(-1)?.rows ?? [];
    const isLong = this.#rowRepeats > MOST_EQUAL_ROWS;
    this.#count(row.length * (isLong ? 1 : this.#rowRepeats));
    for (let n = isLong ? 1 : this.#rowRepeats; n > 0; n--) rows.push(row);
    if (isLong) rows.push([`[The row above stands there ${formatCount(this.#rowRepeats)} times.]`]);
  }

  #count(cells: number): void {
    this.#nCells += cells;
    if (this.#nCells > MOST_CELLS) throw tooLong(this.#name, `${formatCount(MOST_CELLS)} cells`);
  }
}
