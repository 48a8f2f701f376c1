import { expect, it } from "vitest";
import { PIECE_LENGTH, PiecedText, piecesOf } from "./pieced-text";

it("a text in pieces gives the slices of the whole, over the ends of pieces too", () => {
  const whole = Array.from({ length: 300_000 }, (_, n) => `line ${n} 🏖️\n`).join("");
  expect(whole.length).toBeGreaterThan(3 * PIECE_LENGTH);
  const pieces: string[] = [];
  for (const [at, piece] of piecesOf(whole)) pieces[at] = piece;
  const text = new PiecedText(pieces);
  expect(text.length).toBe(whole.length);
  for (const [start, end] of [
    [0, 5],
    [PIECE_LENGTH - 3, PIECE_LENGTH],
    [PIECE_LENGTH - 3, PIECE_LENGTH + 4],
    [PIECE_LENGTH, PIECE_LENGTH + 1],
    [PIECE_LENGTH - 1, 2 * PIECE_LENGTH + 1],
    [whole.length - 2, whole.length],
    [7, 7],
  ] as const)
    expect(text.slice(start, end)).toBe(whole.slice(start, end));
  expect(new PiecedText([]).slice(0, 4)).toBe("");
});
