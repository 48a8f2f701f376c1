import { callDocuments } from "../../../documents/client";
import type { ChosenFiles, NotOffered } from "../../../documents/protocol";
import { counted, formatCount } from "../../../ground/figures";
import { pathOf } from "../models/picked-files";
import { notify } from "../notices";
import { mark, t, tn } from "../../../language/language";

/** Files that are read at a time: more would only wait for each other, and could not be stopped. */
const AT_A_TIME = 4;

/**
 * Attaches what of a folder can be read and fits, in the order of paths, and says what was left out and why.
 *
 * @param freeTokens  null while no model says it
 * @param attach      reads one of them
 */
export async function attachFolder(
  files: readonly File[],
  freeTokens: number | null,
  attach: (file: File) => Promise<void>,
): Promise<void> {
  const ignoreFiles = files
    .filter(({ name }) => name === ".gitignore")
    .map(async (file) => ({ folder: pathOf(file).replace(/\/?[^/]*$/, ""), text: await file.text() }));
  const listed = files.map((file) => ({ path: pathOf(file), sizeBytes: file.size }));
  const chosen = await callDocuments("chooseFiles", [listed, await Promise.all(ignoreFiles), freeTokens]);
  const fitting = chosen.offered.filter(({ fits }) => fits);
  // Of one that is too long by itself a part can be chosen.
  const read = fitting.length > 0 ? fitting : chosen.offered.slice(0, 1);
  notify(describeChosen(chosen, read.length, freeTokens), { stays: true });
  const waiting = read.map(({ index }) => files[index]!);
  const readOn = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) await attach(file);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, readOn));
}

const reasons: Readonly<Record<NotOffered, readonly [one: string, other: string]>> = {
  hidden: ["{count} hidden file", mark("{count} hidden files")],
  ignored: ["{count} file that .gitignore names", mark("{count} files that .gitignore names")],
  empty: ["{count} empty file", mark("{count} empty files")],
  picture: ["{count} picture", mark("{count} pictures")],
  "sound or film": ["{count} sound or film", mark("{count} sounds or films")],
  program: ["{count} program", mark("{count} programs")],
  font: ["{count} font", mark("{count} fonts")],
  model: ["{count} model", mark("{count} models")],
  archive: ["{count} archive", mark("{count} archives")],
  database: ["{count} database", mark("{count} databases")],
};

/** A sentence on what of a folder is attached, and what was left out by kind. */
export function describeChosen(
  { offered, left }: ChosenFiles,
  nRead: number,
  freeTokens: number | null,
): string {
  const counts = new Map<NotOffered, number>();
  for (const { why } of left) counts.set(why, (counts.get(why) ?? 0) + 1);
  const kinds = [...counts].sort((a, b) => b[1] - a[1]).map(([why, count]) => tn(count, ...reasons[why]));
  const nTooMuch = offered.length - nRead;
  if (nTooMuch > 0)
    kinds.push(
      freeTokens === null
        ? t("{nTooMuch} beyond what the longest context holds", { nTooMuch: formatCount(nTooMuch) })
        : t("{nTooMuch} beyond the {tokens} that are free", {
            nTooMuch: formatCount(nTooMuch),
            tokens: counted(Math.max(0, freeTokens), "token"),
          }),
    );
  const what = tn(
    nRead,
    "{count} file of the folder is attached.",
    "{count} files of the folder are attached.",
  );
  return t("{what}{leftOut}", {
    what,
    leftOut: kinds.length > 0 ? t(" Left out: {kinds}.", { kinds: kinds.join(t(", ")) }) : "",
  });
}
