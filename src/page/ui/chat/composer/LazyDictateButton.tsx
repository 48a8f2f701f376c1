import { lazy, Suspense } from "react";

const DictateButton = lazy(() =>
  import("./DictateButton").then(({ DictateButton }) => ({ default: DictateButton })),
);

const hasSpeech = "SpeechRecognition" in globalThis || "webkitSpeechRecognition" in globalThis;

/** The microphone's button, where the browser understands speech; it comes after the first paint. */
export function LazyDictateButton() {
  return (
    hasSpeech && (
      <Suspense>
        <DictateButton />
      </Suspense>
    )
  );
}
