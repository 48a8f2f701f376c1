import fc from "fast-check";
import { expect, it } from "vitest";
import { searchApproximately } from "./approximate-search";

/** Sellers' distance, row by row, from every start. */
function fewestErrors(text: string, pattern: string, isAnchored: boolean): number {
  let before = Array.from({ length: pattern.length + 1 }, (_, row) => row);
  let best = pattern.length;
  for (const [column, letter] of [...text].entries()) {
    const now = [isAnchored ? column + 1 : 0];
    for (let row = 1; row <= pattern.length; row++)
      now[row] = Math.min(
        before[row - 1]! + (letter === pattern[row - 1] ? 0 : 1),
        before[row]! + 1,
        now[row - 1]! + 1,
      );
    before = now;
    best = Math.min(best, now[pattern.length]!);
  }
  return isAnchored ? before[pattern.length]! : best;
}

// 32 letters are a block of bits; 33 and 64 stand beside its edges.
const lengths = fc.oneof(fc.integer({ min: 1, max: 90 }), fc.constantFrom(31, 32, 33, 64, 65));
const letters = (length: number) =>
  fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: length, maxLength: length });

it("finds the fewest errors that Sellers' distance finds, and a stretch that has them", () => {
  fc.assert(
    fc.property(lengths.chain(letters), fc.integer({ min: 0, max: 200 }).chain(letters), (pattern, text) => {
      const { start, end, errors } = searchApproximately(text, pattern);
      expect(errors).toBe(fewestErrors(text, pattern, false));
      expect(fewestErrors(text.slice(start, end), pattern, true)).toBe(errors);
    }),
    { numRuns: 200, seed: 5 },
  );
});
