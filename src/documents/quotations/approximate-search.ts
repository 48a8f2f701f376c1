import type { Passage } from "../../ground/document";

/**
 * Finds the stretch of `text` that takes the fewest changes of a letter to become `pattern`. Bit by bit, 32
 * rows of the table of distances at once (Myers 1999, in blocks as Hyyrö 2003 has them); the start comes from
 * a second pass, backwards.
 */
export function searchApproximately(text: string, pattern: string): Passage & { readonly errors: number } {
  const found = new BitColumns(pattern, "anywhere").best(text.length, (at) => text.charCodeAt(at));
  const end = found.length;
  // No more letters than the pattern has and errors allow can be part of it.
  const longest = Math.min(end, pattern.length + found.errors);
  const backwards = new BitColumns(pattern.split("").reverse().join(""), "here");
  const { length } = backwards.best(longest, (at) => text.charCodeAt(end - 1 - at));
  return { start: end - length, end, errors: found.errors };
}

class BitColumns {
  readonly #nBlocks: number;
  readonly #length: number;
  /** For each letter of the pattern its rows, a bit each. */
  readonly #rowsOf = new Map<number, Int32Array>();
  readonly #none: Int32Array;
  readonly #startsAnywhere: boolean;

  constructor(pattern: string, start: "anywhere" | "here") {
    this.#length = pattern.length;
    this.#nBlocks = Math.ceil(pattern.length / 32);
    this.#none = new Int32Array(this.#nBlocks);
    this.#startsAnywhere = start === "anywhere";
    for (let row = 0; row < pattern.length; row++) {
      const letter = pattern.charCodeAt(row);
      let rows = this.#rowsOf.get(letter);
      if (!rows) this.#rowsOf.set(letter, (rows = new Int32Array(this.#nBlocks)));
      rows[row >> 5]! |= 1 << (row & 31);
    }
  }

  /** The first `length` letters at whose end the distance is least. */
  best(nLetters: number, letterAt: (at: number) => number): { length: number; errors: number } {
    const nBlocks = this.#nBlocks;
    // Differences to the row above: rows that are one more, and rows that are one less.
    const more = new Int32Array(nBlocks).fill(-1);
    const less = new Int32Array(nBlocks);
    const lastRow = 1 << ((this.#length - 1) & 31);
    let errors = this.#length;
    let best = { length: 0, errors };
    for (let at = 0; at < nLetters; at++) {
      const rows = this.#rowsOf.get(letterAt(at)) ?? this.#none;
      let carry = this.#startsAnywhere ? 0 : 1;
      for (let block = 0; block < nBlocks; block++) {
        const top = block === nBlocks - 1 ? lastRow : 1 << 31;
        const [up, down] = [more[block]!, less[block]!];
        let same = rows[block]!;
        const sameOrDown = same | down;
        if (carry < 0) same |= 1;
        const diagonal = ((((same & up) + up) | 0) ^ up) | same;
        let right = down | ~(diagonal | up);
        let left = up & diagonal;
        const next = (right & top) !== 0 ? 1 : (left & top) !== 0 ? -1 : 0;
        right <<= 1;
        left <<= 1;
        if (carry < 0) left |= 1;
        else if (carry > 0) right |= 1;
        more[block] = left | ~(sameOrDown | right);
        less[block] = right & sameOrDown;
        carry = next;
      }
      errors += carry;
      if (errors < best.errors) best = { length: at + 1, errors };
    }
    return best;
  }
}
