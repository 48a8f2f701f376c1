import type { NotOffered } from "../../../../documents/protocol";
import type { WireError } from "../../../../ground/errors";

/** Files that came together: in a folder, an archive, a mail or a mailbox, or picked at once. */
export type FolderKind = "folder" | "archive" | "mail" | "mailbox" | "files";

/** A file that can be read, and whether it is to be. */
export interface FolderFile {
  /** Its place among all files that came; it stays. */
  readonly id: number;
  readonly path: string;
  readonly sizeBytes: number;
  /** Counted once it is read, before that by its size and kind; with the lines that name it. */
  readonly tokens: number;
  readonly isTicked: boolean;
  readonly state: "waiting" | "reading" | "read";
}

/** A file that is not among those to choose from. */
export interface LeftFile {
  readonly path: string;
  readonly why: NotOffered | "too deep" | "unreadable" | "needs a word";
  /** The reader's own word on it. */
  readonly sentence?: string;
  /** The file, where a person's word reads it: a password, or leave to recognise what is a picture. */
  readonly id?: number;
}

/** Files that go with the next message as far as they are ticked. */
export interface AttachedFolder {
  readonly key: string;
  readonly name: string;
  readonly kind: FolderKind;
  readonly phase: "sorting" | "reading" | "done" | "failed";
  readonly error?: WireError;
  /** In the order of paths. */
  readonly files: readonly FolderFile[];
  readonly left: readonly LeftFile[];
  /** The room that they were chosen for; null while no model says it. */
  readonly freeTokens: number | null;
  /** The choice is a person's, and is not changed to fit. */
  readonly isOwnChoice: boolean;
}

/** The tokens that a model reads at most; the room while no model is loaded. */
export const LONGEST_CONTEXT = 262_144;

/**
 * Ticks as many files as fit, in the order of paths; one that is too long does not keep out those after it.
 * Where none fits the first is ticked: a part of it can be chosen.
 */
export function tickWhatFits(files: readonly FolderFile[], freeTokens: number | null): readonly FolderFile[] {
  const room = freeTokens ?? LONGEST_CONTEXT;
  let sum = 0;
  const ticked = files.map((file) => {
    const isTicked = sum + file.tokens <= room;
    if (isTicked) sum += file.tokens;
    return file.isTicked === isTicked ? file : { ...file, isTicked };
  });
  if (sum > 0 || ticked.length === 0 || ticked.some(({ isTicked }) => isTicked)) return ticked;
  return [{ ...ticked[0]!, isTicked: true }, ...ticked.slice(1)];
}

export interface FolderTotals {
  readonly nTicked: number;
  readonly nRead: number;
  /** Tokens of what is ticked. */
  readonly tokens: number;
  readonly nUnticked: number;
}

export function totalsOf(files: readonly FolderFile[]): FolderTotals {
  const ticked = files.filter(({ isTicked }) => isTicked);
  return {
    nTicked: ticked.length,
    nRead: ticked.filter(({ state }) => state === "read").length,
    tokens: ticked.reduce((sum, { tokens }) => sum + tokens, 0),
    nUnticked: files.length - ticked.length,
  };
}
