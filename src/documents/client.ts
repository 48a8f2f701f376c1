import { AppError, CancelledError, DocumentError } from "../ground/errors";
import { tellLanguage } from "../language/worker-language";
import { t } from "../language/language";
import type { DocumentCallName, DocumentCalls, FromDocuments, ReadProgress, ToDocuments } from "./protocol";

interface Pending {
  readonly name: DocumentCallName;
  readonly args: readonly unknown[];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: AppError) => void;
  readonly onProgress: ((progress: unknown) => void) | undefined;
  /** The worker has it. */
  readonly isSent: boolean;
  /** The last that was heard of it. */
  readonly heard?: ReadProgress;
}

/** A reader that is silent for this long after a stop is in the middle of something endless. */
const STOP_MS = 2000;
/**
 * A worker that reads and says nothing for this long does not end: a file can be made so. A sheet of a
 * million cells is silent for half a minute.
 */
const PATIENCE_MS = 180_000;
/** The same within a page of a PDF, where a reader that moves says so each second, and between its steps. */
const PAGE_PATIENCE_MS = 20_000;
/** A file with more pages that do not end is given up as a whole. */
const MOST_SKIPPED = 4;

let worker: Worker | null = null;
let lastId = 0;
const pending = new Map<number, Pending>();
let patience: ReturnType<typeof setTimeout> | undefined;
/** Files are read one at a time for a while, to find out which of several does not end. */
let isOneAtATime = false;

/** Asks the documents' worker, which is started by the first call. Rejects with an AppError. */
export function callDocuments<Name extends DocumentCallName>(
  name: Name,
  args: DocumentCalls[Name]["args"],
  options: {
    readonly onProgress?: (progress: DocumentCalls[Name]["progress"]) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<DocumentCalls[Name]["result"]> {
  const { onProgress, signal } = options;
  const id = ++lastId;
  const stop = () => {
    if (!pending.get(id)?.isSent) return end(id, new CancelledError());
    worker?.postMessage({ type: "cancel", id } satisfies ToDocuments);
    setTimeout(() => end(id, new CancelledError()), STOP_MS);
  };
  signal?.addEventListener("abort", stop, { once: true });
  return new Promise((resolve, reject) => {
    // The worker's messages for this id are of this call's types.
    pending.set(id, { name, args, resolve, reject, onProgress, isSent: false } as Pending);
    sendWhatMay();
  });
}

const readsSent = () => [...pending].filter(([, { name, isSent }]) => name === "read" && isSent);

/** Gives the worker all that it may have now, and begins to wait for its word. */
function sendWhatMay(): void {
  if (![...pending.values()].some(({ name, isSent }) => name === "read" && !isSent)) isOneAtATime = false;
  for (const [id, call] of pending) {
    if (call.isSent || (call.name === "read" && isOneAtATime && readsSent().length > 0)) continue;
    pending.set(id, { ...call, isSent: true });
    (worker ??= start()).postMessage({
      type: "call",
      id,
      name: call.name,
      args: call.args,
    } satisfies ToDocuments);
  }
  wait();
}

/** Begins to wait anew for the next word of the worker, while there are files to read. */
function wait(): void {
  clearTimeout(patience);
  const reads = readsSent();
  if (reads.length === 0) return;
  const isInPage = reads.some(([, { heard }]) => pageAfter(heard) !== undefined);
  patience = setTimeout(giveUp, isInPage ? PAGE_PATIENCE_MS : PATIENCE_MS);
}

/** The page of a PDF that is being read; undefined of other files, and while pictures are looked through. */
const pageAfter = (heard: ReadProgress | undefined): number | undefined =>
  heard && !heard.isRecognition && heard.pages < heard.totalPages ? heard.pages + 1 : undefined;

/**
 * The worker is in the middle of something endless. Of several files each is read alone, to see which it is;
 * of that one the page is left out, and a file without pages is given up.
 */
function giveUp(): void {
  const [[id, call] = [], ...others] = readsSent();
  if (id === undefined || !call) return;
  if (others.length > 0) isOneAtATime = true;
  const [source, choices = {}] = call.args as DocumentCalls["read"]["args"];
  const { skipPages = [] } = choices;
  const page = pageAfter(call.heard);
  if (others.length > 0) restart();
  else if (page !== undefined && skipPages.length < MOST_SKIPPED) {
    const args = [source, { ...choices, skipPages: [...skipPages, page] }];
    pending.set(id, { ...call, args });
    restart();
  } else {
    const { name } = source;
    end(
      id,
      new DocumentError(
        page === undefined
          ? t("Reading “{name}” was given up: for three minutes it got no further.", { name })
          : t("Reading “{name}” was given up at page {page}: it is the fifth that does not end.", {
              name,
              page,
            }),
        {
          hint: t("The file may be damaged, or made to be endless. Get it again, or print it to a new PDF."),
        },
      ),
    );
  }
}

/** Ends a call. A worker that has it is in the middle of something endless, and is ended too. */
function end(id: number, reason: AppError): void {
  const call = pending.get(id);
  if (!call) return;
  pending.delete(id);
  call.reject(reason);
  if (call.isSent) restart();
}

/** Ends the worker, and gives the calls that it had to a new one. */
function restart(): void {
  worker?.terminate();
  worker = null;
  for (const [id, { heard: _, ...call }] of pending) pending.set(id, { ...call, isSent: false });
  sendWhatMay();
}

function start(): Worker {
  const started = new Worker(new URL("./documents.worker.ts", import.meta.url), { type: "module" });
  tellLanguage(started);
  started.addEventListener("message", ({ data }: MessageEvent<FromDocuments>) => {
    const call = pending.get(data.id);
    if (!call) return; // pdf.js, in a worker, says by itself that it is there
    if (data.type === "progress") {
      if (call.name === "read") pending.set(data.id, { ...call, heard: data.progress as ReadProgress });
      wait();
      return call.onProgress?.(data.progress);
    }
    pending.delete(data.id);
    sendWhatMay();
    if (data.type === "result") return call.resolve(data.result);
    const { code, message, hint } = data.error;
    call.reject(new AppError(code, message, { hint }));
  });
  started.addEventListener("error", (event) => {
    // Out of memory, or its program could not be loaded: the next call starts another one.
    started.terminate();
    worker = null;
    const reason = event.message || t("its program could not be loaded.");
    for (const call of pending.values())
      call.reject(
        new AppError("document", t("The reader of documents broke down: {reason}", { reason }), {
          hint: t("Try again, or attach a smaller file. If that does not help, reload the page."),
        }),
      );
    pending.clear();
    wait();
  });
  return started;
}
