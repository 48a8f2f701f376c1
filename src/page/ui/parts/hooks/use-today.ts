import { useSyncExternalStore } from "react";
import { startOfDay } from "../../../stores/chat/list/group-chats";

/** Follows the first moment of this day; a page may be left open over midnight. */
export function useToday(): number {
  return useSyncExternalStore(watch, () => startOfDay(Date.now()));
}

function watch(onChange: () => void): () => void {
  const timer = setInterval(onChange, 60_000);
  document.addEventListener("visibilitychange", onChange);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", onChange);
  };
}
