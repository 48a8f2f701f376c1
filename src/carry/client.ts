import { tellLanguage } from "../language/worker-language";
import { AppError, CancelledError, CarryError } from "../ground/errors";
import { isInMemory } from "../storage/memory/in-memory";
import type { CarryCallName, CarryCalls, CarryProgress, FromCarry } from "./protocol";
import { t } from "../language/language";

/**
 * Carries chats in or out, in a worker that lives as long as the call. Where the browser stores nothing the
 * page alone has the chats, and does it itself. Rejects with an AppError.
 *
 * @param signal  ends it; what came in until then stays
 */
export async function carry<Name extends CarryCallName>(
  name: Name,
  args: CarryCalls[Name]["args"],
  onProgress: (progress: CarryProgress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<CarryCalls[Name]["result"]> {
  if (isInMemory()) {
    const { calls } = await import("./calls");
    // Told of after each chat, which is where it can end.
    return calls[name](args, (progress) => {
      if (signal?.aborted) throw new CancelledError();
      onProgress(progress);
    });
  }
  const worker = tellLanguage(new Worker(new URL("./carry.worker.ts", import.meta.url), { type: "module" }));
  try {
    return await new Promise<CarryCalls[Name]["result"]>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(new CancelledError()), { once: true });
      worker.addEventListener("message", ({ data }: MessageEvent<FromCarry>) => {
        if (data.type === "progress") return onProgress(data.progress);
        if (data.type === "result") return resolve(data.result as CarryCalls[Name]["result"]);
        const { code, message, hint } = data.error;
        reject(new AppError(code, message, { hint }));
      });
      worker.addEventListener("error", ({ message }) => {
        const reason = message || t("its program could not be loaded.");
        reject(
          new CarryError(t("It broke down: {reason}", { reason }), {
            hint: t("Reload the page and try again. Chats that had come in by then are here."),
          }),
        );
      });
      worker.postMessage({ id: 1, name, args });
    });
  } finally {
    worker.terminate();
  }
}
