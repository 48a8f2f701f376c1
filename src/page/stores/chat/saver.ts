export interface Saver {
  /** Asks for `id` to be saved within the interval. */
  request(id: string): void;
  /** Returns whether something of `id` is not stored yet. */
  isWaiting(id: string): boolean;
  /** Saves `id`, or everything that waits, now; resolves when it is stored. */
  flush(id?: string): Promise<void>;
  /**
   * Drops what waits for `id` and resolves once a save under way has ended, so that it can be removed for
   * good.
   */
  forget(id: string): Promise<void>;
}

/**
 * Saves things that change faster than they should be stored: at most once per `everyMs` each, the last
 * change always, and never two saves of one thing at a time, so that an older state can not land on a newer
 * one.
 *
 * @param save stores the state of `id` as it is when called. Where it fails it is tried again until it does
 *   not; `onError` is told once
 */
export function createSaver(
  save: (id: string) => Promise<void>,
  everyMs: number,
  onError: (error: unknown) => void,
  retryMs = 15_000,
): Saver {
  const failing = new Set<string>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const running = new Map<string, Promise<void>>();

  const run = (id: string): Promise<void> => {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    const before = running.get(id) ?? Promise.resolve();
    const now = before
      .then(() => save(id))
      .then(
        () => void failing.delete(id),
        (error: unknown) => {
          if (!failing.has(id)) onError(error);
          failing.add(id);
          wait(id, retryMs);
        },
      );
    running.set(id, now);
    return now.then(() => {
      if (running.get(id) === now) running.delete(id);
    });
  };

  const wait = (id: string, ms: number) => {
    if (!waiting.has(id))
      waiting.set(
        id,
        setTimeout(() => void run(id), ms),
      );
  };

  return {
    request: (id) => wait(id, everyMs),
    isWaiting: (id) => waiting.has(id) || running.has(id),
    async flush(id) {
      const ids = id === undefined ? [...waiting.keys()] : [id];
      await Promise.all(ids.map(run));
    },
    async forget(id) {
      clearTimeout(waiting.get(id));
      waiting.delete(id);
      await running.get(id);
      clearTimeout(waiting.get(id)); // it failed, and would have been tried again
      waiting.delete(id);
      failing.delete(id);
    },
  };
}
