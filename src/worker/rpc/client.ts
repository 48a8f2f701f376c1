import { AppError, toWireError, whatItSays, type WireError } from "../../ground/errors";
import { tellLanguage } from "../../language/worker-language";
import { keepStoredData } from "../../storage/quota";
import type { EngineCalls } from "../calls/engine-calls";
import type { FromWorker, ToWorker } from "./messages";
import { t, verbatim, type Sentence } from "../../language/language";

export type CallName = keyof EngineCalls;

export interface CallOptions<Name extends CallName> {
  readonly onProgress?: (progress: EngineCalls[Name]["progress"]) => void;
  /** Asks the worker to stop. The call still ends as the worker says; see `ToWorker`. */
  readonly signal?: AbortSignal;
}

/** The part of a Worker that is used. */
export interface WorkerPort {
  postMessage(message: ToWorker): void;
  addEventListener(type: "message", listener: (event: MessageEvent<FromWorker>) => void): void;
  addEventListener(type: "error" | "messageerror", listener: (event: Event) => void): void;
  terminate(): void;
}

interface PendingCall {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: AppError) => void;
  readonly onProgress: ((progress: unknown) => void) | undefined;
}

/**
 * The page's side of the worker, which is started by the first call and, if it broke down, anew by the next
 * one.
 */
export class EngineClient {
  readonly #start: () => WorkerPort;
  readonly #lostListeners = new Set<(error: WireError) => void>();
  readonly #pending = new Map<number, PendingCall>();
  #port: WorkerPort | null = null;
  #hasAnswered = false;
  #lastId = 0;

  constructor(start: () => WorkerPort) {
    this.#start = start;
  }

  /** Rejects with an {@link AppError}, which is a {@link WireError} too. */
  call<Name extends CallName>(
    name: Name,
    args: EngineCalls[Name]["args"],
    { onProgress, signal }: CallOptions<Name> = {},
  ): Promise<EngineCalls[Name]["result"]> {
    const id = ++this.#lastId;
    const cancel = () => this.#port?.postMessage({ type: "cancel", id });
    const answer = new Promise<EngineCalls[Name]["result"]>((resolve, reject) => {
      // The worker's messages for this id are of this call's types: serve.ts sees to it.
      const pending = { resolve, reject, onProgress } as PendingCall;
      this.#pending.set(id, pending);
      try {
        this.#port ??= this.#open();
        this.#port.postMessage({ type: "call", id, name, args });
      } catch (cause) {
        this.#pending.delete(id);
        reject(brokenDown(whatItSays(cause)));
      }
      if (signal?.aborted) cancel();
      signal?.addEventListener("abort", cancel);
    });
    return answer.finally(() => signal?.removeEventListener("abort", cancel));
  }

  /**
   * Hears that the model is gone, with the device or with the worker itself. @returns a function that ends it
   */
  onDeviceLost(listener: (error: WireError) => void): () => void {
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  #open(): WorkerPort {
    const port = this.#start();
    const onlyIfCurrent =
      <E>(handle: (event: E) => void) =>
      (event: E) => {
        if (port === this.#port) handle(event);
      };
    port.addEventListener(
      "message",
      onlyIfCurrent<MessageEvent<FromWorker>>(({ data }) => this.#receive(data)),
    );
    port.addEventListener(
      "error",
      onlyIfCurrent<Event>((event) => this.#breakDown(reasonOf(event))),
    );
    port.addEventListener(
      "messageerror",
      onlyIfCurrent<Event>(() => this.#breakDown(t("A message from it could not be read."))),
    );
    return port;
  }

  #receive(message: FromWorker): void {
    this.#hasAnswered = true;
    if (message.type === "device-lost") return this.#tellLost(message.error);
    const call = this.#pending.get(message.id);
    if (!call) return;
    if (message.type === "progress") return call.onProgress?.(message.progress);
    this.#pending.delete(message.id);
    if (message.type === "result") return call.resolve(message.result);
    const { code, message: text, hint } = message.error;
    call.reject(new AppError(code, text, { hint }));
  }

  /** Nothing of the worker is relied on after an error it did not catch. */
  #breakDown(reason: Sentence): void {
    const error = brokenDown(reason);
    this.#port?.terminate();
    this.#port = null;
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of calls) call.reject(error);
    // else there was no model yet that could be gone
    if (this.#hasAnswered) this.#tellLost(toWireError(error));
    this.#hasAnswered = false;
  }

  #tellLost(error: WireError): void {
    for (const listener of this.#lostListeners) listener(error);
  }
}

/**
 * An `error` event has a message when code threw, none when the worker's script could not be loaded at all.
 */
function reasonOf(event: Event): Sentence {
  const message = "message" in event ? event.message : undefined;
  return typeof message === "string" && message !== ""
    ? verbatim(message)
    : t("Its program could not be loaded.");
}

function brokenDown(reason: Sentence): AppError {
  return new AppError("internal", t("The model's worker broke down: {reason}", { reason }), {
    hint: t("Try again. If that does not help, reload the page. Models and chats are kept."),
  });
}

const client = new EngineClient(() =>
  tellLanguage(new Worker(new URL("../engine.worker.ts", import.meta.url), { type: "module" })),
);

/** The one worker of this page. */
export const engine = {
  call<Name extends CallName>(
    name: Name,
    args: EngineCalls[Name]["args"],
    options: CallOptions<Name> = {},
  ): Promise<EngineCalls[Name]["result"]> {
    // Only a page may ask for this, not its worker; the first model is when a browser that asks the person
    // should.
    if (name === "fetchModel") void keepStoredData();
    return client.call(name, args, options);
  },
  onDeviceLost: (listener: (error: WireError) => void): (() => void) => client.onDeviceLost(listener),
};
