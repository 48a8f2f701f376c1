import { AppError } from "../ground/errors";
import type { DocumentCallName, DocumentCalls, FromDocuments, ToDocuments } from "./protocol";

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: AppError) => void;
  readonly onProgress: ((progress: unknown) => void) | undefined;
}

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
  const port = (worker ??= start());
  const send = (message: ToDocuments) => port.postMessage(message);
  signal?.addEventListener("abort", () => send({ type: "cancel", id }), { once: true });
  return new Promise((resolve, reject) => {
    // The worker's messages for this id are of this call's types.
    pending.set(id, { resolve, reject, onProgress } as Pending);
    send({ type: "call", id, name, args });
  });
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
