import type { Passage } from "../../ground/document";

/** Letters changed, left out or put in, for each letter of the quotation. */
const MOST_ERRORS = 0.2;
const N_CANDIDATES = 6;
/** Places whose seeds are this far apart, shifted against the quotation, count as one. */
const BUCKET = 32;
/** A quotation longer than this is looked up by its beginning and shown from there. */
const LONGEST_ALIGNED = 1500;

/**
 * Finds the place in `text` that is most like `wanted`: short runs of letters that both have vote for a
 * place, and the places with most votes are compared letter by letter (Sellers 1980). `null` when more than a
 * fifth of the letters differ everywhere.
 */
export function findNear(text: string, wanted: string, after = 0): Passage | null {
  const quotation = wanted.slice(0, LONGEST_ALIGNED);
  const limit = Math.floor(quotation.length * MOST_ERRORS);
  let best: (Passage & { readonly errors: number }) | null = null;
  for (const place of candidates(text, quotation, after)) {
    const start = Math.max(after, place - limit - BUCKET);
    const end = Math.min(text.length, place + quotation.length + limit + BUCKET);
    const match = align(text.slice(start, end), quotation);
    if (match.errors <= limit && (!best || match.errors < best.errors))
      best = { start: start + match.start, end: start + match.end, errors: match.errors };
  }
  return best && { start: best.start, end: best.end + (wanted.length - quotation.length) };
}

/** Places where `wanted` may begin, by votes. */
function candidates(text: string, wanted: string, after: number): number[] {
  const n = wanted.length < 24 || /[\u3040-\u30ff\u3400-\u9fff]/.test(wanted) ? 3 : 5;
  const placesOf = new Map<number, number[]>();
  // Asked first, since most of a long text is none of the quotation's.
  const isSeed = new Uint8Array(2 ** 16);
  for (let at = 0; at + n <= wanted.length; at++) {
    const hash = hashAt(wanted, at, n);
    isSeed[hash & 0xffff] = 1;
    const places = placesOf.get(hash);
    if (places) places.push(at);
    else placesOf.set(hash, [at]);
  }
  const votes = new Map<number, number>();
  for (let at = after; at + n <= text.length; at++) {
    const hash = hashAt(text, at, n);
    if (isSeed[hash & 0xffff] === 0) continue;
    for (const place of placesOf.get(hash) ?? []) {
      const bucket = Math.floor((at - place) / BUCKET);
      votes.set(bucket, (votes.get(bucket) ?? 0) + 1);
    }
  }
  return [...votes]
    .map(([bucket, count]) => [bucket, count + (votes.get(bucket + 1) ?? 0)] as const)
    .sort((a, b) => b[1] - a[1])
    .slice(0, N_CANDIDATES)
    .map(([bucket]) => bucket * BUCKET);
}

function hashAt(text: string, at: number, n: number): number {
  let hash = 0;
  for (let i = at; i < at + n; i++) hash = (Math.imul(hash, 0x01000193) ^ text.charCodeAt(i)) | 0;
  return (hash ^ (hash >>> 15)) | 0;
}

/** The stretch of `text` that takes the fewest changes to become `wanted`. */
function align(text: string, wanted: string): Passage & { readonly errors: number } {
  // Column by column: for each prefix of `wanted`, the fewest errors of a stretch that ends here, and where
  // it began.
  const errors = Uint16Array.from({ length: wanted.length + 1 }, (_, row) => row);
  const starts = new Uint32Array(wanted.length + 1);
  let best = { start: 0, end: 0, errors: wanted.length };
  for (let column = 1; column <= text.length; column++) {
    let [diagonalErrors, diagonalStart] = [errors[0]!, starts[0]!];
    errors[0] = 0;
    starts[0] = column;
    for (let row = 1; row <= wanted.length; row++) {
      const isSame = text.charCodeAt(column - 1) === wanted.charCodeAt(row - 1);
      let [fewest, start] = [diagonalErrors + (isSame ? 0 : 1), diagonalStart];
      if (errors[row]! + 1 < fewest) [fewest, start] = [errors[row]! + 1, starts[row]!];
      if (errors[row - 1]! + 1 < fewest) [fewest, start] = [errors[row - 1]! + 1, starts[row - 1]!];
      [diagonalErrors, diagonalStart] = [errors[row]!, starts[row]!];
      errors[row] = fewest;
      starts[row] = start;
    }
    const last = errors[wanted.length]!;
    if (last < best.errors) best = { start: starts[wanted.length]!, end: column, errors: last };
  }
  return best;
}
