let replacing: Promise<void> | null = null;
let tellMemory: () => void;

/** Resolves when what this context stores lies in memory alone, as the browser refused to store it. */
export const storedInMemory: Promise<void> = new Promise((resolve) => (tellMemory = resolve));

/** True from when {@link storedInMemory} resolves. */
export const isInMemory = (): boolean => replacing !== null;

/** Puts an IndexedDB in memory in the place of the browser's, for this page or worker. */
export function storeInMemory(): Promise<void> {
  replacing ??= import("fake-indexeddb").then(({ IDBFactory, IDBKeyRange }) => {
    const put = (name: string, value: unknown) =>
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    put("indexedDB", new IDBFactory());
    put("IDBKeyRange", IDBKeyRange);
    tellMemory();
  });
  return replacing;
}
