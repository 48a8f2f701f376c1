import { speak, spokenLanguage, type Language } from "./language";

// A worker says its sentences itself, in errors, notes and progress. The page hands it the language with a
// message ahead of the first call, and again when another is chosen: the sentences are loaded once.

interface SpeakMessage {
  readonly speak: Language;
}

/** The part of a worker that is used. */
interface Port {
  postMessage(message: SpeakMessage): void;
}

const told = new Set<WeakRef<Port>>();

/** Tells a worker the language, now and whenever it changes. */
export function tellLanguage<Told extends Port>(worker: Told): Told {
  told.add(new WeakRef(worker));
  if (spokenLanguage().tag !== "en-US") tell(worker);
  return worker;
}

/** Tells every worker that there is. */
export function tellWorkers(): void {
  for (const reference of told) {
    const worker = reference.deref();
    if (worker) tell(worker);
    else told.delete(reference);
  }
}

function tell(worker: Port): void {
  worker.postMessage({ speak: spokenLanguage() });
}

/** In a worker: speaks what the page does. Its other listeners see these messages too: {@link isSpeak}. */
export function hearLanguage(): void {
  addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (isSpeak(data)) speak(data.speak);
  });
}

export const isSpeak = (message: unknown): message is SpeakMessage =>
  typeof message === "object" && message !== null && "speak" in message;
