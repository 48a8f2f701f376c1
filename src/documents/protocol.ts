import type { Passage, Quotation } from "../ground/document";
import type { WireError } from "../ground/errors";
import type { ChosenFiles, FolderFile, NotOffered } from "./folder/choose-files";
import type { IgnoreFile } from "./folder/ignored";
import type { Encoding } from "./text/encodings";
import { PiecedText } from "./text/pieced-text";
import type { RecognitionLanguage } from "./recognition/languages";
import type { DocumentNote, DocumentText } from "../storage/documents";

export { languageFor, recognitionLanguages } from "./recognition/languages";
export type { RecognitionLanguage };

export type { ChosenFiles, FolderFile, IgnoreFile, DocumentNote, DocumentText, NotOffered };
export { encodings, isEncoding } from "./text/encodings";
export { PiecedText };

/** A document that is shown. */
export interface ShownDocument extends Omit<DocumentText, "text"> {
  readonly text: PiecedText;
}

/** A file, or text that was pasted. */
export type DocumentSource =
  | { readonly kind: "file"; readonly file: File; readonly name: string }
  | { readonly kind: "pasted"; readonly text: string; readonly name: string };

/** A document as the page knows it; its text stays in storage and in workers. */
export interface DocumentInfo extends Omit<DocumentText, "text" | "addedAt" | "notes" | "marks" | "leftOut"> {
  readonly name: string;
  readonly sizeBytes: number;
  readonly nCharacters: number;
  /** Pages, or lines. */
  readonly nUnits: number;
  readonly notes: readonly DocumentNote[];
  /** The files that came with a mail: `unpack` gives them. */
  readonly nFiles?: number;
}

export type StoredDocument = Omit<DocumentInfo, "name" | "sizeBytes" | "nUnits">;

/** A person's word on a file, so that it can be read. */
export interface ReadChoices {
  readonly password?: string;
  /** The encoding of a text file, where a person knows it better than the bytes tell. */
  readonly encoding?: Encoding;
  /** The language in which the text of scanned pages and pictures is to be recognised. */
  readonly recognize?: RecognitionLanguage;
  /** Pages that are given up: reading them did not end. */
  readonly skipPages?: readonly number[];
  /** The part of a web page; its article, where it has one and nothing is said. */
  readonly webPart?: "article" | "whole";
}

export interface ReadProgress {
  readonly pages: number;
  readonly totalPages: number;
  /** Pieces of text read of the next page, when it is a long one. */
  readonly pieces?: number;
  /** Says that pages are those whose pictures are looked through for text. */
  readonly isRecognition?: boolean;
  /** The share of the file that is read, where it has no pages. */
  readonly share?: number;
}

export interface UnpackedSource {
  readonly files: readonly { readonly path: string; readonly file: File }[];
  /** Archives that lie too deep in others to be unpacked. */
  readonly leftOut: readonly string[];
}

export interface DocumentCalls {
  /** Reads a file, keeps its text, and tells what it is. */
  read: {
    args: [source: DocumentSource, choices?: ReadChoices];
    result: DocumentInfo;
    progress: ReadProgress;
  };
  /** The files of an archive, or those that came with a mail, under their paths. */
  unpack: { args: [source: DocumentSource]; result: UnpackedSource; progress: never };
  /** Describes a document that was read before, without its file. */
  describe: { args: [id: string]; result: StoredDocument; progress: never };
  /**
   * A document as it is shown; its text comes before, in pieces: all at once it is a long task of the page.
   */
  text: {
    args: [id: string];
    result: Omit<DocumentText, "text">;
    progress: readonly [at: number, piece: string];
  };
  /** Finds the places of `query`, at most 1,000. */
  search: { args: [id: string, query: string]; result: readonly Passage[]; progress: never };
  /** Sorts out what of a folder can be read. */
  chooseFiles: {
    args: [files: readonly FolderFile[], ignoreFiles: readonly IgnoreFile[]];
    result: ChosenFiles;
    progress: never;
  };
  findQuotations: {
    args: [
      answer: string,
      documents: readonly { readonly id: string; readonly range: Passage | null; readonly name?: string }[],
    ];
    result: readonly Quotation[];
    progress: never;
  };
}

export type DocumentCallName = keyof DocumentCalls;

export type ToDocuments =
  | {
      readonly type: "call";
      readonly id: number;
      readonly name: DocumentCallName;
      readonly args: readonly unknown[];
    }
  | { readonly type: "cancel"; readonly id: number };

export type FromDocuments =
  | { readonly type: "progress"; readonly id: number; readonly progress: unknown }
  | { readonly type: "result"; readonly id: number; readonly result: unknown }
  | { readonly type: "error"; readonly id: number; readonly error: WireError };
