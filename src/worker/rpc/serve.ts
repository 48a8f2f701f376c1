import { CancelledError, toWireError, type WireError } from "../../ground/errors";
import type { CallTable, FromWorker, ToWorker } from "./messages";

export interface CallContext<Progress> {
  /** Pushes news of the call to the page, before its result. */
  readonly progress: (progress: Progress) => void;
  /** Aborts when the page asks for this call to be cancelled. */
  readonly signal: AbortSignal;
}

export type Handlers<Calls extends CallTable<Calls>> = {
  readonly [Name in keyof Calls]: (
    args: Calls[Name]["args"],
    context: CallContext<Calls[Name]["progress"]>,
  ) => Promise<Calls[Name]["result"]>;
};

/** The worker's own scope, or one end of a MessageChannel. */
export interface ServerPort {
  postMessage(message: FromWorker): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToWorker>) => void): void;
}

/**
 * Answers the page's calls with `handlers`. Calls run as they come, several at a time; a handler that needs
 * its turn takes it itself.
 */
export function serve<Calls extends CallTable<Calls>>(
  handlers: Handlers<Calls>,
  port: ServerPort = self,
): { deviceLost(this: void, error: WireError): void } {
  const running = new Map<number, AbortController>();

  async function answer({ id, name, args }: Extract<ToWorker, { type: "call" }>): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    const context = {
      signal: controller.signal,
      progress: (progress: unknown) => port.postMessage({ type: "progress", id, progress }),
    };
    // A name and its arguments belong together, which the page's side has checked.
    const handler = handlers[name as keyof Calls] as (
      args: readonly unknown[],
      context: unknown,
    ) => Promise<unknown>;
    try {
      port.postMessage({ type: "result", id, result: await handler(args, context) });
    } catch (error) {
      // After a cancel whatever ends the call is its end; the GPU's own AbortErrors are none of the page's.
      const told = controller.signal.aborted ? new CancelledError() : error;
      reportUnexpected(told);
      port.postMessage({ type: "error", id, error: toWireError(told) });
    } finally {
      running.delete(id);
    }
  }

  port.addEventListener("message", ({ data }) => {
    switch (data.type) {
      case "call":
        void answer(data);
        break;
      case "cancel":
        running.get(data.id)?.abort();
        break;
      default:
        data satisfies never;
    }
  });
  return { deviceLost: (error) => port.postMessage({ type: "device-lost", error }) };
}

/** Prints an error that nobody foresaw: what crosses to the page has no stack. */
function reportUnexpected(error: unknown): void {
  if (toWireError(error).code === "internal") console.error(error);
}
