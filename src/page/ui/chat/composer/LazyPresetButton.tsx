import { lazy, Suspense } from "react";

const PresetButton = lazy(() =>
  import("./PresetButton").then(({ PresetButton }) => ({ default: PresetButton })),
);

/** The button of the chat's preset, with its menu; it comes after the first paint. */
export function LazyPresetButton() {
  return (
    <Suspense>
      <PresetButton />
    </Suspense>
  );
}
