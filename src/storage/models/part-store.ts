import type { CopiedOrigin } from "../../ground/model-origin";
import { promisifyRequest } from "idb-keyval";
import { openStore } from "../memory/open-store";
import { isCount, isListOf, isNumber, isObject, isString } from "../../ground/record-checks";

/** The record of a stored file, apart from its bytes. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  /** The bytes of every part but the last, which holds the rest. */
  readonly partBytes: number;
  /** The files of a model in several, which lie behind one another in the parts. */
  readonly files?: readonly { readonly name: string; readonly sizeBytes: number }[];
  readonly origin: CopiedOrigin;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  readonly lastUsedAt: number | null;
  /** False while it is being written, and where that was interrupted: its parts are then taken up again. */
  readonly isComplete: boolean;
  /** The server's name for the state of the file that these parts are of; null where it gives none. */
  readonly version?: string | null;
  /** True for an incomplete file that was looked at and is wanted, so that resuming need not do so again. */
  readonly isDescribed?: boolean;
  /**
   * For an incomplete file: how many parts from the first on went into its hash, and the hash's state after
   * them.
   */
  readonly hashed?: { readonly parts: number; readonly state: Uint8Array<ArrayBuffer> | null } | undefined;
}

/**
 * Files as parts, kept from visit to visit. Everything about where the bytes lie is behind this interface, so
 * that measurement can change it.
 */
export interface PartStore {
  /** Those whose records are whole. */
  files(): Promise<readonly StoredFile[]>;
  /**
   * The ids of files whose records are not what they should be. Nothing is known of such a file but that; its
   * parts may be there.
   */
  damagedIds(): Promise<readonly string[]>;
  putFile(file: StoredFile): Promise<void>;
  /** An unknown id changes nothing. */
  changeFile(id: string, changes: Partial<StoredFile>): Promise<void>;
  /** Rejects when the part is not there. */
  part(id: string, index: number): Promise<Blob>;
  /**
   * SHA-256 in hexadecimal of the part as it was when it was written; undefined when there is no such part,
   * or it has none.
   */
  partHash(id: string, index: number): Promise<string | undefined>;
  /** Which parts are there, in order. */
  partIndexes(id: string): Promise<readonly number[]>;
  putPart(id: string, index: number, bytes: Blob, sha256?: string): Promise<void>;
  /** Removes parts [first, end) alone. */
  removeParts(id: string, first: number, end: number): Promise<void>;
  /** A text kept with the file; undefined when there is none of that name. */
  companion(id: string, name: string): Promise<string | undefined>;
  companions(id: string): Promise<Companions>;
  putCompanions(id: string, texts: Companions): Promise<void>;
  /** The file with all its parts and companions, or nothing of it; of an unknown id, nothing. */
  remove(id: string): Promise<void>;
}

/** Texts that belong to a file and came beside it, by name. */
export type Companions = Readonly<Record<string, string>>;

interface PartRecord {
  readonly bytes: Blob;
  /** Parts written by the first version have none. */
  readonly sha256?: string;
}

const fileKey = (id: string) => ["file", id];
const partKey = (id: string, index: number): [string, string, number] => ["part", id, index];
const companionKey = (id: string, name: string) => ["companion", id, name];
/** All keys that begin with these: arrays sort after numbers and strings. */
const keysUnder = (...start: string[]) => IDBKeyRange.bound(start, [...start, []]);

/** Returns whether a record is the whole file of that id. */
function isFile(record: unknown, id: string | undefined): record is StoredFile {
  if (!isObject(record) || record["id"] !== id) return false;
  const { name, fileName, sizeBytes, partBytes, files, origin, lastUsedAt, version, hashed } = record;
  return (
    [id, name, fileName].every(isString) &&
    isCount(sizeBytes) &&
    isCount(partBytes) &&
    partBytes > 0 &&
    (files === undefined || isListOf(files, (file) => isSized(file) && isString(file["name"]))) &&
    isOrigin(origin) &&
    isNumber(record["addedAt"]) &&
    (lastUsedAt === null || isNumber(lastUsedAt)) &&
    typeof record["isComplete"] === "boolean" &&
    (version == null || isString(version)) &&
    (hashed === undefined || isHashed(hashed))
  );
}

const isSized = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && isCount(value["sizeBytes"]);

const isHashed = (value: unknown): boolean =>
  isObject(value) &&
  isCount(value["parts"]) &&
  (value["state"] === null || value["state"] instanceof Uint8Array);

function isOrigin(value: unknown): value is CopiedOrigin {
  if (!isObject(value)) return false;
  const origin = value as unknown as CopiedOrigin;
  switch (origin.kind) {
    case "bundled":
      return isString(origin.url);
    case "url":
      return isString(origin.url) && isHash(origin.sha256);
    case "file":
      return isString(origin.fileName);
    case "hub":
      return (
        [origin.hubUrl, origin.repo, origin.revision, origin.branch].every(isString) &&
        isListOf(origin.files, (file) => isSized(file) && isString(file["path"]) && isHash(file["sha256"]))
      );
    default:
      origin satisfies never;
      return false;
  }
}

/** Not every publisher gives one. */
const isHash = (value: unknown): boolean => value === undefined || isString(value);

/** The store in IndexedDB. Its errors are IndexedDB's own. */
export function openPartStore(databaseName = "models"): PartStore {
  const store = openStore(databaseName, "models");

  const change = (edit: (store: IDBObjectStore) => void) =>
    store("readwrite", (objects) => {
      edit(objects);
      return promisifyRequest(objects.transaction);
    });

  const fileRecords = () =>
    store("readonly", async (objects) => {
      const range = keysUnder("file");
      const [keys, records] = await Promise.all([
        promisifyRequest(objects.getAllKeys(range)) as Promise<ReturnType<typeof fileKey>[]>,
        promisifyRequest(objects.getAll(range)) as Promise<unknown[]>,
      ]);
      return keys.map(([, id], i) => ({ id, record: records[i] }));
    });

  const partRecord = (id: string, index: number) =>
    store("readonly", (objects) =>
      promisifyRequest(objects.get(partKey(id, index)) as IDBRequest<PartRecord | undefined>),
    );

  return {
    files: async () =>
      (await fileRecords()).flatMap(({ id, record }) => (isFile(record, id) ? [record] : [])),
    damagedIds: async () =>
      (await fileRecords()).flatMap(({ id, record }) => (isString(id) && !isFile(record, id) ? [id] : [])),
    putFile: (file) => change((objects) => objects.put(file, fileKey(file.id))),
    changeFile: (id, changes) =>
      change((objects) => {
        const request: IDBRequest<unknown> = objects.get(fileKey(id));
        request.onsuccess = () => {
          // One that came back damaged may be whole the next time: it is not written over.
          if (isFile(request.result, id)) objects.put({ ...request.result, ...changes }, fileKey(id));
        };
      }),
    part: async (id, index) => {
      const record = await partRecord(id, index);
      if (record === undefined) throw new Error(`part ${index} is missing`);
      return record.bytes;
    },
    partHash: async (id, index) => (await partRecord(id, index))?.sha256,
    partIndexes: async (id) => {
      const keys = await store("readonly", (objects) =>
        promisifyRequest(objects.getAllKeys(keysUnder("part", id))),
      );
      return keys.map((key) => (key as ReturnType<typeof partKey>)[2]);
    },
    putPart: (id, index, bytes, sha256) =>
      change((objects) => {
        const record: PartRecord = { bytes, ...(sha256 !== undefined && { sha256 }) };
        objects.put(record, partKey(id, index));
      }),
    removeParts: (id, first, end) =>
      change((objects) =>
        objects.delete(IDBKeyRange.bound(partKey(id, first), partKey(id, end), false, true)),
      ),
    companion: (id, name) =>
      store("readonly", (objects) =>
        promisifyRequest(objects.get(companionKey(id, name)) as IDBRequest<string | undefined>),
      ),
    companions: (id) =>
      store("readonly", async (objects) => {
        const range = keysUnder("companion", id);
        const [keys, texts] = await Promise.all([
          promisifyRequest(objects.getAllKeys(range)),
          promisifyRequest(objects.getAll(range) as IDBRequest<string[]>),
        ]);
        return Object.fromEntries(
          keys.map((key, i) => [(key as ReturnType<typeof companionKey>)[2]!, texts[i]!]),
        );
      }),
    putCompanions: (id, texts) =>
      change((objects) => {
        for (const [name, text] of Object.entries(texts)) objects.put(text, companionKey(id, name));
      }),
    remove: (id) =>
      change((objects) => {
        objects.delete(fileKey(id));
        objects.delete(keysUnder("part", id));
        objects.delete(keysUnder("companion", id));
      }),
  };
}
