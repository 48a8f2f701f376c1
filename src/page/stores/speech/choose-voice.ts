type Voice = Pick<SpeechSynthesisVoice, "lang" | "localService" | "default" | "name">;

/** The voice for a language: on this device rather than not, then of its country, then the browser's own. */
export function chooseVoice<V extends Voice>(voices: readonly V[], tag: string): V | undefined {
  const language = (one: string) => one.toLowerCase().split(/[-_]/)[0];
  const rank = ({ lang, localService, default: isDefault }: V) =>
    (localService ? 4 : 0) + (lang.toLowerCase() === tag.toLowerCase() ? 2 : 0) + (isDefault ? 1 : 0);
  return voices
    .filter(({ lang }) => language(lang) === language(tag))
    .toSorted((a, b) => rank(b) - rank(a))[0];
}
