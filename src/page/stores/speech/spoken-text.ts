/**
 * Makes an answer in Markdown a text to be heard: without code, tables' lines, addresses and signs, cut into
 * pieces of a sentence or a few. Chromium ends a voice after some fifteen seconds of one piece.
 */
export function spokenPieces(markdown: string): readonly string[] {
  const plain = markdown
    .replace(/^([ \t]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\1\2[^\n]*$|$(?![\s\S]))/gm, "\n")
    .replace(/\$\$[\s\S]*?\$\$|\\\[[\s\S]*?\\\]/g, "\n")
    .replace(/^\s*\|?[\s:|-]*-{3,}[\s:|-]*$/gm, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<?https?:\/\/[^\s>)]+>?/g, "")
    .replace(/\[\^[^\]]*\]:?/g, "")
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/gm, "")
    .replace(/<\/?[a-z][^>\n]*>/gi, " ")
    .replace(/\*\*|__|~~|`|(?<![\p{L}\p{N}])[*_](?=\S)|(?<=\S)[*_](?![\p{L}\p{N}])/gu, "")
    .replace(/[ \t]*\|[ \t]*/g, ", ");
  return plain
    .split(/\n+/)
    .map((line) => line.replace(/^[,\s]+|[,\s]+$/g, ""))
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .flatMap(cut);
}

const longest = 220;

/** Cuts a line after sentences, or after words where one is very long. */
function cut(line: string): readonly string[] {
  const pieces: string[] = [];
  for (const sentence of line.match(/[^.!?。！？]+(?:[.!?。！？]+["'”’)]*\s*|$)|[.!?。！？]+/gu) ?? [line]) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + sentence.length <= longest)
      pieces[pieces.length - 1] = last + sentence;
    else
      pieces.push(
        ...(sentence.match(new RegExp(`[\\s\\S]{1,${longest}}(?:\\s|$)|[\\s\\S]{1,${longest}}`, "gu")) ?? []),
      );
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== "");
}

/** Languages that a script tells by itself. */
const scripts: readonly (readonly [tag: string, script: RegExp])[] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ["ko", /\p{Script=Hangul}/gu],
  ["zh", /\p{Script=Han}/gu],
  ["ru", /\p{Script=Cyrillic}/gu],
  ["ar", /\p{Script=Arabic}/gu],
  ["he", /\p{Script=Hebrew}/gu],
  ["el", /\p{Script=Greek}/gu],
  ["hi", /\p{Script=Devanagari}/gu],
  ["th", /\p{Script=Thai}/gu],
];

/** The languages with Latin letters, by words that are in nearly every text of theirs. */
const words: readonly (readonly [tag: string, words: RegExp])[] = [
  ["en", /\b(the|and|of|is|to|in)\b/gi],
  ["de", /\b(der|die|das|und|ist|nicht)\b/gi],
  ["fr", /\b(le|la|les|et|est|une?)\b/gi],
  ["es", /\b(el|los|las|y|es|una?)\b/gi],
  ["it", /\b(il|gli|di|e|è|una?)\b/gi],
  ["pt", /\b(o|os|de|e|é|uma?)\b/gi],
];

/**
 * The language of a text, by its letters or its commonest words.
 *
 * @param usual  where neither tells, such as the page's
 */
export function languageOfText(text: string, usual: string): string {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const letters = count(/\p{L}/gu);
  // Kana stand between many Chinese characters; so Japanese is asked for first.
  const byScript = scripts.find(([, script]) => count(script) > 0.15 * letters);
  if (byScript) return byScript[0];
  const best = words
    .map(([tag, pattern]) => [tag, count(pattern)] as const)
    .toSorted((a, b) => b[1] - a[1])[0]!;
  return best[1] >= 2 ? best[0] : usual;
}
