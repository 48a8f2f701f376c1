import { pathOf } from "../../models/picked-files";

/** Files of a folder, or single ones. */
export interface Group {
  /** The folder's name; undefined for files of none. */
  readonly folder: string | undefined;
  readonly files: readonly File[];
}

/** Sorts files that were dropped or picked together by the folder they came in. */
export function groupsOf(files: readonly File[]): readonly Group[] {
  const byFolder = new Map<string | undefined, File[]>();
  for (const file of files) {
    const path = pathOf(file);
    const folder = path.includes("/") ? path.slice(0, path.indexOf("/")) : undefined;
    const same = byFolder.get(folder);
    if (same) same.push(file);
    else byFolder.set(folder, [file]);
  }
  return [...byFolder].map(([folder, ofIt]) => ({ folder, files: ofIt }));
}
