import { delMany, entries, get, set } from "idb-keyval";
import { isCount, isListOf, isMapOf, isNumber, isObject, isString } from "../../ground/record-checks";
import { openStore } from "../memory/open-store";

/** A file that the person let the page read where it lies, and what asks whether it still may. */
export interface ReadableHandle extends Pick<FileSystemFileHandle, "name" | "getFile"> {
  /** Only in browsers that have a file picker for pages; others copy. */
  queryPermission?(options: { mode: "read" }): Promise<PermissionState>;
  requestPermission?(options: { mode: "read" }): Promise<PermissionState>;
}

/** A folder that was picked, which gives leave to read everything in it. */
export type ReadableFolder = Pick<ReadableHandle, "name" | "queryPermission" | "requestPermission">;

/**
 * A model that is not copied: its files stay where they are, and a browser that is closed asks again before
 * they are read.
 */
export interface InPlaceModel {
  readonly id: string;
  readonly name: string;
  /** The bytes of all its files together, when it was added. */
  readonly sizeBytes: number;
  /** One, or the files of a split model. */
  readonly handles: readonly ReadableHandle[];
  /** The folder that was picked, where it was not the files themselves: asked once for all of them. */
  readonly folder?: ReadableFolder | undefined;
  /** When each of them was last changed, milliseconds since 1970; absent in records of before 2026-11-27. */
  readonly changedAt?: readonly number[];
  /** Texts that were beside it, such as tokenizer.json. */
  readonly companions: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  readonly lastUsedAt: number | null;
}

// Handles can be kept in IndexedDB alone. A database of its own: nothing here has parts to check or repair.
const store = () => openStore("in-place", "models");

/** Those whose records are whole. */
export async function listInPlace(): Promise<InPlaceModel[]> {
  const records = await entries<IDBValidKey, unknown>(store());
  return records.flatMap(([id, record]) => (isInPlace(record, id) ? [record] : []));
}

/** The ids of models whose records are not what they should be: where those models are is lost. */
export async function listDamagedInPlace(): Promise<string[]> {
  const records = await entries<IDBValidKey, unknown>(store());
  return records.flatMap(([id, record]) => (isString(id) && !isInPlace(record, id) ? [id] : []));
}

export async function findInPlace(id: string): Promise<InPlaceModel | undefined> {
  const record: unknown = await get(id, store());
  return isInPlace(record, id) ? record : undefined;
}

export const putInPlace = (model: InPlaceModel): Promise<void> => set(model.id, model, store());

/** An unknown id changes nothing, nor does a record that is damaged. */
export async function touchInPlace(id: string): Promise<void> {
  const model = await findInPlace(id);
  if (model) await putInPlace({ ...model, lastUsedAt: Date.now() });
}

/** Forgets where the model is; its files stay. */
export const removeInPlace = (id: string): Promise<void> => delMany([id], store());

/** Returns whether a record is the whole model of that id. */
function isInPlace(record: unknown, id: IDBValidKey): record is InPlaceModel {
  if (!isObject(record) || record["id"] !== id) return false;
  const { name, sizeBytes, handles, changedAt, companions, addedAt, lastUsedAt, folder } = record;
  return (
    [id, name].every(isString) &&
    isCount(sizeBytes) &&
    isListOf(handles, (handle) => isObject(handle) && isString(handle["name"])) &&
    handles.length > 0 &&
    (folder === undefined || isObject(folder)) &&
    (changedAt === undefined || isListOf(changedAt, isNumber)) &&
    isMapOf(companions, isString) &&
    isNumber(addedAt) &&
    (lastUsedAt === null || isNumber(lastUsedAt))
  );
}
