/** Letters of a piece: a message of more keeps the page's thread for longer than a frame or two. */
export const PIECE_LENGTH = 2 ** 20;

/** A text that came in pieces, each but the last of PIECE_LENGTH. It is never joined: 30 MB take a while. */
export class PiecedText {
  readonly #pieces: readonly string[];
  readonly length: number;

  constructor(pieces: readonly string[]) {
    this.#pieces = pieces;
    this.length = pieces.reduce((sum, { length }) => sum + length, 0);
  }

  slice(start: number, end: number): string {
    let text = "";
    for (let at = Math.floor(start / PIECE_LENGTH); at < this.#pieces.length; at++) {
      const before = at * PIECE_LENGTH;
      if (before >= end) break;
      text += this.#pieces[at]!.slice(Math.max(0, start - before), end - before);
    }
    return text;
  }
}

/** The pieces of a text, by their numbers. */
export function* piecesOf(text: string): Generator<readonly [at: number, piece: string]> {
  for (let at = 0; at * PIECE_LENGTH < text.length; at++)
    yield [at, text.slice(at * PIECE_LENGTH, (at + 1) * PIECE_LENGTH)];
}
