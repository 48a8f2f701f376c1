import { AppError, CancelledError } from "../ground/errors";
import type { DocumentCallName, DocumentCalls, FromDocuments, ToDocuments } from "./protocol";

interface Pending {
  readonly name: DocumentCallName;
  readonly args: readonly unknown[];
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: AppError) => void;
  readonly onProgress: ((progress: unknown) => void) | undefined;
}

/** A reader that is silent for this long after a stop is in the middle of something endless. */
const STOP_MS = 2000;

let worker: Worker | null = null;
let lastId = 0;
const pending = new Map<number, Pending>();

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
    setTimeout(() => abandon(id), STOP_MS);
  };
  signal?.addEventListener("abort", stop, { once: true });
  return new Promise((resolve, reject) => {
    // The worker's messages for this id are of this call's types.
    pending.set(id, { name, args, resolve, reject, onProgress } as Pending);
    send({ type: "call", id, name, args });
  });
}

/** Ends a worker that does not hear a stop, and gives its other calls to a new one. */
function abandon(id: number): void {
  const call = pending.get(id);
  if (!call) return;
  pending.delete(id);
  worker?.terminate();
  worker = start();
  call.reject(new CancelledError());
  for (const [other, { name, args }] of pending)
    worker.postMessage({ type: "call", id: other, name, args } satisfies ToDocuments);
}

function start(): Worker {
  const started = new Worker(new URL("./documents.worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<FromDocuments>) => {
    const call = pending.get(data.id);
    if (!call) return; // pdf.js, in a worker, says by itself that it is there
    if (data.type === "progress") return call.onProgress?.(data.progress);
    pending.delete(data.id);
    if (data.type === "result") return call.resolve(data.result);
    const { code, message, hint } = data.error;
    call.reject(new AppError(code, message, { hint }));
  });
  started.addEventListener("error", (event) => {
    // Out of memory, or its program could not be loaded: the next call starts another one.
    started.terminate();
    worker = null;
    const reason = event.message || "its program could not be loaded.";
    for (const call of pending.values())
      call.reject(
        new AppError("document", `The reader of documents broke down: ${reason}`, {
          hint: "Try again, or attach a smaller file. If that does not help, reload the page.",
        }),
      );
    pending.clear();
  });
  return started;
}
