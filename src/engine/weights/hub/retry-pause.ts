import { CancelledError } from "../../../ground/errors";

/**
 * Waits before a connection is made again: `delayMs`, a quarter more or less so that several do not come back
 * as one, but not less than `leastMs`; while the device is offline, until it no longer is.
 *
 * @throws CancelledError when `signal` aborts
 */
export async function pauseBeforeRetry(
  delayMs: number,
  leastMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const isOffline = (globalThis.navigator as Partial<Navigator> | undefined)?.onLine === false;
  const ended = new AbortController();
  const once = { once: true, signal: ended.signal };
  await new Promise<void>((resolve) => {
    if (signal?.aborted) return resolve();
    signal?.addEventListener("abort", () => resolve(), once);
    if (isOffline) globalThis.addEventListener("online", () => resolve(), once);
    else {
      const timer = setTimeout(resolve, Math.max(leastMs, delayMs * (0.75 + Math.random() / 2)));
      ended.signal.addEventListener("abort", () => clearTimeout(timer));
    }
  });
  ended.abort();
  if (signal?.aborted) throw new CancelledError();
}
