import { create } from "zustand";
import { languageTag, t } from "../../../language/language";
import { insertIntoDraft } from "../chat/draft";
import { noteAsked, wasAllowed } from "../device/asked-once";
import { notify } from "../notices";

/** The state of the microphone's button. */
export type Dictation =
  | { readonly phase: "none" }
  | { readonly phase: "asking" }
  /** Speech is turned into text now, here or by the browser's maker. */
  | { readonly phase: "listening"; readonly isOnDevice: boolean };

export const useDictation = create<Dictation>(() => ({ phase: "none" }));

const show = (state: Dictation) => useDictation.setState(state, true);

/** The part of the browser's speech recognition that is used; the library of types does not know it. */
interface Recognition {
  lang: string;
  continuous: boolean;
  processLocally?: boolean;
  onresult: ((event: RecognitionResults) => void) | null;
  onerror: ((event: { readonly error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
}

interface RecognitionResults {
  readonly resultIndex: number;
  readonly results: ArrayLike<ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean }>;
}

interface Recognizer {
  new (): Recognition;
  available?(options: { langs: string[]; processLocally: boolean }): Promise<Availability>;
  install?(options: { langs: string[]; processLocally: boolean }): Promise<boolean>;
}

type Availability = "available" | "downloadable" | "downloading" | "unavailable";

const { SpeechRecognition, webkitSpeechRecognition } = globalThis as {
  SpeechRecognition?: Recognizer;
  webkitSpeechRecognition?: Recognizer;
};
const recognizer = SpeechRecognition ?? webkitSpeechRecognition;

export const canDictate = recognizer !== undefined;

let current: Recognition | null = null;

/**
 * Begins to write what is said into the message box: on this device where the browser can. Where it sends the
 * sound to its maker, or has to fetch a language first, the person is asked before.
 */
export async function startDictation(): Promise<void> {
  if (!recognizer || useDictation.getState().phase !== "none") return;
  show({ phase: "asking" });
  const lang = dictatedLanguage();
  const here = await recognizer
    .available?.({ langs: [lang], processLocally: true })
    .catch((): Availability => "unavailable");
  if (here === "available") return listen(lang, true);
  show({ phase: "none" });
  if (here === "downloadable" || here === "downloading") return askToInstall(lang);
  if (wasAllowed("dictation")) return listen(lang, false);
  notify(t("This browser can not understand speech on this device: it sends what you say to its maker."), {
    stays: true,
    tone: "warning",
    action: {
      label: t("Speak all the same"),
      run: () => {
        noteAsked("dictation", "yes");
        listen(lang, false);
      },
    },
  });
}

export function stopDictation(): void {
  current?.stop();
}

/** The page's language, in the person's own country where their browser names it. */
function dictatedLanguage(): string {
  const page = languageTag().split("-")[0]!;
  return navigator.languages.find((tag) => tag.split("-")[0] === page && tag.includes("-")) ?? languageTag();
}

function askToInstall(lang: string): void {
  notify(t("Speech can be understood on this device once the browser has fetched the language."), {
    stays: true,
    action: {
      label: t("Fetch the language"),
      run: () =>
        void recognizer!
          .install?.({ langs: [lang], processLocally: true })
          .catch(() => false)
          .then((isThere) => {
            if (isThere) listen(lang, true);
            else notify(t("The browser could not fetch the language."), { tone: "warning" });
          }),
    },
  });
}

function listen(lang: string, isOnDevice: boolean): void {
  const recognition = (current = new recognizer!());
  recognition.lang = lang;
  recognition.continuous = true;
  if (isOnDevice) recognition.processLocally = true;
  recognition.onresult = ({ results, resultIndex }) => {
    const text = Array.from(results)
      .slice(resultIndex)
      .filter(({ isFinal }) => isFinal)
      .map((result) => result[0]!.transcript.trim())
      .join(" ");
    if (text !== "") insertIntoDraft(`${text} `);
  };
  recognition.onerror = ({ error }) => {
    const words = whyNot(error);
    if (words !== undefined) notify(words, { tone: "warning" });
  };
  recognition.onend = () => {
    if (current !== recognition) return;
    current = null;
    show({ phase: "none" });
  };
  show({ phase: "listening", isOnDevice });
  recognition.start();
}

/** @returns undefined for an end that the person wanted, or that needs no word */
function whyNot(error: string): string | undefined {
  switch (error) {
    case "aborted":
    case "no-speech":
      return undefined;
    case "not-allowed":
      return t("The browser gives this page no microphone. Allow it beside the page's address.");
    case "audio-capture":
      return t("No microphone was found.");
    case "network":
      return t("The browser's speech service can not be reached.");
    default:
      return t("Speech could not be understood here ({error}).", { error });
  }
}
