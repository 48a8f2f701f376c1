import { asideReason, originalName, readShardName } from "../../../ground/model-file-names";

/** The files of one model, of those that were picked or dropped together. */
export interface PickedModel {
  readonly file: File;
  /** The other files of a split model, or of one in several safetensors. */
  readonly shards: readonly File[];
  /** From the same folder, config.json, tokenizer.json and the like. */
  readonly companions: readonly File[];
  /** Other models; one is added at a time. */
  readonly others: readonly File[];
  /** Parts of a model that this app runs without. */
  readonly setAside: readonly File[];
  /** The name of the folder that the model was in; absent where it is not known. */
  readonly folder?: string | undefined;
}

/**
 * Sorts files that came together, from one file to a folder with everything in it. Whether the one is a model
 * is found out from its bytes, whatever its name.
 *
 * @returns undefined when there is none
 */
export function sortPicked(files: readonly File[]): PickedModel | undefined {
  const texts = files.filter(({ name }) => /\.(json|jinja)$/i.test(name));
  const weights = files.filter(({ name }) => /\.(gguf|safetensors)$/i.test(name));
  const twice = copiesAmong(weights);
  const setAside = weights.filter((file) => twice.includes(file) || whyAside(file, files) !== undefined);
  const rest = files.filter((file) => !texts.includes(file) && !setAside.includes(file));
  const ggufs = rest.filter(({ name }) => /\.gguf$/i.test(name));
  const named = ggufs.length > 0 ? ggufs : rest.filter(isSafetensors);
  // Only model files count in a folder; a single file may have any name.
  const models = (
    named.length > 0 || setAside.length > 0 ? named : files.length === 1 ? files : rest.slice(0, 1)
  ).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const file = models[0] ?? setAside[0];
  if (!file) return undefined;
  const companions = texts.filter((text) => folderOf(text) === folderOf(file));
  const isIndexed = hasIndex(file, files);
  const isShard = (other: File) =>
    other !== file &&
    folderOf(other) === folderOf(file) &&
    (isIndexed || (stemOf(file) !== undefined && stemOf(other) === stemOf(file)));
  const shards = models.filter(isShard);
  const others = models.filter((other) => other !== file && !shards.includes(other));
  const folder = folderOf(file).split("/").at(-1);
  return {
    file,
    shards,
    companions,
    others,
    setAside: setAside.filter((other) => other !== file),
    ...(folder !== "" && { folder }),
  };
}

/** Says which file has which tensor: all safetensors beside it are one model, whatever their names. */
const indexName = "model.safetensors.index.json";

const hasIndex = (file: File, files: readonly File[]) =>
  isSafetensors(file) &&
  files.some((other) => originalName(other.name) === indexName && folderOf(other) === folderOf(file));

/** Why a file that came with a model is no model; undefined when it may be one, or is a part of one. */
export function whyAside(file: File, files: readonly File[]): string | undefined {
  if (!/\.(gguf|safetensors)$/i.test(file.name)) return undefined;
  // All that an index names is one model; its parts have names of many kinds.
  if (hasIndex(file, files) && !/^adapter/i.test(file.name)) return undefined;
  const weights = files.filter(({ name }) => /\.(gguf|safetensors)$/i.test(name));
  return asideReason(asNamed(file), weights.map(asNamed));
}

const asNamed = ({ name, size }: File) => ({ name, sizeBytes: size });

/**
 * Parts of a split model that are there twice, as a browser renames what it downloads again: of each the
 * largest is kept, as another may have broken off, and of equal ones that with its own name.
 */
function copiesAmong(weights: readonly File[]): readonly File[] {
  const parts = weights.filter(({ name }) => readShardName(name) !== undefined);
  const isBetter = (a: File, b: File) =>
    a.size !== b.size ? a.size > b.size : a.name.length !== b.name.length && a.name.length < b.name.length;
  return parts.filter((file) =>
    parts.some(
      (other) =>
        folderOf(other) === folderOf(file) &&
        originalName(other.name) === originalName(file.name) &&
        isBetter(other, file),
    ),
  );
}

/**
 * Tells whether files are of a folder in which a program keeps models under other names than their own,
 * Ollama's or the hub's cache, or of one with several models.
 */
export const holdsSeveralModels = (files: readonly File[]): boolean =>
  files.some((file) => storedByPrograms.test(pathOf(file))) ||
  (files.every((file) => folderOf(file) !== "") && (sortPicked(files)?.others.length ?? 0) > 0);

const storedByPrograms = /(^|\/)models--[^/]+--[^/]+\/|(^|\/)blobs\/sha256[-:][0-9a-f]{64}$/;

export const isSafetensors = ({ name }: { readonly name: string }): boolean => /\.safetensors$/i.test(name);

/**
 * Tells whether files that were dropped are a model's: one is by its name, or a single one by its first
 * bytes.
 */
export async function holdsModel(files: readonly File[]): Promise<boolean> {
  if (files.some(({ name }) => /\.(gguf|safetensors)$/i.test(name))) return true;
  return files.length === 1 && (await files[0]!.slice(0, 4).text()) === "GGUF";
}

/**
 * The files dropped with a model that are no part of one. What lies in a folder with it belongs to it, and
 * safetensors come with texts of many names.
 */
export const documentsBeside = (files: readonly File[]): readonly File[] =>
  files.length === 1 || files.some(isSafetensors) // a single one is a model by its bytes, whatever its name
    ? []
    : files.filter((file) => folderOf(file) === "" && !/\.(gguf|safetensors|json|jinja)$/i.test(file.name));

/** The stem of "name-00001-of-00003.gguf": "name of 3"; undefined for a file that is not split. */
function stemOf({ name }: File): string | undefined {
  const shard = readShardName(name);
  return shard && `${shard.stem} of ${shard.count}`;
}

/** Paths of files from folders that were dropped; of those that were picked the browser knows. */
const droppedPaths = new WeakMap<File, string>();

/** The file, to be known by this path: that of a file in an archive. */
export function underPath(file: File, path: string): File {
  droppedPaths.set(file, path);
  return file;
}

/** "folder/file.txt", or the name alone. */
export const pathOf = (file: File): string =>
  (droppedPaths.get(file) ?? (file as Partial<File>).webkitRelativePath ?? "").replace(/^\//, "") ||
  file.name; // Node has none

/** The folder's path, with that of those it is in; "" where it is not known. */
function folderOf(file: File): string {
  const path = droppedPaths.get(file) ?? (file as Partial<File>).webkitRelativePath ?? ""; // Node has none
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Returns whether a folder has the file besides what people put there. */
export const isHidden = (path: string): boolean =>
  /(^|\/)(\.[^/]+|node_modules|__pycache__|Thumbs\.db)(\/|$)/.test(path);

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
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    droppedPaths.set(file, entry.fullPath);
    return [file];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: File[] = [];
  for (;;) {
    // A call gives some of them; the last gives none.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return files;
    for (const inner of some)
      if (!isHidden(inner.name) || inner.name === ".gitignore") files.push(...(await filesOfEntry(inner)));
  }
}
