import { lazy, Suspense } from "react";
import { useDocumentView } from "../../stores/documents/document-view";

const Loaded = lazy(() =>
  import("./DocumentPanel").then(({ DocumentPanel }) => ({ default: DocumentPanel })),
);

/** Nothing until a document is opened. */
export function LazyDocumentPanel() {
  const isOpen = useDocumentView((s) => s.phase !== "closed");
  return (
    isOpen && (
      <Suspense>
        <Loaded />
      </Suspense>
    )
  );
}
