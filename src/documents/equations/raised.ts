import { toScript } from "./tex";

/** Endings of ordinal numbers and marks, which stand raised and mean nothing by it: 19th, 1er, nº. */
const ending = /^(?:st|nd|rd|th|er|ère|re|e|ème|me|s|o|os|a|as|TM|SM|\W*)$/iu;

/** The place of text: raised or lowered, or on the line. */
export type Place = "sub" | "sup" | undefined;

/** Pieces of a line as one text. Writers cut a raised word anywhere: neighbours of one place are one. */
export function joinPlaced(pieces: readonly { readonly text: string; readonly place: Place }[]): string {
  const runs: { text: string; place: Place }[] = [];
  for (const { text, place } of pieces) {
    const last = runs.at(-1);
    if (last && last.place === place) last.text += text;
    else runs.push({ text, place });
  }
  return runs.map(({ text, place }) => (place ? raised(place, text) : text)).join("");
}

/** Raised or lowered text as a line shows it: 10⁶ is not 106, and x_max not xmax. */
export function raised(place: "sub" | "sup", text: string): string {
  const short = text.trim();
  const script = toScript(short, place);
  if (script !== undefined) return text.replace(short, script);
  if (!/^[\p{L}\p{N}+\-−*/=,. ]{1,12}$/u.test(short) || ending.test(short)) return text;
  // Words are raised to look at, and what has no sign in it is one.
  if (
    place === "sup" &&
    !/^(?:\p{L}|[+\-−]?[\p{L}\p{N}]+(?:[+\-−*/][\p{L}\p{N}]+)+|[+\-−][\p{L}\p{N}]+)$/u.test(short)
  )
    return text;
  const sign = place === "sup" ? "^" : "_";
  return text.replace(short, /^[\p{L}\p{N}]+$/u.test(short) ? `${sign}${short}` : `${sign}(${short})`);
}
