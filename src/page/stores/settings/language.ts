import { create } from "zustand";
import { languageTag, speak } from "../../../language/language";
import {
  directionOf,
  languageOf,
  loadLanguage,
  madeLanguages,
  type LanguageId,
  type MadeLanguage,
} from "../../../language/languages";
import { tellWorkers } from "../../../language/worker-language";
import { follow } from "../follow";
import { useSettings } from "./settings";

/** The tag of the language that the page is drawn in: a change of it draws all anew. */
export const useLanguage = create<{ readonly tag: string }>(() => ({ tag: languageTag() }));

/** Speaks the chosen language, or else the browser's, from now on. Resolves when the page can be drawn. */
export async function followLanguage(): Promise<void> {
  const chosen = () => madeInAddress() ?? useSettings.getState().language ?? languageOf(navigator.languages);
  const change = () => speakFirst(chosen());
  follow(
    useSettings,
    ({ language }) => language,
    () => void change(),
  );
  const first = chosen();
  if (first !== "en") await change();
}

/** Checks ask for a made language with ?language=en-XA or ar-XB. */
function madeInAddress(): MadeLanguage | undefined {
  const asked = new URLSearchParams(location.search).get("language");
  return madeLanguages.find((name) => name === asked);
}

let lastAsked: LanguageId | MadeLanguage = "en";

async function speakFirst(id: LanguageId | MadeLanguage): Promise<void> {
  lastAsked = id;
  // Its file is part of the page; where it can not be loaded all the same, English is better than nothing.
  const language = await loadLanguage(id).catch(() => loadLanguage("en"));
  if (lastAsked !== id) return; // another was chosen meanwhile
  speak(language);
  tellWorkers();
  document.documentElement.lang = language.tag;
  document.documentElement.dir = directionOf(language.tag);
  useLanguage.setState({ tag: language.tag });
}
