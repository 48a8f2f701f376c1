import { DocumentError } from "../../ground/errors";
import { counted } from "../../ground/figures";
import { t } from "../../language/language";

/** Several times what the longest context holds. */
const MOST_CHARACTERS = 32e6;

/** Writes the rows of sheets as lines, their cells apart. What is empty at the edges is left out. */
export class SheetText {
  readonly #name: string;
  #length = 0;

  /** @param name  of the file, for what is said of it */
  constructor(name: string) {
    this.#name = name;
  }

  /**
   * The text of a sheet under its heading, or nothing where it is empty; rows and cells may be missing.
   * What lies over its cells, such as charts, stands below them.
   *
   * @throws DocumentError  when all sheets together are longer than can be read
   */
  sheet(title: string, rows: Iterable<readonly string[]>, below: readonly string[] = []): string {
    const body = [this.rows(rows), ...below].filter((block) => block !== "").join("\n\n");
    return body === "" ? "" : `# ${title}\n\n${body}`;
  }

  rows(rows: Iterable<readonly string[]>): string {
    const kept: string[][] = [];
    let firstColumn = Infinity;
    for (const row of rows) {
      // Array.from also fills the holes.
      const cells = Array.from(row, (cell: string | undefined) => (cell ?? "").trim().replace(/\s+/g, " "));
      while (cells.at(-1) === "") cells.pop();
      if (cells.length === 0) continue;
      firstColumn = Math.min(
        firstColumn,
        cells.findIndex((cell) => cell !== ""),
      );
      for (const cell of cells) this.#length += cell.length + 3;
      if (this.#length > MOST_CHARACTERS)
        throw tooLong(this.#name, `${counted(MOST_CHARACTERS, "character")} in its cells`);
      kept.push(cells);
    }
    return kept.map((cells) => cells.slice(firstColumn).join(" | ")).join("\n");
  }
}

export const tooLong = (name: string, most: string): DocumentError =>
  new DocumentError(t("“{name}” has more than {most}; that many can be read at most.", { name, most }), {
    hint: t("Save the sheet or the rows that you need as a file of their own."),
  });
