/** The queues of this one context's callers, where there are no Web Locks (Node, pages without https). */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while no other tab or worker of this site runs any under the same name, waiting for its turn.
 *
 * @param onWait  called when it is not its turn at once
 * @throws AbortError when `signal` aborts before its turn comes
 */
export async function withLock<T>(
  name: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
  onWait?: () => void,
): Promise<T> {
  const locks = lockManager();
  if (locks) {
    signal?.throwIfAborted();
    const free = onWait && (await locks.request(name, { ifAvailable: true }, withValue(work)));
    if (free) return free.value;
    onWait?.();
    const result = await locks.request(name, signal ? { signal } : {}, async () => ({ value: await work() }));
    return result.value;
  }
  const before = queues.get(name);
  if (before) onWait?.();
  const mine = (async () => {
    await before?.catch(() => undefined);
    signal?.throwIfAborted();
    return work();
  })();
  queues.set(name, mine);
  try {
    return await mine;
  } finally {
    if (queues.get(name) === mine) queues.delete(name);
  }
}

/** For a lock that may not be free: `null` then. */
const withValue =
  <T>(work: () => Promise<T>) =>
  async (lock: Lock | null) =>
    lock && { value: await work() };

/** Runs `work` only if nobody holds the name now. @returns whether it did */
export async function ifUnlocked(name: string, work: () => Promise<void>): Promise<boolean> {
  const locks = lockManager();
  if (!locks) {
    if (queues.has(name)) return false;
    await withLock(name, work);
    return true;
  }
  return locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}

/** The names that some tab or worker of this site holds now. */
export async function heldLocks(): Promise<ReadonlySet<string>> {
  const locks = lockManager();
  if (!locks) return new Set(queues.keys());
  const { held = [] } = await locks.query();
  return new Set(held.map(({ name }) => name ?? ""));
}

/** None in Node 20 and on pages without https. */
export function lockManager(): LockManager | undefined {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
}
