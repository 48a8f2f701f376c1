import type { Piece } from "./pieces";

/** Accents that TeX draws before the letter they stand over, with what Unicode puts after it. */
const combining: Readonly<Record<string, string>> = {
  "`": "\u0300",
  ˋ: "\u0300",
  "´": "\u0301",
  ˊ: "\u0301",
  "^": "\u0302",
  ˆ: "\u0302",
  "~": "\u0303",
  "˜": "\u0303",
  "¯": "\u0304",
  ˉ: "\u0304",
  "˘": "\u0306",
  "˙": "\u0307",
  "¨": "\u0308",
  "˚": "\u030a",
  "˝": "\u030b",
  ˇ: "\u030c",
  "¸": "\u0327",
};
const dotless: Readonly<Record<string, string>> = { ı: "i", ȷ: "j" };

/**
 * Puts accents on the letters they are drawn over: "¨" and "O" at one place are "Ö". Fonts of TeX have
 * accents and letters apart. An accent that stands beside its letter is left as it is.
 */
export function withAccents(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const accented = last && accentedBy(last, piece);
    if (!last || !accented) joined.push(piece);
    else {
      const rest = last.str.trimEnd().slice(0, -1);
      joined.pop();
      if (rest !== "") joined.push({ ...last, str: rest, right: piece.left });
      const hasSpace = rest === "" && last.hasSpaceBefore;
      joined.push({ ...piece, str: accented, ...(hasSpace && { hasSpaceBefore: true }) });
    }
  }
  return joined;
}

function accentedBy(last: Piece, piece: Piece): string | undefined {
  const mark = combining[last.str.trimEnd().at(-1) ?? ""];
  if (mark === undefined) return undefined;
  // The letter begins under the accent, or before it.
  const isOver = piece.left < last.right - 0.15 * piece.size && piece.left > last.right - piece.size;
  if (!isOver || Math.abs(piece.base - last.base) > 0.4 * piece.size) return undefined;
  const first = piece.str[0]!;
  const letter = ((dotless[first] ?? first) + mark).normalize("NFC");
  return letter.length === 1 ? letter + piece.str.slice(1) : undefined;
}
