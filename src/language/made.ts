import type { Language } from "./language";
import type { MadeLanguage } from "./languages";
import { zh } from "./zh";

const accents: Readonly<Record<string, string>> = {
  a: "á", c: "ç", e: "é", g: "ĝ", i: "í", n: "ñ", o: "ö", s: "š", t: "ţ", u: "ü", y: "ý", z: "ž",
  A: "Á", C: "Ç", E: "É", I: "Í", N: "Ñ", O: "Ö", S: "Š", T: "Ţ", U: "Ü",
}; // prettier-ignore

/**
 * English with accents, in brackets and 40 % longer, as German or Finnish is. What shows without accents was
 * not translated; what shows without its bracket was cut off. The padding breaks between words, as text does.
 */
export function accented(sentence: string): string {
  const padding = "~~~~~ ".repeat(Math.ceil(sentence.length / 15)).trimEnd();
  return `[${outsideHoles(sentence, (text) => text.replace(/[a-z]/gi, (one) => accents[one] ?? one))} ${padding}]`;
}

/** The same with each word's letters from the right, by the marks that have every letter run so. */
export const mirrored = (sentence: string): string =>
  outsideHoles(accented(sentence), (text) => text.replace(/[\p{L}~]+/gu, "\u202e$&\u202c"));

const outsideHoles = (sentence: string, change: (text: string) => string) =>
  sentence
    .split(/(\{\w+\})/)
    .map((piece, index) => (index % 2 === 1 ? piece : change(piece)))
    .join("");

/** A made language has the sentences that Chinese has. "ar-XB" is laid out from the right. */
export function madeLanguage(id: MadeLanguage): Language {
  const say = id === "en-XA" ? accented : mirrored;
  return {
    tag: id === "en-XA" ? "en-XA" : "ar-XB-u-nu-latn",
    sentences: Object.fromEntries(Object.keys(zh).map((key) => [key, say(key)])),
  };
}
