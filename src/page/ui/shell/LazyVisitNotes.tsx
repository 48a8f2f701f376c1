import { lazy, Suspense } from "react";
import { useShownNotes } from "../../stores/visit-notes";

const Loaded = lazy(() => import("./VisitNotes").then(({ VisitNotes }) => ({ default: VisitNotes })));

/** Nothing where nothing is to be told of this browser. */
export function LazyVisitNotes() {
  const isAny = useShownNotes().length > 0;
  return (
    isAny && (
      <Suspense>
        <Loaded />
      </Suspense>
    )
  );
}
