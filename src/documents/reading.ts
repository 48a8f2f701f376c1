import type { DocumentNote, LeftOut, TextMark } from "../storage/documents";
import type { Cuts } from "./text/cuts";

export type { DocumentNote, LeftOut, TextMark };

/** The result of a reader. Starts and numbers are those of DocumentText. */
export interface ReadText extends Cuts {
  readonly text: string;
  readonly notes: readonly DocumentNote[];
  readonly marks?: readonly TextMark[];
  /** Pieces that are not in `text`; people see them where they stood. */
  readonly leftOut?: readonly LeftOut[];
  readonly encoding?: string;
  readonly webPart?: "article" | "whole";
  /** The number of files that came with a mail. */
  readonly nFiles?: number;
}
