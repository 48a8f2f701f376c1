import {
  totalsOf,
  type AttachedFolder,
  type LeftFile,
} from "../../../stores/documents/folders/attached-folder";
import { counted, formatCount } from "../../parts/words/format";
import { t, tn } from "../../../../language/language";

const reasons: Readonly<Record<LeftFile["why"], (count: number) => string>> = {
  hidden: (n) => tn(n, "{count} hidden file", "{count} hidden files"),
  ignored: (n) => tn(n, "{count} file that .gitignore names", "{count} files that .gitignore names"),
  empty: (n) => tn(n, "{count} empty file", "{count} empty files"),
  picture: (n) => tn(n, "{count} picture", "{count} pictures"),
  "sound or film": (n) => tn(n, "{count} sound or film", "{count} sounds or films"),
  program: (n) => tn(n, "{count} program", "{count} programs"),
  "compiled code": (n) => tn(n, "{count} file of compiled code", "{count} files of compiled code"),
  "disk image": (n) => tn(n, "{count} disk image", "{count} disk images"),
  "binary data": (n) => tn(n, "{count} file of binary data", "{count} files of binary data"),
  font: (n) => tn(n, "{count} font", "{count} fonts"),
  model: (n) => tn(n, "{count} model", "{count} models"),
  archive: (n) => tn(n, "{count} archive that is no zip", "{count} archives that are no zip"),
  database: (n) => tn(n, "{count} database", "{count} databases"),
  "too deep": (n) => tn(n, "{count} archive too deep in others", "{count} archives too deep in others"),
  unreadable: (n) => tn(n, "{count} file that could not be read", "{count} files that could not be read"),
  "needs a word": (n) =>
    tn(n, "{count} file that needs a word of yours", "{count} files that need a word of yours"),
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
    .map(([why, files]) => ({ why, words: reasons[why](files.length), files }));
}

/** The state of a folder, as its row says it. */
export function folderFacts(folder: AttachedFolder): string {
  const { phase, error, files, left, isOwnChoice } = folder;
  const { nTicked, nRead, tokens, nUnticked } = totalsOf(files);
  switch (phase) {
    case "failed":
      return error ? `${error.message} ${error.hint}` : "";
    case "sorting":
      return t("looking at its files…");
    case "reading":
      return t("reading file {n} of {count}…", {
        n: formatCount(Math.min(nTicked, nRead + 1)),
        count: formatCount(nTicked),
      });
    case "done": {
      const out = leftGroups(left).map(({ words }) => words);
      if (nUnticked > 0)
        out.unshift(
          isOwnChoice
            ? t("{count} not ticked", { count: formatCount(nUnticked) })
            : tn(nUnticked, "{count} that does not fit", "{count} that do not fit"),
        );
      const isIn =
        nTicked === 0
          ? t("in: no file")
          : t("in: {files}, {tokens}", { files: counted(nTicked, "file"), tokens: counted(tokens, "token") });
      return out.length === 0 ? isIn : `${isIn} · ${t("left out: {what}", { what: out.join(", ") })}`;
    }
    default:
      return phase satisfies never;
  }
}
