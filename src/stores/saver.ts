export interface Saver {
  /** Asks for `id` to be saved within the interval. */
  request(id: string): void;
  /** Saves `id`, or everything that waits, now; resolves when it is stored. */
  flush(id?: string): Promise<void>;
  /** Drops what waits for `id` and resolves once a save under way has ended, so that it can be removed for good. */
  forget(id: string): Promise<void>;
}

/**
 * Saves things that change faster than they should be stored: at most once per `everyMs` each, the last change always, and
 * never two saves of one thing at a time, so that an older state can not land on a newer one.
 *
 * @param save stores the state of `id` as it is when called; its rejections go to `onError`
 */
export function createSaver(
  save: (id: string) => Promise<void>,
  everyMs: number,
  onError: (error: unknown) => void,
): Saver {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const running = new Map<string, Promise<void>>();

  const run = (id: string): Promise<void> => {
    clearTimeout(waiting.get(id));
    waiting.delete(id);
    const before = running.get(id) ?? Promise.resolve();
    const now = before.then(() => save(id)).catch(onError);
    running.set(id, now);
    return now.then(() => {
      if (running.get(id) === now) running.delete(id);
    });
  };

  return {
    request(id) {
      if (!waiting.has(id))
        waiting.set(
          id,
          setTimeout(() => void run(id), everyMs),
        );
    },
    async flush(id) {
      const ids = id === undefined ? [...waiting.keys()] : [id];
      await Promise.all(ids.map(run));
    },
    async forget(id) {
      clearTimeout(waiting.get(id));
      waiting.delete(id);
      await running.get(id);
    },
  };
}
