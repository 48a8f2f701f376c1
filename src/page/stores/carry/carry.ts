import { create } from "zustand";
import type { WireError } from "../../../ground/errors";
import { carry } from "../../../carry/client";
import type { CarryProgress, Inspection, Report, SavedFile } from "../../../carry/protocol";
import { t, tn } from "../../../language/language";
import { refreshChat, relistChats, saveAll, useChat } from "../chat/chat";
import { tellTabs } from "../chat/tab-news";
import { attachFiles } from "../documents/attach-files";
import { notify } from "../notices";
import { saveFile } from "../save-file";
import { settingsToBackUp, takeSettings } from "../settings/settings";
import { closeDialog, openDialog } from "../view";
import { asWireError } from "../wire-error";

export type { CarryProgress, Report };

/** A file that was chosen, and what it holds; `null`: no chats. */
export interface FoundFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly found: Inspection | WireError | null;
}

export type Carrying =
  | { readonly phase: "idle" }
  | { readonly phase: "looking" }
  | { readonly phase: "asking"; readonly files: readonly FoundFile[]; readonly canAttach: boolean }
  | { readonly phase: "running"; readonly way: "in" | "out"; readonly progress: CarryProgress | null }
  | {
      readonly phase: "done";
      readonly reports: readonly (Report & { readonly nSettings: number })[];
      /** The reason why the files after these were not taken in. */
      readonly error: WireError | null;
    }
  | { readonly phase: "failed"; readonly error: WireError };

export const useCarry = create<{ readonly carrying: Carrying }>(() => ({ carrying: { phase: "idle" } }));

const set = (carrying: Carrying) => useCarry.setState({ carrying });

/** The files that were chosen; beside the store, which holds plain data only. */
let chosen: readonly File[] = [];
let running: AbortController | null = null;

/** Opens the dialog for carrying chats out and in. */
export function openCarry(): void {
  if (!running) set({ phase: "idle" });
  openDialog({ kind: "carry" });
}

export function closeCarry(): void {
  if (!running) set({ phase: "idle" });
  closeDialog();
}

/** Looks into files that were chosen to be taken in, and asks whether they are to be. */
export async function chooseExports(files: readonly File[]): Promise<void> {
  if (files.length === 0 || running) return;
  set({ phase: "looking" });
  chosen = files;
  set({ phase: "asking", files: await lookInto(files), canAttach: false });
}

/**
 * Offers to take in the chats of files that were dropped or attached.
 *
 * @returns whether one of them has some; the others are documents
 */
export async function offerExports(files: readonly File[]): Promise<boolean> {
  if (running) return false;
  const found = await lookInto(files);
  if (found.every((file) => file.found === null)) return false;
  chosen = files;
  set({ phase: "asking", files: found, canAttach: true });
  openDialog({ kind: "carry" });
  return true;
}

const lookInto = (files: readonly File[]): Promise<readonly FoundFile[]> =>
  Promise.all(
    files.map(async (file) => ({
      name: file.name,
      sizeBytes: file.size,
      found: await carry("inspect", [file]).catch(asWireError),
    })),
  );

/** The files are meant as documents after all. */
export function attachChosen(): void {
  closeCarry();
  attachFiles(chosen);
}

/** Takes the chats of the chosen files in, one file after another. */
export async function takeChosenIn(): Promise<void> {
  const { carrying } = useCarry.getState();
  if (carrying.phase !== "asking") return;
  const isExport = (at: number) => {
    const found = carrying.files[at]?.found;
    return found !== null && found !== undefined && "source" in found;
  };
  const files = chosen.filter((_, at) => isExport(at));
  const reports: (Report & { nSettings: number })[] = [];
  await run("in", async (onProgress, signal) => {
    const takeInOne = async (file: File) => {
      await saveAll(); // what is here is compared with what comes in
      const { generation } = useChat.getState();
      const busy = generation.phase === "running" ? [generation.conversationId] : [];
      let added: readonly string[] = [];
      try {
        const report = await carry("takeIn", [file, busy], onProgress, signal);
        added = report.added.map(({ id }) => id);
        reports.push({ ...report, nSettings: takeSettings(report.settings) });
      } finally {
        await takeUpStored(added);
      }
    };
    let error: WireError | null = null;
    try {
      for (const file of files) await takeInOne(file);
    } catch (cause) {
      if (reports.length === 0) throw cause;
      error = asWireError(cause);
    }
    set({ phase: "done", reports, error });
  });
}

/**
 * Shows what was stored: these chats, and messages of chats that are open here. An import that was stopped
 * names none, and what it had stored stays; kept as it was here, it would be written over.
 */
async function takeUpStored(added: readonly string[]): Promise<void> {
  await relistChats(added);
  tellTabs({ kind: "listed", ids: added });
  for (const id of Object.keys(useChat.getState().threads)) {
    await refreshChat(id);
    tellTabs({ kind: "saved", id });
  }
}

/** Saves chats as a file; `null` for all. */
export async function exportChats(ids: readonly string[] | null, form: "json" | "markdown"): Promise<void> {
  await out((onProgress, signal) =>
    carry(form === "json" ? "exportJson" : "exportMarkdown", [ids], onProgress, signal),
  );
}

/** Saves all chats, documents and settings as a file. */
export async function backUp(): Promise<void> {
  await out((onProgress, signal) => carry("backUp", [settingsToBackUp()], onProgress, signal));
}

type Work<Result> = (onProgress: (progress: CarryProgress) => void, signal: AbortSignal) => Promise<Result>;

async function out(work: Work<SavedFile>): Promise<void> {
  await run("out", async (onProgress, signal) => {
    await saveAll();
    const { name, blob, nDocumentsMissing } = await work(onProgress, signal);
    saveFile(blob, name);
    set({ phase: "idle" });
    notify(t("Saved “{name}” among your downloads.", { name }));
    if (nDocumentsMissing > 0)
      notify(
        tn(
          nDocumentsMissing,
          "{count} document could not be read here, and is not in the file.",
          "{count} documents could not be read here, and are not in the file.",
        ),
        { tone: "warning", stays: true },
      );
  });
}

async function run(way: "in" | "out", work: Work<void>): Promise<void> {
  if (running) return;
  running = new AbortController();
  set({ phase: "running", way, progress: null });
  const onProgress = (progress: CarryProgress) => set({ phase: "running", way, progress });
  try {
    await work(onProgress, running.signal);
  } catch (cause) {
    const error = asWireError(cause);
    if (way === "out" && error.code === "cancelled") return set({ phase: "idle" });
    set({ phase: "failed", error });
    // From a menu there is no dialog that says so.
    if (way === "out") notify(`${error.message} ${error.hint}`, { tone: "warning", stays: true });
  } finally {
    running = null;
  }
}

/** Ends what runs; chats that came in until then stay. */
export function stopCarrying(): void {
  running?.abort();
}
