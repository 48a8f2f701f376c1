import { create } from "zustand";
import { isPersisted, readRoom, type Room } from "../../../storage/quota";
import type { WireError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { ModelId, StoredModel, UnfinishedModel } from "../../../worker/rpc/protocol/model";
import type { StoredReadings } from "../../../worker/rpc/protocol/reading";
import { refreshModels } from "./models";
import { notify } from "../notices";
import { sortPicked } from "./picked-files";
import { openDialog } from "../view";
import { asWireError } from "../wire-error";
import { t } from "../../../language/language";

/** The state of a check of a model's stored bytes. */
export type Check =
  | { readonly phase: "checking" | "repairing"; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly phase: "sound"; readonly nParts: number; readonly nUnknown: number }
  | { readonly phase: "damaged"; readonly nParts: number; readonly damagedParts: readonly number[] }
  | { readonly phase: "failed"; readonly error: WireError };

interface StorageState {
  readonly checks: Readonly<Record<ModelId, Check>>;
  /** `null` where the browser does not say. */
  readonly room: Room | null;
  readonly isPersisted: boolean;
  /** `null` until it is known. */
  readonly storedReadings: StoredReadings | null;
}

export const useStorage = create<StorageState>(() => ({
  checks: {},
  room: null,
  isPersisted: false,
  storedReadings: null,
}));

const setCheck = (id: ModelId, check: Check) =>
  useStorage.setState(({ checks }) => ({ checks: { ...checks, [id]: check } }));

/** Shows the storage panel with what is stored now. */
export async function openStorage(): Promise<void> {
  openDialog({ kind: "storage" });
  await refreshModels();
  await Promise.all([refreshRoom(), refreshReadings()]);
}

async function refreshRoom(): Promise<void> {
  useStorage.setState({ room: (await readRoom()) ?? null, isPersisted: await isPersisted() });
}

async function refreshReadings(): Promise<void> {
  try {
    useStorage.setState({ storedReadings: await engine.call("storedReadings", []) });
  } catch {
    useStorage.setState({ storedReadings: null }); // where nothing can be stored, there is nothing to show
  }
}

/** Deletes what was saved of reading these chats; the chats stay, and are read again when they go on. */
export async function forgetReading(chatIds: readonly string[]): Promise<void> {
  await changeReadings(() => engine.call("forgetChats", [chatIds]));
}

/** Sets how much saved reading may take; what does not fit is deleted at once. */
export async function limitStoredReading(bytes: number): Promise<void> {
  await changeReadings(() => engine.call("limitStoredReading", [bytes]));
}

async function changeReadings(change: () => Promise<void>): Promise<void> {
  try {
    await change();
    await Promise.all([refreshRoom(), refreshReadings()]);
  } catch (cause) {
    const { message, hint } = asWireError(cause);
    notify(`${message} ${hint}`, { tone: "warning", stays: true });
  }
}

/** Compares every part with the hash it had when it was written. */
export async function verifyModel({ id, sizeBytes }: StoredModel): Promise<void> {
  setCheck(id, { phase: "checking", doneBytes: 0, totalBytes: sizeBytes });
  try {
    const { nParts, damagedParts, nUnknown } = await engine.call("verifyModel", [id], {
      onProgress: ({ checkedBytes, totalBytes }) =>
        setCheck(id, { phase: "checking", doneBytes: checkedBytes, totalBytes }),
    });
    setCheck(
      id,
      damagedParts.length > 0
        ? { phase: "damaged", nParts, damagedParts }
        : { phase: "sound", nParts, nUnknown },
    );
  } catch (cause) {
    setCheck(id, { phase: "failed", error: asWireError(cause) });
  }
}

/**
 * Gets the parts that were found damaged, and no others; then compares all again.
 *
 * @param picked  of a model that was copied from files, those files again
 */
export async function repairModel(model: StoredModel, picked: readonly File[] = []): Promise<void> {
  const check = useStorage.getState().checks[model.id];
  if (check?.phase !== "damaged") return;
  setCheck(model.id, { phase: "repairing", doneBytes: 0, totalBytes: model.sizeBytes });
  try {
    const again = sortPicked(picked);
    const source = again && ({ kind: "file", file: again.file, shards: again.shards } as const);
    await engine.call(
      "repairModel",
      source ? [model.id, check.damagedParts, source] : [model.id, check.damagedParts],
      {
        onProgress: ({ receivedBytes, totalBytes }) =>
          setCheck(model.id, { phase: "repairing", doneBytes: receivedBytes, totalBytes }),
      },
    );
  } catch (cause) {
    return setCheck(model.id, { phase: "failed", error: asWireError(cause) });
  }
  await verifyModel(model);
}

/** Deletes what has come of a model whose storing was interrupted. */
export async function discardUnfinished({ id, name }: UnfinishedModel): Promise<void> {
  try {
    await engine.call("deleteModel", [id]);
    await refreshModels();
  } catch (cause) {
    const { message, hint } = asWireError(cause);
    notify(t("“{name}” could not be deleted. {message} {hint}", { name, message, hint }), {
      tone: "warning",
      stays: true,
    });
  }
}
