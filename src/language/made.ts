import type { Language } from "./language";
import type { MadeLanguage } from "./languages";

const accents: Readonly<Record<string, string>> = {
  a: "á", c: "ç", e: "é", g: "ĝ", i: "í", n: "ñ", o: "ö", s: "š", t: "ţ", u: "ü", y: "ý", z: "ž",
  A: "Á", C: "Ç", E: "É", I: "Í", N: "Ñ", O: "Ö", S: "Š", T: "Ţ", U: "Ü",
}; // prettier-ignore

/**
 * English with accents, in brackets and a third longer, as German or Finnish is. What shows without accents
 * was not translated; what shows without its bracket was cut off.
 */
export function accented(sentence: string): string {
  const letters = sentence
    .split(/(\{\w+\})/)
    .map((piece, index) =>
      index % 2 === 1 ? piece : piece.replace(/[a-z]/gi, (letter) => accents[letter] ?? letter),
    )
    .join("");
  return `[${letters}${"~".repeat(Math.ceil(sentence.length / 3))}]`;
}

/** The made languages have a sentence for every key. "ar-XB" is laid out from the right. */
export const madeLanguage = (id: MadeLanguage): Language => ({
  tag: id === "en-XA" ? "en-XA" : "ar-XB-u-nu-latn",
  sentences: new Proxy(
    {},
    {
      get: (_, sentence) => accented(String(sentence)),
      getOwnPropertyDescriptor: (_, sentence) => ({
        value: accented(String(sentence)),
        configurable: true,
        enumerable: true,
      }),
    },
  ),
});
