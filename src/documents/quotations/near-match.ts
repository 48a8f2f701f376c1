import type { Passage } from "../../ground/document";
import { searchApproximately } from "./approximate-search";

/** Letters changed, left out or put in, for each letter of the quotation. */
const MOST_ERRORS = 0.2;
const N_CANDIDATES = 6;
/** Places whose seeds are this far apart, shifted against the quotation, count as one. */
const BUCKET_BITS = 5;
const BUCKET = 1 << BUCKET_BITS;
/** A quotation longer than this is looked up by its beginning and shown from there. */
const LONGEST_ALIGNED = 3000;
/** A run of letters that a quotation has more often than this says nothing of the place. */
const MOST_SEEDS_ALIKE = 4;

/**
 * Finds the place in `text` that is most like `wanted`: short runs of letters that both have vote for a
 * place, and the places with most votes are compared letter by letter. `null` when more than a fifth of the
 * letters differ everywhere.
 */
export function findNear(text: string, wanted: string, after = 0): Passage | null {
  const quotation = wanted.slice(0, LONGEST_ALIGNED);
  const limit = Math.floor(quotation.length * MOST_ERRORS);
  let best: (Passage & { readonly errors: number }) | null = null;
  for (const place of candidates(text, quotation, after)) {
    const start = Math.max(after, place - limit - BUCKET);
    const end = Math.min(text.length, place + quotation.length + limit + BUCKET);
    if (end <= start) continue;
    const match = searchApproximately(text.slice(start, end), quotation);
    if (match.errors <= limit && (!best || match.errors < best.errors))
      best = { start: start + match.start, end: start + match.end, errors: match.errors };
  }
  if (!best) return null;
  return { start: best.start, end: Math.min(text.length, best.end + wanted.length - quotation.length) };
}

/** Places where `wanted` may begin, by votes. */
function candidates(text: string, wanted: string, after: number): number[] {
  const n = wanted.length < 24 || /[\u3040-\u30ff\u3400-\u9fff]/.test(wanted) ? 3 : 5;
  const seeds = new Seeds(wanted, n);
  // Places before the text's start are there too, by the quotation's length.
  const votes = new Int32Array(((text.length - after + wanted.length) >> BUCKET_BITS) + 3);
  hashesOf(text, n, after, (hash, at) => {
    for (let seed = seeds.first(hash); seed >= 0; seed = seeds.next(seed))
      votes[(at - after - seed + wanted.length) >> BUCKET_BITS]!++;
  });
  const most: { bucket: number; count: number }[] = [];
  for (let bucket = 0; bucket + 1 < votes.length; bucket++) {
    const count = votes[bucket]! + votes[bucket + 1]!;
    if (count === 0 || (most.length === N_CANDIDATES && count <= most.at(-1)!.count)) continue;
    most.push({ bucket, count });
    most.sort((a, b) => b.count - a.count);
    if (most.length > N_CANDIDATES) most.pop();
  }
  return most.map(({ bucket }) => Math.max(after, (bucket << BUCKET_BITS) - wanted.length + after));
}

/** Runs of `n` letters of a quotation, by a hash of 16 bits; a few that collide do no harm to a vote. */
class Seeds {
  readonly #first = new Int32Array(2 ** 16).fill(-1);
  readonly #next: Int32Array;

  constructor(wanted: string, n: number) {
    this.#next = new Int32Array(wanted.length).fill(-1);
    const counts = new Map<number, number>();
    hashesOf(wanted, n, 0, (hash) => counts.set(hash, (counts.get(hash) ?? 0) + 1));
    hashesOf(wanted, n, 0, (hash, at) => {
      if (counts.get(hash)! > MOST_SEEDS_ALIKE) return;
      this.#next[at] = this.#first[hash]!;
      this.#first[hash] = at;
    });
  }

  first(hash: number): number {
    return this.#first[hash]!;
  }

  next(seed: number): number {
    return this.#next[seed]!;
  }
}

/** Calls `visit` with a hash of each run of `n` letters from `start` on. */
function hashesOf(text: string, n: number, start: number, visit: (hash: number, at: number) => void): void {
  let power = 1;
  for (let i = 1; i < n; i++) power = Math.imul(power, FACTOR);
  let hash = 0;
  for (let at = start; at < text.length; at++) {
    if (at - start >= n) hash = (hash - Math.imul(text.charCodeAt(at - n), power)) | 0;
    hash = (Math.imul(hash, FACTOR) + text.charCodeAt(at)) | 0;
    if (at - start >= n - 1) visit((Math.imul(hash, 0x9e3779b1) >>> 16) & 0xffff, at - n + 1);
  }
}

const FACTOR = 0x01000193;
