import { create } from "zustand";
import { storedInMemory } from "../../storage/memory/in-memory";
import { useEngine } from "./models/engine";

/**
 * Something about this browser that a person should know at once: it computes on the processor, or stores
 * nothing.
 */
export type VisitNote = "software" | "memory-only";

interface VisitNotes {
  readonly isInMemory: boolean;
  readonly dismissed: readonly VisitNote[];
}

const storageKey = "dismissed-notes";

export const useVisitNotes = create<VisitNotes>(() => ({ isInMemory: false, dismissed: storedDismissed() }));

/** From now on, notes when the browser refuses to store what the page gives it. */
export function watchStorage(): void {
  void storedInMemory.then(() => useVisitNotes.setState({ isInMemory: true }));
}

/** The notes that hold here and were not dismissed. */
export function useShownNotes(): readonly VisitNote[] {
  const { isInMemory, dismissed } = useVisitNotes();
  const isSoftware = useEngine((s) => s.device?.isSoftware ?? false);
  const notes: VisitNote[] = [];
  if (isInMemory) notes.push("memory-only");
  if (isSoftware) notes.push("software");
  return notes.filter((note) => !dismissed.includes(note));
}

/** Hides a note as long as this tab is open. */
export function dismissNote(note: VisitNote): void {
  const dismissed = [...useVisitNotes.getState().dismissed, note];
  useVisitNotes.setState({ dismissed });
  try {
    window.sessionStorage.setItem(storageKey, JSON.stringify(dismissed));
  } catch {
    // Forbidden: hidden as long as the page.
  }
}

function storedDismissed(): readonly VisitNote[] {
  try {
    const stored: unknown = JSON.parse(window.sessionStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(stored)
      ? (["software", "memory-only"] as const).filter((n) => stored.includes(n))
      : [];
  } catch {
    return [];
  }
}
