import type { Block } from "./paragraph";

interface Cells {
  kind: "table";
  readonly rows: string[][];
  isRemoved: boolean;
}

interface Holder {
  kind: "body" | "cell" | "box";
  readonly blocks: Block[];
}

/**
 * Tables in tables, and boxes in boxes, beyond this are read as their paragraphs: each level copies its text.
 */
const DEEPEST = 12;

/** The cells and boxes around a place in a document. A table gives a line for each row, its cells apart. */
export class Tables {
  #holders: (Holder | Cells)[] = [{ kind: "body", blocks: [] }];
  #tooDeep = 0;

  /** The number of cells and boxes around. */
  get depth(): number {
    return this.#holders.length - 1 + this.#tooDeep;
  }

  take(): Block[] {
    while (this.#holders.length > 1) this.#holders.pop();
    this.#tooDeep = 0;
    return (this.#holders[0] as Holder).blocks.splice(0);
  }

  add(blocks: readonly Block[]): void {
    const holder = this.#holders.findLast((one) => one.kind !== "table") as Holder;
    for (const block of blocks) holder.blocks.push(block);
  }

  beginTable(): void {
    if (this.#isTooDeep()) this.#tooDeep++;
    else this.#holders.push({ kind: "table", rows: [], isRemoved: false });
  }

  beginRow(): void {
    const table = this.#table;
    if (!table) return;
    table.rows.push([]);
    table.isRemoved = false;
  }

  /** Leaves out the row, as a tracked change says. */
  removeRow(): void {
    const table = this.#table;
    if (table) table.isRemoved = true;
  }

  beginCell(): void {
    if (this.#table) this.#holders.push({ kind: "cell", blocks: [] });
  }

  endCell(): void {
    const cell = this.#holders.at(-1);
    if (this.#tooDeep > 0 || cell?.kind !== "cell") return;
    this.#holders.pop();
    const words = cell.blocks.map((block) => block.text.replace(/\s+/g, " ").trim()).join(" ");
    this.#table?.rows.at(-1)?.push(words);
  }

  endRow(): void {
    const table = this.#table;
    if (table?.isRemoved) table.rows.pop();
    if (table) table.isRemoved = false;
  }

  endTable(): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    const table = this.#table;
    if (!table) return;
    this.#holders.pop();
    const rows = table.rows.filter((row) => row.some((cell) => cell !== ""));
    const isInner = this.#holders.some((one) => one.kind === "cell");
    if (isInner) this.add([{ text: rows.map((row) => row.join(" / ")).join("; "), gap: 1 }]);
    else this.add(rows.map((row, at) => ({ text: row.join(" | "), gap: at === 0 ? 2 : 1 })));
  }

  beginBox(): void {
    if (this.#isTooDeep()) this.#tooDeep++;
    else this.#holders.push({ kind: "box", blocks: [] });
  }

  endBox(): Block[] {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return [];
    }
    const box = this.#holders.at(-1);
    if (box?.kind !== "box") return [];
    this.#holders.pop();
    return box.blocks;
  }

  get #table(): Cells | undefined {
    const last = this.#holders.at(-1);
    return this.#tooDeep === 0 && last?.kind === "table" ? last : undefined;
  }

  #isTooDeep(): boolean {
    return this.#tooDeep > 0 || this.#holders.length > 2 * DEEPEST;
  }
}
