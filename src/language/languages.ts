import { english, type Language } from "./language";

/** The languages of the page, each by its own name. */
export const languageNames = { en: "English", zh: "简体中文" } as const;

export type LanguageId = keyof typeof languageNames;

export const languageIds = Object.keys(languageNames) as readonly LanguageId[];

/** The first language of the browser's list that the page speaks; English where it speaks none of them. */
export function languageOf(preferred: readonly string[]): LanguageId {
  const ids = preferred.map((tag) => languageIds.find((id) => id === tag.toLowerCase().split("-")[0]));
  return ids.find((id) => id !== undefined) ?? "en";
}

/** Made languages, by which checks find sentences that are not translated and layouts that break. */
export const madeLanguages = ["en-XA", "ar-XB"] as const;

export type MadeLanguage = (typeof madeLanguages)[number];

/** @throws TypeError  its file can not be loaded */
export async function loadLanguage(id: LanguageId | MadeLanguage): Promise<Language> {
  switch (id) {
    case "en":
      return english;
    case "zh":
      return { tag: "zh-CN", sentences: (await import("./zh")).zh };
    case "en-XA":
    case "ar-XB":
      return (await import("./made")).madeLanguage(id);
  }
}

/** Hebrew and Arabic letters run from the right; of the made languages, the second does. */
export const directionOf = (tag: string): "ltr" | "rtl" => (/^(ar|he|fa|ur)\b/.test(tag) ? "rtl" : "ltr");
