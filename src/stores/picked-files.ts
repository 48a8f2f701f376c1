/** What of the files that were picked or dropped together makes a model. */
export interface PickedModel {
  readonly file: File;
  /** The other files of a split model. */
  readonly shards: readonly File[];
  /** A tokenizer.json and the like. */
  readonly companions: readonly File[];
  /** Other models; one is added at a time. */
  readonly others: readonly File[];
  /** Parts of a model that this app runs without. */
  readonly setAside: readonly File[];
}

/**
 * Sorts files that came together, from one file to a folder with everything in it. Whether the one is a model is found out from its
 * bytes, whatever its name.
 *
 * @returns undefined when there is none
 */
export function sortPicked(files: readonly File[]): PickedModel | undefined {
  const companions = files.filter(({ name }) => /\.(json|jinja)$/i.test(name));
  const setAside = files.filter(({ name }) => /\.gguf$/i.test(name) && /mmproj|imatrix/i.test(name));
  const rest = files.filter((file) => !companions.includes(file) && !setAside.includes(file));
  const named = rest.filter(({ name }) => /\.gguf$/i.test(name));
  // Of a folder only model files count; a single file may have any name.
  const models = (named.length > 0 ? named : files.length === 1 ? files : rest.slice(0, 1)).toSorted(
    (a, b) => (a.name < b.name ? -1 : 1),
  );
  const file = models[0] ?? setAside[0];
  if (!file) return undefined;
  const stem = stemOf(file);
  const shards = models.filter((other) => other !== file && stem !== undefined && stemOf(other) === stem);
  const others = models.filter((other) => other !== file && !shards.includes(other));
  return { file, shards, companions, others, setAside: setAside.filter((other) => other !== file) };
}

/** Of "name-00001-of-00003.gguf": "name of 00003"; undefined for a file that is not split. */
function stemOf({ name }: File): string | undefined {
  const match = /^(.*)-\d{5}-of-(\d{5})\.gguf$/i.exec(name);
  return match ? `${match[1]!} of ${match[2]!}` : undefined;
}

/** The files of what was dropped, those of folders too. To be called before the drop event has ended. */
export async function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  if (entries.every(({ isDirectory }) => !isDirectory)) return [...transfer.files];
  const found = await Promise.all(entries.map(filesOfEntry));
  return found.flat();
}

async function filesOfEntry(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile)
    return [
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    ];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: File[] = [];
  for (;;) {
    // A call gives some of them; the last gives none.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return files;
    for (const inner of some) if (inner.isFile) files.push(...(await filesOfEntry(inner)));
  }
}
