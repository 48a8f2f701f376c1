import { type Sentence } from "../../../language/language";
/**
 * The memory of a sequence as its bookkeeping sees it ({@link PrefixCache}): a live state, numbered copies of
 * the part that can not be cut back, and keys and values by token. Calls take effect in the order they are
 * made.
 */
export interface SequenceMemory {
  /** Copies that there is room for. */
  readonly nSlots: number;
  /** Tokens whose keys and values there is room for. */
  readonly capacity: number;
  /** Bytes of one copy. */
  readonly recurrentBytes: number;
  readonly kvBytesPerToken: number;
  /** Empties the live recurrent state. */
  clear(): void;
  /** Live recurrent state → slot. */
  copyToSlot(slot: number): void;
  /** Slot → live recurrent state. */
  copyFromSlot(slot: number): void;
  readSlot(slot: number, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Storage → live recurrent state, bytes from `offset` on. */
  writeRecurrent(offset: number, bytes: Uint8Array<ArrayBuffer>): void;
  /** Keys and values of tokens [start, end). */
  readKv(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Puts back what `readKv(start, …)` gave; rows past `end` are left out. */
  writeKv(start: number, end: number, bytes: Uint8Array<ArrayBuffer>): void | Promise<void>;
}

/** Keeps parts of states by the SHA-256 of their bytes. */
export interface PartKeeper {
  /** Rejects with an {@link UnusablePart} when it is missing or other than it was. */
  read(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** @returns its name */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
}

/** A stored part can not be used; `message` says why. */
export class UnusablePart extends Error {
  constructor(
    readonly code: "missing" | "damaged",
    readonly sentence: Sentence,
  ) {
    super(sentence);
    this.name = "UnusablePart";
  }
}

/** Bytes of a part at most. */
export const PART_BYTES = 16 * 2 ** 20;
/** A block of keys and values is about this long: the last one is written anew with every save. */
const BLOCK_BYTES = 4 * 2 ** 20;

/** Tokens of a block of keys and values: a power of two, so that it depends on little. */
export function blockTokensFor(kvBytesPerToken: number): number {
  const fitting = 2 ** Math.floor(Math.log2(Math.max(1, BLOCK_BYTES / Math.max(1, kvBytesPerToken))));
  return Math.min(1024, Math.max(16, fitting));
}
