import { create } from "zustand";
import type { WireError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { DiskFile, DiskListing, DiskModel } from "../../../worker/rpc/protocol/disk";
import { asWireError } from "../wire-error";
import { addModel, failToAdd, refreshModels, switchToModel, tellAdded } from "./models";
import { isSafetensors, pathOf } from "./picked-files";

/** A folder with models that the person picked. */
export type DiskLook =
  | { readonly phase: "none" }
  | { readonly phase: "looking"; readonly folder: string; readonly nFiles: number }
  | {
      readonly phase: "found";
      readonly folder: string;
      readonly listing: DiskListing;
      /** The browser lets the page read them where they lie. */
      readonly isInPlace: boolean;
    }
  | { readonly phase: "failed"; readonly folder: string; readonly error: WireError };

export const useDisk = create<{ readonly look: DiskLook }>(() => ({ look: { phase: "none" } }));

const show = (look: DiskLook) => useDisk.setState({ look });

type FolderPicker = () => Promise<FileSystemDirectoryHandle>;
const browser = globalThis as { showDirectoryPicker?: FolderPicker };

/** True when the browser lets a page read a folder where it lies. */
export const canUseFolderInPlace = "showDirectoryPicker" in globalThis;

// Files and handles are no plain data, so not in the store.
let picked: {
  readonly files: ReadonlyMap<string, DiskFile>;
  readonly folder?: FileSystemDirectoryHandle;
} = { files: new Map() };

/** The search under way; another one ends it. */
let search: AbortController | null = null;

/** Lets the person pick a folder, and lists the models in it, to be read where they lie. */
export async function pickDiskFolder(): Promise<void> {
  let folder: FileSystemDirectoryHandle;
  try {
    folder = await browser.showDirectoryPicker!();
  } catch {
    return; // the person closed the picker
  }
  await listFolder(folder);
}

/** Lists the models of a folder that the page has a handle of. */
export async function listFolder(folder: FileSystemDirectoryHandle): Promise<void> {
  search?.abort();
  const mine = (search = new AbortController());
  const files: DiskFile[] = [];
  show({ phase: "looking", folder: folder.name, nFiles: 0 });
  try {
    for await (const file of filesUnder(folder, folder.name)) {
      if (mine.signal.aborted) return;
      files.push(file);
      if (files.length % 500 === 0) show({ phase: "looking", folder: folder.name, nFiles: files.length });
    }
    await list(files, folder.name, folder);
  } catch (cause) {
    if (!mine.signal.aborted) show({ phase: "failed", folder: folder.name, error: asWireError(cause) });
  }
}

/** Lists the models of a folder whose files the browser gave: those are copied. */
export async function listFiles(files: readonly File[]): Promise<void> {
  search?.abort();
  search = new AbortController();
  const folder = pathOf(files[0]!).split("/")[0]!;
  try {
    await list(
      files.map((file) => ({ path: pathOf(file), file })),
      folder,
    );
  } catch (cause) {
    show({ phase: "failed", folder, error: asWireError(cause) });
  }
}

async function list(
  files: readonly DiskFile[],
  name: string,
  folder?: FileSystemDirectoryHandle,
): Promise<void> {
  const mine = search;
  show({ phase: "looking", folder: name, nFiles: files.length });
  const listing = await engine.call("listDisk", [files.filter(({ path }) => mayMatter(path))]);
  if (mine !== search) return;
  picked = { files: new Map(files.map((file) => [file.path, file])), ...(folder && { folder }) };
  show({ phase: "found", folder: name, listing, isInPlace: folder !== undefined });
}

/** Puts the list away, or ends the search. */
export function closeDisk(): void {
  search?.abort();
  search = null;
  picked = { files: new Map() };
  show({ phase: "none" });
}

/** Uses a model of the list: where it lies, or a copy where the browser does not allow that. */
export async function addDiskModel(model: DiskModel): Promise<void> {
  const { files, folder } = picked;
  const all = [...model.files, ...model.companions].map((path) => files.get(path)!.file);
  const [weights, companions] = [all.slice(0, model.files.length), all.slice(model.files.length)];
  if (!folder) return copy(model, weights as File[], companions as File[]);
  try {
    const handles = weights as FileSystemFileHandle[];
    const beside = await Promise.all(
      (companions as FileSystemFileHandle[]).map((handle) => handle.getFile()),
    );
    const stored = await engine.call("addInPlace", [handles, beside, { name: model.name, folder }]);
    await refreshModels();
    tellAdded(stored);
    await switchToModel(stored);
  } catch (cause) {
    failToAdd(model.name, asWireError(cause));
  }
}

async function copy(model: DiskModel, weights: readonly File[], companions: readonly File[]): Promise<void> {
  const isHash = /^(?:sha256[-:])?[0-9a-f]{40,64}$/.test(weights[0]!.name);
  // A model that is called by its hash would keep that name.
  const named = isHash
    ? weights.map((file, i) => new File([file], fileNameOf(model.name, i, weights.length), file))
    : weights;
  const [file, ...shards] = named;
  const folder = isSafetensors(file!) ? { folder: model.name } : {};
  await addModel({ kind: "file", file: file!, shards, companions, ...folder }, model.name, "files");
}

const fileNameOf = (name: string, index: number, count: number) =>
  `${name.replace(/[\\/:*?"<>|]+/g, "-")}${count > 1 ? `-${index + 1}-of-${count}` : ""}.gguf`;

/** Files of models, and of what tells of them: not the rest of a folder, of which there may be very much. */
const mayMatter = (path: string) =>
  /\.(gguf|safetensors|json|jinja)$|(^|\/)(manifests|blobs|models--[^/]+)\/|(^|\/)(sha256[-:])?[0-9a-f]{64}$/i.test(
    path,
  );

/** Files below a folder; folders without leave to be read are passed over. */
async function* filesUnder(folder: FileSystemDirectoryHandle, path: string): AsyncGenerator<DiskFile> {
  const entries = (folder as unknown as { values(): AsyncIterable<FileSystemHandle> }).values();
  for await (const entry of entries) {
    const inner = `${path}/${entry.name}`;
    if (entry.kind === "file") yield { path: inner, file: entry as FileSystemFileHandle };
    else if (!skipped.test(entry.name)) yield* filesUnder(entry as FileSystemDirectoryHandle, inner);
  }
}

const skipped = /^(node_modules|\.git|\.locks|__pycache__)$/;
