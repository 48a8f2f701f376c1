/**
 * Words of a text: letters and digits, each Chinese or Japanese character by itself; hyphens at line
 * ends are undone.
 */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .replace(/\u00ad/g, "-")
      .replace(/(\p{L})[-\u2010]\s*\n\s*(?=\p{Ll})/gu, "$1")
      .toLowerCase()
      .match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}\p{M}]+/gu) ?? []
  );
}

export interface WordScore {
  readonly recall: number;
  readonly precision: number;
  readonly f1: number;
}

/**
 * Counts the words of `reference` that `text` has, each as often as it stands there, and the other way
 * round.
 */
export function scoreWords(text: string, reference: string): WordScore {
  const wanted = wordsOf(reference);
  const has = wordsOf(text);
  const left = new Map<string, number>();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let both = 0;
  for (const word of has) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    both++;
    left.set(word, count - 1);
  }
  const recall = wanted.length === 0 ? 1 : both / wanted.length;
  const precision = has.length === 0 ? (wanted.length === 0 ? 1 : 0) : both / has.length;
  return {
    recall,
    precision,
    f1: both === 0 ? +(recall === 1) : (2 * recall * precision) / (recall + precision),
  };
}

/** The words that `text` has more often than `other`, in their order. */
export function differingWords(text: string, other: string): string[] {
  const left = new Map<string, number>();
  for (const word of wordsOf(other)) left.set(word, (left.get(word) ?? 0) + 1);
  return wordsOf(text).filter((word) => {
    const count = left.get(word) ?? 0;
    left.set(word, count - 1);
    return count <= 0;
  });
}

export interface OrderScore {
  readonly lines: number;
  /** Lines with words of two places beside each other: of two columns. */
  readonly wronglyJoined: number;
  readonly ends: number;
  /** Ends of lines after which another line comes than in any reference. */
  readonly wronglyFollowed: number;
  readonly examples: readonly string[];
}

/**
 * Lines in which words meet that meet in no reference though both sides stand there: "a b | c d" is
 * wrong if some reference has
 * "a b" and some has "c d", and none has "b c". Tables are no lines of words: cells of fewer than
 * three words are not judged.
 */
export function scoreOrder(text: string, references: readonly string[]): OrderScore {
  const pairs = new Set<string>();
  // A hyphen at the end of a line may be the word's own.
  for (const reference of [...references, ...references.map((one) => one.replace(/[-\u2010]\s*\n/g, " "))]) {
    const words = wordsOf(reference);
    for (let at = 1; at < words.length; at++) pairs.add(`${words[at - 1]} ${words[at]}`);
  }
  const has = (a: string, b: string) => pairs.has(`${a} ${b}`);
  // Formulas have no order that programs agree on.
  const isWord = (word: string) => /^\p{L}{2,}$/u.test(word);
  const isWrong = (before: readonly string[], after: readonly string[]) =>
    isWord(before.at(-1)!) &&
    isWord(after[0]!) &&
    has(before.at(-2)!, before.at(-1)!) &&
    has(after[0]!, after[1]!) &&
    !has(before.at(-1)!, after[0]!);
  let lines = 0;
  let wronglyJoined = 0;
  let ends = 0;
  let wronglyFollowed = 0;
  const examples: string[] = [];
  let last: readonly string[] = [];
  const hyphenless = text.replace(/(\p{L})[-\u2010\u00ad]\n(?=\p{Ll})/gu, "$1");
  for (const line of hyphenless.split("\n")) {
    if (/^\[Page \d+\]$/.test(line)) {
      last = [];
      continue;
    }
    const words = wordsOf(line);
    if (words.length < 3) {
      last = [];
      continue;
    }
    lines++;
    const cells = line.split(" | ").map(wordsOf);
    let isJoined = false;
    for (const [at, cell] of cells.entries()) {
      const next = cells[at + 1];
      // A table's cells seldom have this many words.
      if (next && cell.length >= 4 && next.length >= 4 && isWrong(cell, next)) isJoined = true;
      for (let i = 2; i <= cell.length - 2 && !isJoined; i++)
        isJoined = isWrong(cell.slice(i - 2, i), cell.slice(i, i + 2));
    }
    if (isJoined) {
      wronglyJoined++;
      if (examples.length < 20) examples.push(line);
    }
    if (last.length >= 3) {
      ends++;
      if (isWrong(last, words)) wronglyFollowed++;
    }
    last = words;
  }
  return { lines, wronglyJoined, ends, wronglyFollowed, examples };
}
