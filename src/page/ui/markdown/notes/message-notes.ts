import { createContext } from "react";

/** Begins the ids of an answer's notes, so that they are unique on the page. */
export const NotesOf = createContext("");

export const noteId = (prefix: string, number: number) => `${prefix}note-${number}`;

/** Goes to an element of the page without a change of its address. */
export function goTo(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "center" });
  element?.focus({ preventScroll: true });
}
