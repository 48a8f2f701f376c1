import {
  totalsOf,
  type AttachedFolder,
  type LeftFile,
} from "../../../stores/documents/folders/attached-folder";
import { counted, formatCount } from "../../parts/words/format";

const reasons: Readonly<Record<LeftFile["why"], readonly [one: string, other: string]>> = {
  hidden: ["hidden file", "hidden files"],
  ignored: ["file that .gitignore names", "files that .gitignore names"],
  empty: ["empty file", "empty files"],
  picture: ["picture", "pictures"],
  "sound or film": ["sound or film", "sounds or films"],
  program: ["program", "programs"],
  "compiled code": ["file of compiled code", "files of compiled code"],
  "disk image": ["disk image", "disk images"],
  "binary data": ["file of binary data", "files of binary data"],
  font: ["font", "fonts"],
  model: ["model", "models"],
  archive: ["archive that is no zip", "archives that are no zip"],
  database: ["database", "databases"],
  "too deep": ["archive too deep in others", "archives too deep in others"],
  unreadable: ["file that could not be read", "files that could not be read"],
  "needs a word": ["file that needs a word of yours", "files that need a word of yours"],
};

export interface LeftGroup {
  readonly why: LeftFile["why"];
  /** "20 pictures". */
  readonly words: string;
  readonly files: readonly LeftFile[];
}

/** Files that were left out by their reason, the most frequent first. */
export function leftGroups(left: readonly LeftFile[]): readonly LeftGroup[] {
  const byReason = new Map<LeftFile["why"], LeftFile[]>();
  for (const file of left) {
    const same = byReason.get(file.why);
    if (same) same.push(file);
    else byReason.set(file.why, [file]);
  }
  return [...byReason]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([why, files]) => ({ why, words: counted(files.length, ...reasons[why]), files }));
}

/** The state of a folder, as its row says it. */
export function folderFacts(folder: AttachedFolder): string {
  const { phase, error, files, left, isOwnChoice, freeTokens } = folder;
  const { nTicked, nRead, tokens, nUnticked } = totalsOf(files);
  switch (phase) {
    case "failed":
      return error ? `${error.message} ${error.hint}` : "";
    case "sorting":
      return "looking at its files…";
    case "reading":
      return `reading file ${formatCount(Math.min(nTicked, nRead + 1))} of ${formatCount(nTicked)}…`;
    case "done": {
      const out = leftGroups(left).map(({ words }) => words);
      if (nUnticked > 0)
        out.unshift(`${formatCount(nUnticked)} ${isOwnChoice ? "not ticked" : beyond(freeTokens)}`);
      const isIn =
        nTicked === 0 ? "in: no file" : `in: ${counted(nTicked, "file")}, ${counted(tokens, "token")}`;
      return [isIn, out.length > 0 && `left out: ${out.join(", ")}`].filter(Boolean).join(" · ");
    }
    default:
      return phase satisfies never;
  }
}

const beyond = (freeTokens: number | null): string =>
  freeTokens === null
    ? "beyond the longest context"
    : `beyond the ${counted(Math.max(0, freeTokens), "token")} that are free`;
