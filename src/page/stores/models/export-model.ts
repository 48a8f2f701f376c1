import type { StoredModel } from "../../../worker/rpc/protocol/model";
import { notify } from "../notices";
import { saveFile } from "../save-file";
import { asWireError } from "../wire-error";
import { t } from "../../../language/language";

/** Chromium's; not in TypeScript's library yet. */
interface PickerScope {
  readonly showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
  readonly showDirectoryPicker?: (options: { mode: "readwrite" }) => Promise<FileSystemDirectoryHandle>;
}

const browser = globalThis as PickerScope;

/**
 * Writes a model's files, as they came, to a place the person chooses: one file, or a new folder for a split
 * model and for one with texts beside it. Where the browser offers no choice, they go among the downloads.
 * The bytes go from storage to disk without passing through the page's memory.
 */
export async function exportModel({ id, name }: StoredModel): Promise<void> {
  try {
    // with the hash in it, more than a page needs at first
    const { ModelFiles } = await import("../../../storage/models/model-files");
    const models = new ModelFiles();
    const [first, ...others] = await models.originalNames(id);
    // Pickers open only soon after the click: before the parts are looked up.
    const isOne = others.length === 0;
    const target = isOne
      ? await browser.showSaveFilePicker?.({ suggestedName: first! })
      : await browser.showDirectoryPicker?.({ mode: "readwrite" });
    const files = await models.originals(id);
    if (!target) return files.forEach((file) => saveFile(file, file.name));
    if (target.kind === "file") await write(target, files[0]!);
    else await writeFolder(target, name.replace(/[\\/:*?"<>|]/g, "-"), files);
    notify(t("“{name}” was saved.", { name }));
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") return; // the person chose no place
    const { message, hint } = asWireError(cause);
    notify(t("“{name}” could not be saved. {message} {hint}", { name, message, hint }), {
      tone: "warning",
      stays: true,
    });
  }
}

/** All of them in a new folder, or nothing. */
async function writeFolder(
  parent: FileSystemDirectoryHandle,
  name: string,
  files: readonly File[],
): Promise<void> {
  const folder = await newFolder(parent, name);
  try {
    for (const file of files) await write(await folder.getFileHandle(file.name, { create: true }), file);
  } catch (cause) {
    // what failed first is told
    await parent.removeEntry(folder.name, { recursive: true }).catch(() => undefined);
    throw cause;
  }
}

/** One that was not there: nothing of the person's is written over. */
async function newFolder(
  parent: FileSystemDirectoryHandle,
  name: string,
): Promise<FileSystemDirectoryHandle> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name} (${n})`;
    try {
      await parent.getDirectoryHandle(candidate);
    } catch (cause) {
      const isFree = cause instanceof DOMException && cause.name === "NotFoundError";
      if (isFree) return parent.getDirectoryHandle(candidate, { create: true });
      const isFile = cause instanceof DOMException && cause.name === "TypeMismatchError";
      if (!isFile) throw cause;
    }
  }
}

async function write(target: FileSystemFileHandle, file: File): Promise<void> {
  const writable = await target.createWritable();
  try {
    await writable.write(file);
  } catch (cause) {
    await writable.abort().catch(() => undefined);
    throw cause;
  }
  await writable.close();
}
