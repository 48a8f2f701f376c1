/** The unit in which a document is counted. */
export type DocumentUnit = "page" | "line";

/** A stretch of a document, in characters. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

/** A part of a document that was chosen, with its name, such as "pages 3–7". */
export interface NamedPassage extends Passage {
  readonly label: string;
}

/** Words in which a quotation and its passage differ; "" on the side that lacks them. */
export interface Difference {
  readonly quoted: string;
  readonly original: string;
  /** The first three change what is said; other words may. */
  readonly kind: "number" | "negation" | "name" | "words";
}

/** Something in quotation marks in an answer, and where it stands in a document. */
export interface Quotation {
  /** The text as in the answer, without its marks. */
  readonly text: string;
  /** `null`: in none of the documents. */
  readonly found:
    | (Passage & {
        readonly documentId: string;
        readonly unit: DocumentUnit;
        readonly number: number;
        /** Word for word, but for spaces, quotation marks, dashes and capitals. */
        readonly isExact: boolean;
        /** The words that differ, where it is not exact; missing in answers stored before 2026-11-30. */
        readonly differences?: readonly Difference[];
      })
    | null;
}
