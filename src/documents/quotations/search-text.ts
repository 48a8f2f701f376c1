import type { DocumentText } from "../../storage/documents";
import { foldText, type FoldedText } from "./fold-text";
import type { Passage } from "../../ground/document";

const MOST_HITS = 1000;

let folded: { readonly id: string; readonly text: FoldedText } | null = null;

/** Every place where `query` stands, whatever its capitals, spaces and quotation marks; at most 1,000. */
export function searchText(
  { id, text }: Pick<DocumentText, "id" | "text">,
  query: string,
): readonly Passage[] {
  const wanted = foldText(query).text.trim();
  if (wanted === "") return [];
  if (folded?.id !== id) folded = { id, text: foldText(text) };
  const hits: Passage[] = [];
  for (
    let at = folded.text.text.indexOf(wanted);
    at >= 0 && hits.length < MOST_HITS;
    at = folded.text.text.indexOf(wanted, at + wanted.length)
  )
    hits.push(passageAt(folded.text, at, at + wanted.length));
  return hits;
}

/** The place in the original of a stretch of a folded text. */
export function passageAt({ origins }: FoldedText, start: number, end: number): Passage {
  // After the last character itself, not before the next one: what was left out between does not belong to
  // it.
  return { start: origins[start]!, end: origins[end - 1]! + 1 };
}
