import { mark } from "../../language/language";
/** The languages whose text can be recognised, by Tesseract's codes; vite.config.ts serves a file of each. */
export const recognitionLanguages = {
  eng: { name: mark("English"), tag: "en" },
  chi_sim: { name: mark("Chinese (simplified)"), tag: "zh" },
  deu: { name: mark("German"), tag: "de" },
  spa: { name: mark("Spanish"), tag: "es" },
  fra: { name: mark("French"), tag: "fr" },
  ita: { name: mark("Italian"), tag: "it" },
} as const;

export type RecognitionLanguage = keyof typeof recognitionLanguages;

/** The first of a person's languages, as a browser tells them, that can be recognised; else English. */
export function languageFor(tags: readonly string[]): RecognitionLanguage {
  const codes = Object.keys(recognitionLanguages) as RecognitionLanguage[];
  for (const tag of tags) {
    const found = codes.find((code) => recognitionLanguages[code].tag === tag.toLowerCase().split("-")[0]);
    if (found) return found;
  }
  return "eng";
}
