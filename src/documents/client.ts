import { AppError, CancelledError, DocumentError } from "../ground/errors";
import { tellLanguage } from "../language/worker-language";
import type { DocumentCallName, DocumentCalls, FromDocuments, ToDocuments } from "./protocol";
import { t } from "../language/language";

interface Pending {
  readonly name: DocumentCallName;
  readonly args: readonly unknown[];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: AppError) => void;
  readonly onProgress: ((progress: unknown) => void) | undefined;
}

/** A reader that is silent for this long after a stop is in the middle of something endless. */
const STOP_MS = 2000;
/**
 * A worker that reads and says nothing for this long does not end: a file can be made so. The longest page
 * of foreign files took 20 s.
 */
const PATIENCE_MS = 180_000;

let worker: Worker | null = null;
let lastId = 0;
const pending = new Map<number, Pending>();
let patience: ReturnType<typeof setTimeout> | undefined;

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
  const send = (message: ToDocuments) => (worker ??= start()).postMessage(message);
  const stop = () => {
    send({ type: "cancel", id });
    setTimeout(() => abandon(id, new CancelledError()), STOP_MS);
  };
  signal?.addEventListener("abort", stop, { once: true });
  return new Promise((resolve, reject) => {
    // The worker's messages for this id are of this call's types.
    pending.set(id, { name, args, resolve, reject, onProgress } as Pending);
    send({ type: "call", id, name, args });
    wait();
  });
}

/** Begins to wait anew for the next word of the worker, while there are files to read. */
function wait(): void {
  clearTimeout(patience);
  const first = [...pending].find(([, { name }]) => name === "read");
  if (!first) return;
  const [id, { args }] = first;
  const [{ name }] = args as DocumentCalls["read"]["args"];
  const reason = new DocumentError(
    t("Reading “{name}” was given up: for three minutes it got no further.", { name }),
    {
      hint: t("The file may be damaged, or made to be endless. Get it again, or print it to a new PDF."),
    },
  );
  patience = setTimeout(() => abandon(id, reason), PATIENCE_MS);
}

/** Ends a worker that is in the middle of something endless, and gives its other calls to a new one. */
function abandon(id: number, reason: AppError): void {
  const call = pending.get(id);
  if (!call) return;
  pending.delete(id);
  worker?.terminate();
  worker = start();
  call.reject(reason);
  for (const [other, { name, args }] of pending)
    worker.postMessage({ type: "call", id: other, name, args } satisfies ToDocuments);
  wait();
}

function start(): Worker {
  const started = new Worker(new URL("./documents.worker.ts", import.meta.url), { type: "module" });
  tellLanguage(started);
  started.addEventListener("message", ({ data }: MessageEvent<FromDocuments>) => {
    const call = pending.get(data.id);
    if (!call) return; // pdf.js, in a worker, says by itself that it is there
    if (data.type === "progress") {
      wait();
      return call.onProgress?.(data.progress);
    }
    pending.delete(data.id);
    wait();
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
