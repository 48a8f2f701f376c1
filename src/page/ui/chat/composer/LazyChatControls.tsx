import { lazy, Suspense } from "react";

const ChatControls = lazy(() =>
  import("./ChatControls").then(({ ChatControls }) => ({ default: ChatControls })),
);

/** The switches beside the message box, which come after the first paint: no model is loaded by then. */
export function LazyChatControls() {
  return (
    <Suspense>
      <ChatControls />
    </Suspense>
  );
}
