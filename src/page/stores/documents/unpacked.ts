import { callDocuments } from "../../../documents/client";
import type { DocumentSource } from "../../../documents/protocol";
import { counted } from "../../../ground/figures";
import { underPath } from "../models/picked-files";
import { notify } from "../notices";
import { t } from "../../../language/language";

/** Mails in archives in mails; a file that holds itself has no end. */
const deepest = 4;

/**
 * The files of an archive, or those that came with a mail, in the order of their paths: they are attached as
 * documents of their own.
 */
export async function filesIn(source: DocumentSource, signal: AbortSignal): Promise<readonly File[]> {
  const depth = source.name.match(/\.(?:zip|eml|msg)\//gi)?.length ?? 0;
  if (depth >= deepest) {
    notify(
      t("Left out: the files in “{name}”, which lies {deepest} deep in others.", {
        name: source.name,
        deepest,
      }),
    );
    return [];
  }
  const { files, leftOut } = await callDocuments("unpack", [source], { signal });
  if (leftOut.length > 0)
    notify(
      t("{archives} inside of others left out, such as “{leftOut}”. Unpack what you need, and attach that.", {
        archives: counted(leftOut.length, "archive"),
        leftOut: leftOut[0]!,
      }),
      { tone: "warning" },
    );
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, file }) => underPath(file, path));
}
