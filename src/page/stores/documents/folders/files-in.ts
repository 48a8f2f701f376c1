import { callDocuments } from "../../../../documents/client";
import type { DocumentSource, IgnoreFile } from "../../../../documents/protocol";
import { pathOf, underPath } from "../../models/picked-files";

/** Mails in archives in mails; a file that holds itself has no end. */
const deepest = 4;

export interface FilesOfFolder {
  readonly files: readonly File[];
  /** Paths of what lies too deep in others to be unpacked. */
  readonly tooDeep: readonly string[];
}

/** The files of an archive, or those that came with a mail, in the order of their paths. */
export async function filesIn(source: DocumentSource, signal: AbortSignal): Promise<FilesOfFolder> {
  const depth = source.name.match(/\.(?:zip|eml|msg|mbox)\//gi)?.length ?? 0;
  if (depth >= deepest) return { files: [], tooDeep: [`${source.name}/…`] };
  const { files, leftOut } = await callDocuments("unpack", [source], { signal });
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { files: sorted.map(({ path, file }) => underPath(file, path)), tooDeep: leftOut };
}

/** The texts of the .gitignore files among some. */
export function ignoreFilesOf(files: readonly File[]): Promise<readonly IgnoreFile[]> {
  return Promise.all(
    files
      .filter(({ name }) => name === ".gitignore")
      .map(async (file) => ({
        folder: pathOf(file).replace(/\/?[^/]*$/, ""),
        text: await file.text(),
      })),
  );
}
