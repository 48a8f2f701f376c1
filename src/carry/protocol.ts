import type { WireError } from "../ground/errors";
import type { Source } from "./chats";
import type { Report } from "./take-in";

export type { Omission, Source } from "./chats";
export type { ChatName, Report } from "./take-in";

/** A file with chats, as far as is known before they are taken in. */
export interface Inspection {
  readonly source: Source;
  readonly nChats: number;
}

export interface SavedFile {
  readonly name: string;
  readonly blob: Blob;
  /** Documents of the chats that could not be read here; a file of Markdown has none. */
  readonly nDocumentsMissing: number;
}

export interface CarryProgress {
  readonly nDone: number;
  readonly nChats: number;
}

/** The calls of the page to the worker. `ids` are of chats; `null` for all. */
export interface CarryCalls {
  /** `null` when the file is no export. */
  readonly inspect: { readonly args: readonly [file: File]; readonly result: Inspection | null };
  readonly takeIn: { readonly args: readonly [file: File, busy: readonly string[]]; readonly result: Report };
  readonly exportJson: {
    readonly args: readonly [ids: readonly string[] | null];
    readonly result: SavedFile;
  };
  readonly exportMarkdown: {
    readonly args: readonly [ids: readonly string[] | null];
    readonly result: SavedFile;
  };
  readonly backUp: { readonly args: readonly [settings: unknown]; readonly result: SavedFile };
}

export type CarryCallName = keyof CarryCalls;

export type ToCarry = {
  readonly [Name in CarryCallName]: {
    readonly id: number;
    readonly name: Name;
    readonly args: CarryCalls[Name]["args"];
  };
}[CarryCallName];

export type FromCarry =
  | { readonly id: number; readonly type: "progress"; readonly progress: CarryProgress }
  | { readonly id: number; readonly type: "result"; readonly result: unknown }
  | { readonly id: number; readonly type: "error"; readonly error: WireError };
