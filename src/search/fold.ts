// Latin, Greek and Cyrillic letters with marks, and full-width forms; what else has marks is searched as it
// is.
const marked = /[\u00c0-\u024f\u0386-\u03ce\u0400-\u045f\u1e00-\u1fff\uff01-\uff5e]/g;

const folded = new Map<string, string>();

function foldLetter(letter: string): string {
  let plain = folded.get(letter);
  if (plain === undefined) {
    plain = letter.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    if (plain.length !== 1) plain = letter.toLowerCase().length === 1 ? letter.toLowerCase() : letter;
    folded.set(letter, plain);
  }
  return plain;
}

/**
 * The text without capitals and marks, as long as it was: "Äpfel" → "apfel". A place in it is the same place
 * in the text. Takes NFC, in which a letter with its mark is one.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  // A few capitals, such as İ, are longer in small.
  const same = lower.length === text.length ? lower : text.replace(/\p{Lu}/gu, foldLetter);
  return same.replace(marked, foldLetter);
}
