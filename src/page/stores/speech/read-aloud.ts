import { create } from "zustand";
import { languageTag, t } from "../../../language/language";
import { noteAsked, wasAllowed } from "../device/asked-once";
import { notify } from "../notices";
import { chooseVoice } from "./choose-voice";
import { languageOfText, spokenPieces } from "./spoken-text";

/** The answer that is read aloud now, by the id of its message. */
export const useReadAloud = create<{ readonly id: string | null }>(() => ({ id: null }));

export const canReadAloud = "speechSynthesis" in globalThis;

/**
 * Reads an answer aloud in a voice of its language, one on this device where there is one. A voice of the
 * browser's maker is asked about before its first use, as it sends the text there.
 */
export async function readAloud(id: string, markdown: string): Promise<void> {
  stopReadingAloud();
  const tag = languageOfText(markdown, languageTag());
  const voice = chooseVoice(await voicesOf(speechSynthesis), tag);
  if (!voice) {
    notify(t("This browser has no voice for the language of the answer."), { tone: "warning" });
    return;
  }
  if (voice.localService || wasAllowed("reading-aloud")) return speak(id, markdown, voice);
  notify(
    t("The voice “{name}” is not on this device: the browser sends the text of the answer to its maker.", {
      name: voice.name,
    }),
    {
      stays: true,
      tone: "warning",
      action: {
        label: t("Read it all the same"),
        run: () => {
          noteAsked("reading-aloud", "yes");
          speak(id, markdown, voice);
        },
      },
    },
  );
}

export function stopReadingAloud(): void {
  useReadAloud.setState({ id: null });
  speechSynthesis.cancel();
}

function speak(id: string, markdown: string, voice: SpeechSynthesisVoice): void {
  useReadAloud.setState({ id });
  const pieces = spokenPieces(markdown);
  const next = (index: number) => {
    if (useReadAloud.getState().id !== id) return;
    const piece = pieces[index];
    if (piece === undefined) return useReadAloud.setState({ id: null });
    const utterance = new SpeechSynthesisUtterance(piece);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onend = () => next(index + 1);
    utterance.onerror = () => useReadAloud.getState().id === id && useReadAloud.setState({ id: null });
    speechSynthesis.speak(utterance);
  };
  next(0);
}

/** Chromium lists its voices a moment after it is first asked. */
async function voicesOf(speech: SpeechSynthesis): Promise<readonly SpeechSynthesisVoice[]> {
  if (speech.getVoices().length > 0) return speech.getVoices();
  await Promise.race([
    new Promise((resolve) => speech.addEventListener("voiceschanged", resolve, { once: true })),
    new Promise((resolve) => setTimeout(resolve, 1000)),
  ]);
  return speech.getVoices();
}
