import { createContext, useContext } from "react";

/** The words that fields are looked for by, in small letters; "" shows all. */
export const FieldSearch = createContext("");

/** Returns whether every word that is looked for stands in these texts. */
export function isFoundBy(query: string, ...texts: readonly string[]): boolean {
  const text = texts.join(" ").toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Returns whether a field of these texts is to be shown. */
export const useIsFound = (...texts: readonly string[]): boolean =>
  isFoundBy(useContext(FieldSearch), ...texts);
