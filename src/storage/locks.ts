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
  if (!locks) return inQueue(name, work, signal, onWait);
  signal?.throwIfAborted();
  let hasBegun = false;
  const begin = async () => {
    hasBegun = true;
    return { value: await work() };
  };
  try {
    const free =
      onWait && (await locks.request(name, { ifAvailable: true }, async (lock) => lock && (await begin())));
    if (free) return free.value;
    onWait?.();
    return (await locks.request(name, signal ? { signal } : {}, begin)).value;
  } catch (cause) {
    if (hasBegun || !refusesLocks(cause)) throw cause;
    return inQueue(name, work, signal, onWait);
  }
}

async function inQueue<T>(
  name: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
  onWait?: () => void,
): Promise<T> {
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

/** Runs `work` only if nobody holds the name now. @returns whether it did */
export async function ifUnlocked(name: string, work: () => Promise<void>): Promise<boolean> {
  const locks = lockManager();
  let hasBegun = false;
  try {
    if (locks)
      return await locks.request(name, { ifAvailable: true }, async (lock) => {
        hasBegun = true;
        if (lock) await work();
        return lock !== null;
      });
  } catch (cause) {
    if (hasBegun || !refusesLocks(cause)) throw cause;
  }
  if (queues.has(name)) return false;
  await inQueue(name, work);
  return true;
}

/** The names that some tab or worker of this site holds now. */
export async function heldLocks(): Promise<ReadonlySet<string>> {
  try {
    const { held = [] } = (await lockManager()?.query()) ?? {};
    return new Set([...held.map(({ name }) => name ?? ""), ...queues.keys()]);
  } catch (cause) {
    if (!refusesLocks(cause)) throw cause;
    return new Set(queues.keys());
  }
}

/** A browser that blocks site data has Web Locks, and refuses each. */
let isRefused = false;

/**
 * Returns whether a request of a lock was refused because site data is blocked. From then on there is none to
 * ask: nothing is shared with other tabs either.
 */
export function refusesLocks(cause: unknown): boolean {
  if (!(cause instanceof Error) || cause.name !== "SecurityError") return false;
  return (isRefused = true);
}

/** None in Node 20, on pages without https, and where site data is blocked. */
export function lockManager(): LockManager | undefined {
  return isRefused ? undefined : (globalThis.navigator as Partial<Navigator> | undefined)?.locks;
}
