import { markKinds, type StoredCheckpoint } from "../../ground/checkpoint";
import {
  isOneOf,
  isCount,
  isListOf,
  isMapOf,
  isNumber,
  isObject,
  isString,
} from "../../ground/record-checks";
import { promisifyRequest, type UseStore } from "idb-keyval";
import { StorageError } from "../../ground/errors";
import { counted } from "../../ground/figures";
import { withLock } from "../locks";
import { isInMemory } from "../memory/in-memory";
import { openStore } from "../memory/open-store";
import { readRoom } from "../quota";
import { sha256Hex } from "../models/sha256";
import { t, type Sentence } from "../../language/language";

/** A model's memory of one chat, as far as it was read. Its bytes lie in parts, which states share. */
export interface StateRecord {
  readonly id: string;
  readonly chatId: string;
  readonly modelId: string;
  readonly modelName: string;
  /** Everything that has to be the same for the state to be of use. */
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly blockTokens: number;
  readonly blocks: readonly string[];
  readonly checkpoints: readonly StoredCheckpoint[];
  /** The bytes of every part, by its SHA-256. */
  readonly partBytes: Readonly<Record<string, number>>;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly lastUsedAt: number;
}

/** A part that is missing or has other bytes than were written. */
export class PartError extends Error {
  constructor(
    readonly code: "missing" | "damaged",
    readonly sentence: Sentence,
  ) {
    super(sentence);
    this.name = "PartError";
  }
}

const USUAL_BUDGET_BYTES = 4e9;
const USUAL_SHARE_OF_QUOTA = 0.1;

const BUDGET_KEY = "budget";
const stateKey = (id: string) => ["state", id];
const partKey = (sha256: string): [string, string] => ["part", sha256];
/** All keys that begin with this: arrays sort after numbers and strings. */
const keysUnder = (start: string) => IDBKeyRange.bound([start], [start, []]);

/**
 * States of chats in IndexedDB. Parts are named by the SHA-256 of their bytes and never change, so that
 * saving more of a chat only adds some, and chats about one document share them. A state's record is written
 * last, in the transaction that also takes away what it replaces: whenever the browser is killed, the last
 * whole state is there. Parts that no record names are swept at the next start, and with them each record
 * that is not what it should be: until then it counts as none.
 */
export class StateStorage {
  readonly #store: UseStore;
  readonly #lock: string;
  /** Records as this worker knows them; it is the only one that writes while it has the model. */
  #known: Promise<readonly StateRecord[]> | null = null;

  constructor(databaseName = "saved-states") {
    this.#store = openStore(databaseName, "states");
    this.#lock = databaseName;
  }

  /** Every state, the one used last first. */
  async list(): Promise<readonly StateRecord[]> {
    this.#known ??= this.#store("readonly", async (objects) => (await readRecords(objects)).states);
    const known = this.#known;
    known.catch(() => (this.#known = null));
    return [...(await known)].sort((a, b) => b.lastUsedAt - a.lastUsedAt);
  }

  /** @throws PartError */
  async readPart(sha256: string): Promise<Uint8Array<ArrayBuffer>> {
    const blob = await this.#store("readonly", (objects) =>
      promisifyRequest(objects.get(partKey(sha256)) as IDBRequest<Blob | undefined>),
    );
    if (!blob) throw new PartError("missing", t("A part of it is no longer stored."));
    let bytes: Uint8Array<ArrayBuffer>;
    try {
      bytes = new Uint8Array(await blob.arrayBuffer());
    } catch {
      throw new PartError("damaged", t("A stored part of it can not be read."));
    }
    if ((await sha256Hex(bytes)) !== sha256)
      throw new PartError(
        "damaged",
        t("A stored part of it, of {bytes}, is not as it was written.", {
          bytes: counted(bytes.length, "byte"),
        }),
      );
    return bytes;
  }

  /** @returns the SHA-256 it is named by */
  async writePart(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const sha256 = await sha256Hex(bytes);
    await this.#change(async (objects) => {
      const key = await promisifyRequest(objects.getKey(partKey(sha256)));
      if (key === undefined) objects.put(new Blob([bytes]), partKey(sha256));
    });
    return sha256;
  }

  /**
   * Writes a state down whose parts are all written, in place of others, and makes room for it by the budget:
   * what was used longest ago leaves first.
   *
   * @throws PartError  "missing" when a part is not there (another tab deleted it); nothing has changed then
   */
  async commit(state: StateRecord, replaced: readonly string[] = []): Promise<void> {
    const budget = await this.budgetBytes();
    let missing = false;
    let after: readonly StateRecord[] = [];
    await this.#change(async (objects) => {
      const [parts, { states }] = await Promise.all([partKeys(objects), readRecords(objects)]);
      const there = new Set(parts.map(([, name]) => name));
      missing = namesOf(state).some((name) => !there.has(name));
      if (missing) return;
      const others = states.filter(({ id }) => id !== state.id && !replaced.includes(id));
      const kept = withinBudget(state, others, budget);
      objects.put(state, stateKey(state.id));
      after = [state, ...kept];
      removeAllBut(objects, states, after);
    });
    // Known without reading them all again: that would be paid for by the next question.
    this.#known = missing ? null : Promise.resolve(after);
    if (missing) throw new PartError("missing", t("A part of the state is no longer stored."));
  }

  /** Notes that states were gone on from. */
  async touch(id: string): Promise<void> {
    const lastUsedAt = Date.now();
    const known = this.#known;
    await this.#change(async (objects) => {
      const record: unknown = await promisifyRequest(objects.get(stateKey(id)));
      if (isState(record, id)) objects.put({ ...record, lastUsedAt }, stateKey(id));
    });
    if (known && known === this.#known)
      this.#known = known.then((states) =>
        states.map((state) => (state.id === id ? { ...state, lastUsedAt } : state)),
      );
  }

  /** Removes states, and the parts that no other one has. */
  async remove(isRemoved: (state: StateRecord) => boolean): Promise<void> {
    await this.#change(async (objects) => {
      const { states } = await readRecords(objects);
      removeAllBut(
        objects,
        states,
        states.filter((state) => !isRemoved(state)),
      );
    });
    this.#known = null;
  }

  /**
   * Removes damaged records, and parts that no state names: what a save left that was killed on the way. Not
   * while one is under way.
   */
  async sweep(): Promise<void> {
    await this.exclusively(() =>
      this.#change(async (objects) => {
        const [{ states, damagedKeys }, parts] = await Promise.all([readRecords(objects), partKeys(objects)]);
        const named = new Set(states.flatMap(namesOf));
        for (const key of damagedKeys) objects.delete(key);
        for (const key of parts) if (!named.has(key[1])) objects.delete(key);
      }),
    );
  }

  /** Runs what writes parts and then a record, while nobody sweeps. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return withLock(this.#lock, work);
  }

  /** Bytes that states may take; what the person chose, or what is usual here. */
  async budgetBytes(): Promise<number> {
    const chosen: unknown = await this.#store("readonly", (objects) =>
      promisifyRequest(objects.get(BUDGET_KEY)),
    );
    if (isNumber(chosen)) return chosen;
    if (isInMemory()) return 0; // memory is what saving it is to spare
    const room = await readRoom();
    return Math.min(USUAL_BUDGET_BYTES, (room?.quotaBytes ?? Infinity) * USUAL_SHARE_OF_QUOTA);
  }

  /** Sets the budget; 0 keeps nothing. What does not fit leaves at once. */
  async setBudget(bytes: number): Promise<void> {
    await this.#change(async (objects) => {
      objects.put(bytes, BUDGET_KEY);
      const { states } = await readRecords(objects);
      removeAllBut(objects, states, withinBudget(null, states, bytes));
    });
    this.#known = null;
  }

  /**
   * Changes what is stored in one transaction: all of it or, where `edit` rejects, nothing. `edit` awaits its
   * requests alone.
   */
  async #change(edit: (objects: IDBObjectStore) => Promise<void>): Promise<void> {
    try {
      await this.#store("readwrite", async (objects) => {
        const ended = promisifyRequest(objects.transaction);
        const edited = edit(objects).catch((cause: unknown) => {
          abort(objects.transaction);
          throw cause;
        });
        await Promise.all([edited, ended]);
      });
    } catch (cause) {
      const isFull = cause instanceof Error && cause.name === "QuotaExceededError";
      throw new StorageError(
        isFull ? "storage-full" : "storage",
        isFull
          ? t("The disk is full, or this site has used all it may: what was read of the chat is not kept.")
          : t("What was read of the chat could not be kept: {reason}", {
              reason: cause instanceof Error ? cause.message : String(cause),
            }),
        {
          hint: t("Delete saved reading or a stored model in the storage panel; chats go on without it."),
          cause,
        },
      );
    }
  }
}

/** The bytes of states, each part counted once. */
export function bytesOf(states: readonly Pick<StateRecord, "partBytes">[]): number {
  const parts = new Map(states.flatMap(({ partBytes }) => Object.entries(partBytes)));
  return [...parts.values()].reduce((sum, bytes) => sum + bytes, 0);
}

interface Records {
  readonly states: readonly StateRecord[];
  /** The keys of records that are no states. */
  readonly damagedKeys: readonly IDBValidKey[];
}

async function readRecords(objects: IDBObjectStore): Promise<Records> {
  const range = keysUnder("state");
  const [keys, records] = await Promise.all([
    promisifyRequest(objects.getAllKeys(range)) as Promise<ReturnType<typeof stateKey>[]>,
    promisifyRequest(objects.getAll(range)) as Promise<unknown[]>,
  ]);
  return {
    states: records.filter((record, i) => isState(record, keys[i]![1])),
    damagedKeys: keys.filter((key, i) => !isState(records[i], key[1])),
  };
}

const partKeys = (objects: IDBObjectStore) =>
  promisifyRequest(objects.getAllKeys(keysUnder("part"))) as Promise<ReturnType<typeof partKey>[]>;

/** Returns whether a record is the whole state of that id. Its parts are checked when they are read. */
function isState(record: unknown, id: string | undefined): record is StateRecord {
  if (!isObject(record) || record["id"] !== id) return false;
  const { chatId, modelId, modelName, fingerprint, ids, blockTokens, blocks, checkpoints } = record;
  return (
    [id, chatId, modelId, modelName].every(isString) &&
    [record["savedAt"], record["lastUsedAt"]].every(isNumber) &&
    ids instanceof Uint32Array &&
    isCount(blockTokens) &&
    blockTokens > 0 &&
    isMapOf(fingerprint, isString) &&
    isMapOf(record["partBytes"], isCount) &&
    isListOf(blocks, isString) &&
    isListOf(checkpoints, isCheckpoint)
  );
}

const isCheckpoint = (value: unknown): boolean =>
  isObject(value) &&
  isCount(value["length"]) &&
  isOneOf(value["kind"], markKinds) &&
  isListOf(value["parts"], isString);

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already, as it does by itself where a request failed.
  }
}

const namesOf = (state: StateRecord): string[] => [
  ...state.blocks,
  ...state.checkpoints.flatMap(({ parts }) => parts),
];

/** The states that fit beside `state`, those used last first. */
function withinBudget(
  state: StateRecord | null,
  others: readonly StateRecord[],
  budgetBytes: number,
): readonly StateRecord[] {
  const own = state ? [state] : [];
  const kept: StateRecord[] = [];
  for (const other of others.toSorted((a, b) => b.lastUsedAt - a.lastUsedAt))
    if (bytesOf([...own, ...kept, other]) <= budgetBytes) kept.push(other);
  return kept;
}

function removeAllBut(
  objects: IDBObjectStore,
  before: readonly StateRecord[],
  kept: readonly StateRecord[],
): void {
  const ids = new Set(kept.map(({ id }) => id));
  const named = new Set(kept.flatMap(namesOf));
  for (const gone of before.filter(({ id }) => !ids.has(id))) {
    objects.delete(stateKey(gone.id));
    for (const name of namesOf(gone)) if (!named.has(name)) objects.delete(partKey(name));
  }
  // One that was written anew may name fewer parts than its former record.
  for (const former of before.filter(({ id }) => ids.has(id)))
    for (const name of namesOf(former)) if (!named.has(name)) objects.delete(partKey(name));
}
