import { StorageError } from "../ground/errors";
import { formatBytes } from "../ground/figures";
import { t } from "../language/language";

let asked: Promise<boolean> | undefined;

/**
 * Asks the browser, once, not to clear what this site has stored when the disk fills up. Some browsers ask
 * the person.
 *
 * @returns whether it agreed
 */
export function keepStoredData(): Promise<boolean> {
  asked ??= persist();
  return asked;
}

async function persist(): Promise<boolean> {
  try {
    return (await storageManager()?.persist()) ?? false;
  } catch {
    return false; // a browser that refuses by throwing: the data is stored all the same
  }
}

/**
 * @throws StorageError "storage-full" when the browser says that `sizeBytes` more do not fit; if it says
 *   nothing, tries
 */
export async function checkRoom(fileName: string, sizeBytes: number): Promise<void> {
  const room = await readRoom();
  if (room && sizeBytes > room.freeBytes) throw fullError(fileName, sizeBytes, room);
}

/** The error for a write that failed with `cause`. */
export async function writeError(fileName: string, sizeBytes: number, cause: unknown): Promise<StorageError> {
  if (!isQuotaError(cause)) {
    return new StorageError(
      "storage",
      t("“{fileName}” could not be stored: {describe}", { fileName, describe: describe(cause) }),
      {
        hint: t(
          "Reload the page and try again. In a private window, or with site data blocked, models can not be kept.",
        ),
        cause,
      },
    );
  }
  return fullError(fileName, sizeBytes, await readRoom(), cause);
}

export interface Room {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  readonly freeBytes: number;
  /** Bytes of the app's own files; 0 where the browser does not say. */
  readonly appBytes: number;
}

/** Chromium's estimate tells what takes the room; the standard's does not. */
interface DetailedEstimate extends StorageEstimate {
  readonly usageDetails?: { readonly caches?: number; readonly serviceWorkerRegistrations?: number };
}

/**
 * Tells whether the browser keeps what is stored until the person deletes it; if not, it may clear it when
 * the disk fills up.
 */
export async function isPersisted(): Promise<boolean> {
  try {
    return (await storageManager()?.persisted()) ?? false;
  } catch {
    return false; // site data is blocked
  }
}

/** The room that the browser grants this site; undefined where it does not say. */
export async function readRoom(): Promise<Room | undefined> {
  const {
    usage,
    quota,
    usageDetails: { caches = 0, serviceWorkerRegistrations = 0 } = {},
  } = await estimate();
  if (usage === undefined || quota === undefined) return undefined;
  const appBytes = caches + serviceWorkerRegistrations;
  return { usedBytes: usage, quotaBytes: quota, freeBytes: Math.max(0, quota - usage), appBytes };
}

async function estimate(): Promise<DetailedEstimate> {
  try {
    return (await storageManager()?.estimate()) ?? {};
  } catch {
    return {}; // site data is blocked
  }
}

function fullError(fileName: string, sizeBytes: number, room?: Room, cause?: unknown): StorageError {
  const granted = room
    ? t(" This site may store {quotaBytes} and uses {usedBytes} of it.", {
        quotaBytes: formatBytes(room.quotaBytes),
        usedBytes: formatBytes(room.usedBytes),
      })
    : "";
  // The browser can say that it grants more than the disk has.
  const refusal =
    cause === undefined ? "" : t(" The browser refused to store more: the disk is full, or nearly.");
  return new StorageError(
    "storage-full",
    t("“{fileName}” needs {sizeBytes}.{refusal}{granted}", {
      fileName,
      sizeBytes: formatBytes(sizeBytes),
      refusal,
      granted,
    }),
    {
      hint: t(
        "Delete a stored model, or free space on the disk, then try again. What has come so far is kept, and goes on from there.",
      ),
      cause,
    },
  );
}

// By name: in some browsers it is no longer a DOMException but an error class of its own.
const isQuotaError = (cause: unknown) => cause instanceof Error && cause.name === "QuotaExceededError";
const describe = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

/** Absent in Node and on pages served without https. */
function storageManager(): StorageManager | undefined {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.storage;
}
