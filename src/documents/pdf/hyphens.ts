/** Undoes the hyphens at the ends of lines: the word's second half moves up. */

const hyphen = /((?:\p{L}+[-\u2010])*)(\p{L}+)[-\u2010\u00ad]$/u;

/** Counts the words of a document, to tell "exam-/ple" from "well-/known". */
export class Words {
  readonly #seen = new Set<string>();

  add(line: string): void {
    for (const word of line.toLowerCase().match(/[\p{L}\p{M}]+(?:[-\u2010][\p{L}\p{M}]+)*/gu) ?? [])
      this.#seen.add(word.replaceAll("\u2010", "-"));
  }

  has(word: string): boolean {
    return this.#seen.has(word.toLowerCase());
  }
}

/**
 * Two lines of which the first may end in the middle of a word, as they read without the hyphen;
 * `null` where it does not.
 * The hyphen stays where the document has the word with one elsewhere, and not the word without.
 */
export function joinAtHyphen(line: string, next: string, words: Words): readonly [string, string] | null {
  const [, compound = "", first] = hyphen.exec(line) ?? [];
  const second = /^(?:\p{Ll}|[\p{Lo}\p{M}])[\p{L}\p{M}]*[^\s\p{L}]*/u.exec(next)?.[0];
  if (first === undefined || second === undefined) return null;
  const letters = /^[\p{L}\p{M}]+/u.exec(second)?.[0] ?? "";
  // "hops-to-/live" has hyphens of its own.
  const isCompound = compound !== "" || words.has(`${first}-${letters}`);
  const keeps = isCompound && !words.has(first + letters);
  const start = line.slice(0, -1) + (keeps ? "-" : "");
  return [start + second, next.slice(second.length).trimStart()];
}
