import type { DocumentSource } from "../../../documents/protocol";
import { counted } from "../../../ground/figures";
import { isHidden, pathOf } from "../models/picked-files";
import { notify } from "../notices";
import { asWireError } from "../wire-error";
import { readFile } from "./attachments";
import type { FolderKind } from "./folders/attached-folder";
import { groupsOf } from "./folders/groups";

/** Single files up to here have a row each; more than a screen of rows is looked at as a folder is. */
const mostRows = 20;

/**
 * Attaches files. Those of a folder, an archive or a mail stand together: what can be read and fits is
 * attached, and can be chosen otherwise. No number of files is too large, only one of tokens.
 */
export function attachFiles(files: readonly File[]): void {
  for (const { folder, files: ofIt } of groupsOf(files)) {
    if (folder !== undefined) sayFailure(attachTogether(folder, "folder", ofIt));
    else if (ofIt.length > mostRows) sayFailure(attachTogether(counted(ofIt.length, "file"), "files", ofIt));
    else
      for (const file of ofIt.filter((one) => !isHidden(pathOf(one))))
        readFile({ kind: "file", file, name: pathOf(file) }, (source, kind) =>
          sayFailure(unpack(source, kind)),
        );
  }
}

/** Says why files are not attached: the reader of folders, loaded with the first one, may not come. */
const sayFailure = (work: Promise<void>) =>
  void work.catch((cause: unknown) => {
    const { message, hint } = asWireError(cause);
    notify(`${message} ${hint}`, { tone: "warning", stays: true });
  });

async function attachTogether(name: string, kind: FolderKind, files: readonly File[]): Promise<void> {
  const { attachFolder } = await import("./folders/folder-reader");
  await attachFolder(name, kind, () => Promise.resolve({ files, tooDeep: [] }));
}

/** Attaches the files in an archive or a mail. */
async function unpack(source: DocumentSource, kind: FolderKind): Promise<void> {
  const { attachFolder } = await import("./folders/folder-reader");
  const { filesIn } = await import("./folders/files-in");
  await attachFolder(source.name, kind, (signal) => filesIn(source, signal));
}
