import { StorageError } from "../../ground/errors";
import { counted, formatCount } from "../../ground/figures";
import {
  putInPlace,
  type InPlaceModel,
  type ReadableFolder,
  type ReadableHandle,
} from "../../storage/models/in-place-models";
import { companionsAmong, type FindCompanion } from "../../engine/weights/hub/companions";
import { openPicked, type PickedSource } from "../../engine/weights/bytes/picked-source";
import type { StoredModel, UnfinishedModel } from "../rpc/protocol/model";
import { t, type Sentence } from "../../language/language";

/** Looks at a model's header; its rejection refuses the file. */
type Describe = (
  source: PickedSource,
  fileName: string,
  findCompanion: FindCompanion,
) => Promise<{ readonly name: string }>;

/** A model that was found in a folder which the person picked. */
export interface InFolder {
  /** The name that the program which put it there gives it; its files may be called by their hashes. */
  readonly name?: string | undefined;
  readonly folder?: ReadableFolder | undefined;
}

/**
 * Keeps where a model's files are, after a look at its header. Nothing is copied but the texts beside it.
 *
 * @throws StorageError as {@link openInPlace}, what `describe` throws, and what the browser says when it
 *   keeps no handles
 */
export async function addInPlace(
  handles: readonly ReadableHandle[],
  beside: readonly File[],
  describe: Describe,
  { name: givenName, folder }: InFolder = {},
): Promise<StoredModel> {
  const files = await readableFiles(handles);
  const source = openFiles(files);
  const companions: Record<string, string> = {};
  const findBeside = companionsAmong(beside);
  const { name } = await describe(source, source.fileName, async (companion) => {
    const text = await findBeside(companion);
    if (text !== undefined) companions[companion] = text;
    return text;
  });
  const changedAt = files.map(({ lastModified }) => lastModified);
  const model: InPlaceModel = {
    id: `in-place:${source.fileName}:${source.sizeBytes}:${changedAt[0]}`,
    name: givenName ?? name,
    sizeBytes: source.sizeBytes,
    handles,
    ...(folder && { folder }),
    changedAt,
    companions,
    addedAt: Date.now(),
    lastUsedAt: null,
  };
  await putInPlace(model);
  return inPlaceAsStored(model);
}

/**
 * Opens a model where its files are.
 *
 * @throws StorageError "permission" when the person has to allow it again, which takes a click on the page;
 *   "storage" when a file is gone or has changed
 */
export async function openInPlace({ handles, changedAt, sizeBytes }: InPlaceModel): Promise<PickedSource> {
  const files = await readableFiles(handles);
  const source = openFiles(files);
  if (source.sizeBytes !== sizeBytes)
    throw replaced(
      t("“{fileName}” has {bytes} now; it had {sizeBytes} when it was added.", {
        fileName: source.fileName,
        bytes: counted(source.sizeBytes, "byte"),
        sizeBytes: formatCount(sizeBytes),
      }),
    );
  // Files of the same length may hold other weights: what was read with them and kept would not fit.
  const changed = files.find(({ lastModified }, i) => lastModified !== (changedAt?.[i] ?? lastModified));
  if (changed) throw replaced(t("“{name}” has changed since it was added.", { name: changed.name }));
  return source;
}

const replaced = (message: Sentence) =>
  new StorageError("storage", message, {
    hint: t("It was replaced. Remove it from the list, then add it again."),
  });

export function inPlaceAsStored(model: InPlaceModel): StoredModel {
  const { id, name, sizeBytes, addedAt, lastUsedAt, handles } = model;
  const fileName = handles[0]!.name;
  return { id, name, fileName, sizeBytes, origin: { kind: "in-place", fileName }, addedAt, lastUsedAt };
}

/** Stands for a model whose record is damaged: where it is is lost, and it takes no room here. */
export const damagedInPlace = (id: string): UnfinishedModel => ({
  id,
  name: t("Damaged model"),
  fileName: id,
  sizeBytes: 0,
  origin: { kind: "in-place", fileName: id },
  addedAt: 0,
  lastUsedAt: null,
  receivedBytes: 0,
  isActive: false,
  isDamaged: true,
});

function openFiles(files: readonly File[]): PickedSource {
  const [file, ...shards] = files;
  return openPicked({ file: file!, shards });
}

/** The files as they are now. @throws as {@link openInPlace} */
export const filesInPlace = ({ handles }: InPlaceModel): Promise<File[]> => readableFiles(handles);

async function readableFiles(handles: readonly ReadableHandle[]): Promise<File[]> {
  for (const handle of handles) {
    const permission = (await handle.queryPermission?.({ mode: "read" })) ?? "granted";
    if (permission === "granted") continue;
    throw new StorageError(
      "permission",
      t("The browser asks you again before “{name}” is read.", { name: handle.name }),
      {
        hint: t("Allow it, and the model is loaded from where it lies on your disk."),
      },
    );
  }
  return Promise.all(handles.map(fileOf));
}

async function fileOf(handle: ReadableHandle): Promise<File> {
  try {
    return await handle.getFile();
  } catch (cause) {
    throw new StorageError("storage", t("“{name}” is not where it was.", { name: handle.name }), {
      hint: t(
        "It was moved, renamed or deleted, or its disk is not connected. Add it again from where it is now.",
      ),
      cause,
    });
  }
}
