import type { FaultKind, Faults } from "./faults";

/** Fake-indexeddb's own end of a transaction, with the error that the browser would give. */
interface FakeTransaction {
  _abort(errorName: string): void;
}

const READS = ["get", "getAll", "getKey", "getAllKeys", "openCursor"] as const;
const WRITES = ["put", "delete"] as const;

/** Has single calls of this process's IndexedDB fail, which is fake-indexeddb's. */
export function makeStorageFaulty(faults: Faults): void {
  const store = IDBObjectStore.prototype as unknown as Record<string, (...args: unknown[]) => IDBRequest>;
  for (const call of READS) {
    const kinds: readonly FaultKind[] =
      call === "get" ? ["unreadable", "damaged", "missing"] : ["unreadable"];
    const real = store[call]!;
    store[call] = function (this: IDBObjectStore, ...args) {
      const fault = faults.at(`${this.transaction.db.name}.${call}`, kinds);
      const request = real.apply(this, args);
      if (fault === "unreadable") failing(this, "UnknownError");
      if (fault === "damaged") giving(request, damaged);
      if (fault === "missing") giving(request, () => undefined);
      return request;
    };
  }
  for (const call of WRITES) {
    const real = store[call]!;
    store[call] = function (this: IDBObjectStore, ...args) {
      const fault = faults.at(`${this.transaction.db.name}.${call}`, ["full", "refused"]);
      const request = real.apply(this, args);
      if (fault) failing(this, fault === "full" ? "QuotaExceededError" : "AbortError");
      return request;
    };
  }
}

/** The transaction ends with an error, a task later, as a browser's does when the disk says no. */
function failing({ transaction }: IDBObjectStore, errorName: string): void {
  queueMicrotask(() => {
    try {
      (transaction as unknown as FakeTransaction)._abort(errorName);
    } catch {
      // it has ended
    }
  });
}

function giving(request: IDBRequest, change: (value: unknown) => unknown): void {
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(request), "result")!;
  Object.defineProperty(request, "result", {
    configurable: true,
    get: () => change(own.get!.call(request)),
    set: (value) => own.set!.call(request, value),
  });
}

/** Other bytes or other types in a record's place, as a damaged disk gives. */
function damaged(value: unknown): unknown {
  if (value instanceof Blob) return new Blob([new Uint8Array(value.size).fill(7)]);
  if (typeof value !== "object" || value === null) return value === undefined ? undefined : "damaged";
  return Object.fromEntries(Object.keys(value).map((key) => [key, 7]));
}

/** Has single reads of this process's Blobs fail, where IndexedDB's bytes lie. */
export function makeBlobsFaulty(faults: Faults): void {
  const { arrayBuffer, stream } = Blob.prototype as unknown as Record<
    "arrayBuffer" | "stream",
    (this: Blob) => never
  >;
  const kinds: readonly FaultKind[] = ["unreadable", "short"];
  Blob.prototype.arrayBuffer = function (this: Blob) {
    const fault = faults.at("Blob.arrayBuffer", kinds);
    if (fault === "unreadable") return Promise.reject(notReadable());
    return arrayBuffer.call(fault === "short" ? this.slice(0, -1) : this);
  };
  Blob.prototype.stream = function (this: Blob) {
    const fault = faults.at("Blob.stream", kinds);
    if (fault === "unreadable")
      return new ReadableStream({ type: "bytes", pull: () => Promise.reject(notReadable()) });
    return stream.call(fault === "short" ? this.slice(0, -1) : this);
  };
}

const notReadable = () => new DOMException("a test can not read it", "NotReadableError");
