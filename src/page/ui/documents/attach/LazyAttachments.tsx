import { lazy, Suspense } from "react";
import { useAttachments } from "../../../stores/documents/attachments";

const Loaded = lazy(() =>
  import("./AttachmentList").then(({ AttachmentList }) => ({ default: AttachmentList })),
);

/** Nothing until something is attached. */
export function LazyAttachments() {
  const isAny = useAttachments((s) => s.list.length > 0 || s.folders.length > 0);
  return (
    isAny && (
      <Suspense>
        <Loaded />
      </Suspense>
    )
  );
}
