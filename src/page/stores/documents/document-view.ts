import { create } from "zustand";
import type { Passage } from "../../../ground/document";
import type { WireError } from "../../../ground/errors";
import { callDocuments } from "../../../documents/client";
import { PiecedText, type ReadChoices, type ShownDocument } from "../../../documents/protocol";
import { notify } from "../notices";
import { readDocumentAgain } from "./attachments";
import { sourceOf } from "./sources";
import { asWireError } from "../wire-error";

export type DocumentView =
  | { readonly phase: "closed" }
  | { readonly phase: "opening"; readonly name: string }
  | { readonly phase: "failed"; readonly name: string; readonly error: WireError }
  | {
      readonly phase: "open";
      readonly name: string;
      readonly document: ShownDocument;
      /** The passage that is shown highlighted; a new object each time it is asked for. */
      readonly passage: Passage | null;
      readonly search: {
        readonly query: string;
        readonly hits: readonly Passage[];
        readonly at: number;
      } | null;
    };

export const useDocumentView = create<DocumentView>(() => ({ phase: "closed" }));

const setView = (view: DocumentView) => useDocumentView.setState(view, true);

let lastRequest = 0;

/** Shows a document beside the chat, at a passage of it. */
export async function openDocument(
  { id, name }: { readonly id: string; readonly name: string },
  passage: Passage | null = null,
): Promise<void> {
  const mine = ++lastRequest;
  const view = useDocumentView.getState();
  if (view.phase === "open" && view.document.id === id)
    return setView({ ...view, name, passage: passage && { ...passage } });
  setView({ phase: "opening", name });
  try {
    const pieces: string[] = [];
    const shown = await callDocuments("text", [id], {
      onProgress: ([at, piece]) => (pieces[at] = piece),
    });
    const document = { ...shown, text: new PiecedText(pieces) };
    if (mine === lastRequest) setView({ phase: "open", name, document, passage, search: null });
  } catch (cause) {
    if (mine === lastRequest) setView({ phase: "failed", name, error: asWireError(cause) });
  }
}

export function closeDocument(): void {
  lastRequest++;
  setView({ phase: "closed" });
}

/** Reads the open document's file in another way, and shows what it says then. */
export async function readOpenAgain(choices: ReadChoices): Promise<void> {
  const view = useDocumentView.getState();
  if (view.phase !== "open") return;
  const { name, document } = view;
  const mine = ++lastRequest;
  setView({ phase: "opening", name });
  try {
    const info = await readDocumentAgain(document.id, name, choices);
    if (mine === lastRequest) await openDocument({ id: info?.id ?? document.id, name });
  } catch (cause) {
    const { message, hint } = asWireError(cause);
    notify(`${message} ${hint}`, { tone: "warning" });
    if (mine === lastRequest) setView(view);
  }
}

/** True while a document's file is still here: after a reload of the page it is not. */
export const canReadAgain = (documentId: string): boolean => sourceOf(documentId) !== undefined;

let lastSearch = 0;

/** Looks for `query` in the open document, and shows the first place. */
export async function searchDocument(query: string): Promise<void> {
  const mine = ++lastSearch;
  const view = useDocumentView.getState();
  if (view.phase !== "open") return;
  if (query.trim() === "") return setView({ ...view, passage: null, search: null });
  const hits = await callDocuments("search", [view.document.id, query]);
  const now = useDocumentView.getState();
  if (mine !== lastSearch || now.phase !== "open" || now.document.id !== view.document.id) return;
  setView({ ...now, passage: hits[0] ?? null, search: { query, hits, at: 0 } });
}

/** Goes `step` places on, round and round. */
export function goToHit(step: 1 | -1): void {
  const view = useDocumentView.getState();
  if (view.phase !== "open" || !view.search || view.search.hits.length === 0) return;
  const { hits } = view.search;
  const at = (view.search.at + step + hits.length) % hits.length;
  setView({ ...view, passage: { ...hits[at]! }, search: { ...view.search, at } });
}
