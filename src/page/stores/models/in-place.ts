import { findInPlace } from "../../../storage/models/in-place-models";
import { engine } from "../../../worker/rpc/client";
import type { StoredModel } from "../../../worker/rpc/protocol/model";
import { attachOrOffer } from "../carry/attach-or-offer";
import { attachFiles } from "../documents/attach-files";
import {
  addModelFiles,
  failToAdd,
  refreshModels,
  refuseFiles,
  switchToModel,
  tellAdded,
  tellLeftOut,
} from "./models";
import { documentsBeside, filesOfDrop, holdsModel, holdsSeveralModels, sortPicked } from "./picked-files";
import { openModels } from "./plans";
import { useView } from "../view";
import { asWireError } from "../wire-error";

type Picker = (options: { multiple: boolean }) => Promise<FileSystemFileHandle[]>;
const browser = globalThis as { showOpenFilePicker?: Picker };

/** True when the browser lets a page read a file where it lies, also at the next visit. */
export const canUseInPlace = "showOpenFilePicker" in globalThis;

/** Lets the person pick a model, which is then read from where it is. */
export async function pickInPlace(): Promise<void> {
  let handles: FileSystemFileHandle[];
  try {
    handles = await browser.showOpenFilePicker!({ multiple: true });
  } catch {
    return; // the person closed the picker
  }
  await addHandles(handles);
}

/** Not a part of the first paint. */
const loadDisk = () => import("./disk");

/** Adds the model among a folder's files; of several, the person chooses. */
export function addModelFolder(files: readonly File[]): void {
  if (holdsSeveralModels(files)) void loadDisk().then(({ listFiles }) => listFiles(files));
  else addModelFiles(files);
}

/**
 * Adds what was dropped. A folder of several models: they are listed. A model: its files in place where the
 * browser gives their handles, folders and all else by copying. Anything else is documents for the next
 * message.
 */
export async function addDropped(transfer: DataTransfer): Promise<void> {
  // Both have to be asked for before the event has ended.
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  const asked = items.map((item) =>
    "getAsFileSystemHandle" in item
      ? (item as { getAsFileSystemHandle(): Promise<FileSystemHandle | null> }).getAsFileSystemHandle()
      : Promise.resolve(null),
  );
  const files = filesOfDrop(transfer);
  const all = await files;
  if (holdsSeveralModels(all)) {
    openModels(null);
    const { canUseFolderInPlace, listFiles, listFolder } = await loadDisk();
    const [first] = await Promise.all(asked).catch((): (FileSystemHandle | null)[] => []);
    return items.length === 1 && first?.kind === "directory" && canUseFolderInPlace
      ? listFolder(first as FileSystemDirectoryHandle)
      : listFiles(all);
  }
  if (!(await holdsModel(all))) {
    // Over the model panel a file is meant as a model, and is told there to be none.
    return useView.getState().dialog.kind === "models" ? addModelFiles(all) : attachOrOffer(all);
  }
  const documents = documentsBeside(all);
  if (documents.length > 0) attachFiles(documents);
  const handles = await Promise.all(asked).catch((): (FileSystemHandle | null)[] => []);
  const ofFiles = handles.filter((handle) => handle?.kind === "file") as FileSystemFileHandle[];
  const isOfModel = ({ name }: { readonly name: string }) => !documents.some((file) => file.name === name);
  if (canUseInPlace && ofFiles.length > 0 && ofFiles.length === items.length)
    return addHandles(ofFiles.filter(isOfModel));
  addModelFiles(all.filter(isOfModel));
}

async function addHandles(handles: readonly FileSystemFileHandle[]): Promise<void> {
  try {
    const files = await Promise.all(handles.map((handle) => handle.getFile()));
    const picked = sortPicked(files);
    if (!picked) return refuseFiles(files);
    tellLeftOut(picked, files);
    const ofModel = [picked.file, ...picked.shards].map((file) => handles[files.indexOf(file)]!);
    const stored = await engine.call("addInPlace", [ofModel, picked.companions]);
    await refreshModels();
    tellAdded(stored);
    await switchToModel(stored);
  } catch (cause) {
    failToAdd(handles[0]?.name ?? "", asWireError(cause));
  }
}

/** Asks the person, in a click's turn, whether a model's files may be read again, then loads it. */
export async function allowReading(model: StoredModel): Promise<void> {
  const { handles = [], folder } = (await findInPlace(model.id)) ?? {};
  for (const handle of folder ? [folder, ...handles] : handles) {
    if ((await handle.requestPermission?.({ mode: "read" })) === "denied") return;
  }
  await switchToModel(model);
}
