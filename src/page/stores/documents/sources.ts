import type { DocumentSource, ReadChoices } from "../../../documents/protocol";

/** A file that a document was read from, and how. */
export interface KeptSource {
  readonly source: DocumentSource;
  readonly choices: ReadChoices;
}

/** Files of documents, while the page lives: the browser keeps a reference, not their bytes. */
const sources = new Map<string, KeptSource>();

export const keepSource = (documentId: string, kept: KeptSource): void =>
  void sources.set(documentId, { ...kept, choices: withoutPassword(kept.choices) });

/** The file of a document; undefined for one of an earlier visit. */
export const sourceOf = (documentId: string): KeptSource | undefined => sources.get(documentId);

/** A password is used once and not kept. */
const withoutPassword = ({ password: _, ...choices }: ReadChoices): ReadChoices => choices;
