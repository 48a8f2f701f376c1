import { counted, formatCount } from "../../../ground/figures";
import type { MarkKind, StoredCheckpoint } from "../../../ground/checkpoint";
import { commonLength, leavesFirst, longestPrefix, moreValuable, type StoredState } from "./reuse";
import {
  blockTokensFor,
  PART_BYTES,
  UnusablePart,
  type PartKeeper,
  type SequenceMemory,
} from "./sequence-memory";
import { t, type Sentence } from "../../../language/language";

/**
 * Places remembered beyond those on the GPU; a chat rarely has so many documents and turns that are asked
 * about again.
 */
const MOST_HELD = 64;
/** The most bytes of a stored state's checkpoints together, but two checkpoints at least. */
const STORED_CHECKPOINT_BYTES = 256 * 2 ** 20;
const MOST_STORED_CHECKPOINTS = 8;

/** A checkpoint within the live keys and values: on the GPU, in storage, or both. */
interface Checkpoint {
  readonly length: number;
  readonly kind: MarkKind;
  /** Counts up; the order in which they were taken or brought back. */
  readonly takenAt: number;
  readonly slot: number | null;
  readonly parts: readonly string[] | null;
  readonly isOnGpu: boolean;
}

/** Why something that is stored could not be used. */
export interface Unusable {
  readonly stateId: string;
  readonly code: UnusablePart["code"];
  readonly message: Sentence;
}

export interface Rewound {
  /** Tokens of the prompt that need not be read. */
  readonly length: number;
  /** Stored states that would have given more. */
  readonly unusable: readonly Unusable[];
  /** The stored state that it came from, if it did. */
  readonly from: string | null;
}

/** A sequence's state to be stored; its parts are stored already. */
export type StateToStore = Omit<StoredState, "id" | "ids"> & { readonly ids: Uint32Array<ArrayBuffer> };

/**
 * Knows what a sequence's memory holds, and goes back to the longest prefix of a prompt that was kept
 * anywhere. Keys and values can be cut to any length, or put back from storage; the recurrent state only goes
 * back to a checkpoint. Pure bookkeeping: what moves bytes is behind {@link SequenceMemory}.
 */
export class PrefixCache {
  readonly #memory: SequenceMemory;
  readonly #blockTokens: number;
  readonly #keeper: PartKeeper | undefined;
  /** Tokens whose keys and values are live. Everything below is a prefix of them. */
  #kvIds: number[] = [];
  /** Tokens in the live recurrent state; null when it is not known. */
  #length: number | null = null;
  /** By length. */
  #checkpoints = new Map<number, Checkpoint>();
  /** Names of stored blocks that hold exactly what is live; undefined where none does. */
  #blocks: (string | undefined)[] = [];
  readonly #bytesOfPart = new Map<string, number>();
  #clock = 0;

  /** @param keeper  where what leaves the GPU goes; without one it is gone */
  constructor(
    memory: SequenceMemory,
    keeper?: PartKeeper,
    blockTokens = blockTokensFor(memory.kvBytesPerToken),
  ) {
    this.#memory = memory;
    this.#keeper = keeper;
    this.#blockTokens = blockTokens;
  }

  /** Tokens in the live state. */
  get length(): number {
    return this.#length ?? 0;
  }

  get liveIds(): readonly number[] {
    return this.#kvIds.slice(0, this.length);
  }

  /** Tokens up to the longest checkpoint: what {@link save} would keep. */
  get keptIds(): readonly number[] {
    return this.#kvIds.slice(0, this.#longest());
  }

  /** Checkpoints in the order of their length, for those who look. */
  get checkpoints(): readonly {
    readonly length: number;
    readonly kind: MarkKind;
    readonly isOnGpu: boolean;
  }[] {
    return [...this.#checkpoints.values()].sort((a, b) => a.length - b.length);
  }

  /**
   * Brings the live state to the longest prefix of `ids` that is kept anywhere, `limit` tokens at most.
   *
   * @param stored  states in storage that belong to this model
   */
  async rewind(ids: readonly number[], limit: number, stored: readonly StoredState[] = []): Promise<Rewound> {
    const unusable: Unusable[] = [];
    const refused = new Set<StoredCheckpoint>();
    for (;;) {
      const prefix = longestPrefix(
        ids,
        limit,
        this.length,
        this.#kvIds,
        [...this.#checkpoints.values()],
        this.#keeper ? stored : [],
        (_, checkpoint) => !refused.has(checkpoint) && checkpoint.length <= this.#memory.capacity,
      );
      switch (prefix.kind) {
        case "none":
          this.#memory.clear();
          this.#length = 0;
          return { length: 0, unusable, from: null };
        case "live":
          return { length: prefix.length, unusable, from: null };
        case "held":
          if (!(await this.#bringBack(prefix.checkpoint))) {
            this.#checkpoints.delete(prefix.length);
            continue;
          }
          return { length: prefix.length, unusable, from: null };
        case "stored": {
          const problem = await this.#restore(ids, prefix.state, prefix.checkpoint);
          if (!problem) return { length: prefix.length, unusable, from: prefix.state.id };
          unusable.push({ stateId: prefix.state.id, code: problem.code, message: problem.message });
          // A block that can not be used makes every checkpoint behind it useless, and may serve those before
          // it.
          for (const one of prefix.state.checkpoints) {
            if (one === prefix.checkpoint || one.length > problem.usableLength) refused.add(one);
          }
          continue;
        }
        default:
          prefix satisfies never;
      }
    }
  }

  /** Tokens behind the live state are about to be written over. */
  cut(): void {
    this.#cutKv(this.length);
  }

  /**
   * Keys and values behind the first `nTokens` are about to be given back. What is stored of them stays
   * there.
   */
  cutTo(nTokens: number): void {
    this.#cutKv(nTokens);
  }

  /** These were read, or drawn and then read. */
  append(ids: readonly number[]): void {
    this.cut();
    for (const id of ids) this.#kvIds.push(id);
    this.#length = this.#kvIds.length;
  }

  /** The live recurrent state can no longer be relied on; checkpoints can. */
  forgetLive(): void {
    this.#length = null;
  }

  /** Nothing is known any more. */
  reset(): void {
    this.#length = null;
    this.#kvIds = [];
    this.#checkpoints.clear();
    this.#blocks = [];
  }

  /** Copies the live state. The least valuable copy leaves the GPU for it, to storage if there is one. */
  async checkpoint(kind: MarkKind): Promise<void> {
    const length = this.length;
    if (length === 0) return;
    const same = this.#checkpoints.get(length);
    const now = { length, kind: same ? moreValuable(same.kind, kind) : kind, takenAt: ++this.#clock };
    if (same && same.slot !== null) {
      this.#checkpoints.set(length, { ...same, ...now });
      return;
    }
    const slot = await this.#freeSlot();
    this.#memory.copyToSlot(slot);
    this.#checkpoints.set(length, { ...now, slot, isOnGpu: true, parts: same?.parts ?? null });
    this.#boundHeld();
  }

  /**
   * Stores what is not stored yet of everything up to the longest checkpoint. Keys and values are only ever
   * added; the last block is written anew.
   *
   * @returns what to write down, or null when there is nothing to keep
   * @throws what `signal` says when it aborts, between two parts; what was stored until then need not be
   *   stored again
   */
  async save(signal?: AbortSignal): Promise<StateToStore | null> {
    const keeper = this.#keeper;
    const length = this.#longest();
    if (!keeper || length === 0) return null;
    const blocks: string[] = [];
    const partBytes: Record<string, number> = {};
    for (let start = 0; start < length; start += this.#blockTokens) {
      const at = start / this.#blockTokens;
      const end = Math.min(start + this.#blockTokens, length);
      let name = this.#blocks[at];
      if (name === undefined) {
        signal?.throwIfAborted();
        const bytes = await this.#memory.readKv(start, end);
        name = await this.#write(keeper, bytes);
        if (end === start + this.#blockTokens) this.#blocks[at] = name;
      }
      blocks.push(name);
      partBytes[name] = this.#bytesOfPart.get(name)!;
    }
    const checkpoints: StoredCheckpoint[] = [];
    for (const one of this.#worthStoring()) {
      signal?.throwIfAborted();
      const parts = one.parts ?? (await this.#store(one, keeper));
      for (const name of parts) partBytes[name] = this.#bytesOfPart.get(name)!;
      checkpoints.push({ length: one.length, kind: one.kind, parts });
    }
    return {
      ids: Uint32Array.from(this.#kvIds.slice(0, length)),
      blockTokens: this.#blockTokens,
      blocks,
      checkpoints,
      partBytes,
    };
  }

  /** Bytes that {@link save} would keep, stored already or not. */
  get bytesToSave(): number {
    const { kvBytesPerToken, recurrentBytes } = this.#memory;
    return this.#longest() * kvBytesPerToken + this.#worthStoring().length * recurrentBytes;
  }

  /** Storage has lost parts: everything is stored anew by the next save. */
  forgetStored(): void {
    this.#blocks = [];
    for (const one of [...this.#checkpoints.values()]) {
      if (one.slot === null) this.#checkpoints.delete(one.length);
      else this.#checkpoints.set(one.length, { ...one, parts: null });
    }
  }

  #longest(): number {
    return Math.max(0, ...this.#checkpoints.keys());
  }

  /** Forgets keys and values from `length` on, and what rests on them. */
  #cutKv(length: number): void {
    if (length >= this.#kvIds.length) return;
    this.#kvIds.length = length;
    for (const at of [...this.#checkpoints.keys()]) if (at > length) this.#checkpoints.delete(at);
    this.#blocks.length = Math.min(this.#blocks.length, Math.floor(length / this.#blockTokens));
    if (this.#length !== null && this.#length > length) this.#length = null;
  }

  async #freeSlot(): Promise<number> {
    const onGpu = [...this.#checkpoints.values()].filter(({ slot }) => slot !== null);
    const taken = new Set(onGpu.map(({ slot }) => slot));
    for (let slot = 0; slot < this.#memory.nSlots; slot++) if (!taken.has(slot)) return slot;
    const leaving = leavesFirst(onGpu)!;
    const parts = leaving.parts ?? (await this.#spill(leaving));
    if (parts) this.#checkpoints.set(leaving.length, { ...leaving, slot: null, isOnGpu: false, parts });
    else this.#checkpoints.delete(leaving.length);
    return leaving.slot!;
  }

  /** Its parts in storage; null where nothing can be stored, and so it is lost. */
  async #spill(checkpoint: Checkpoint): Promise<readonly string[] | null> {
    if (!this.#keeper) return null;
    try {
      return await this.#store(checkpoint, this.#keeper);
    } catch {
      return null; // storage is full or gone: reading again costs time, not the answer
    }
  }

  async #store(checkpoint: Checkpoint, keeper: PartKeeper): Promise<readonly string[]> {
    const { recurrentBytes } = this.#memory;
    const parts: string[] = [];
    for (let offset = 0; offset < recurrentBytes; offset += PART_BYTES) {
      const length = Math.min(PART_BYTES, recurrentBytes - offset);
      parts.push(await this.#write(keeper, await this.#memory.readSlot(checkpoint.slot!, offset, length)));
    }
    this.#checkpoints.set(checkpoint.length, { ...checkpoint, parts });
    return parts;
  }

  async #write(keeper: PartKeeper, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const name = await keeper.write(bytes);
    this.#bytesOfPart.set(name, bytes.length);
    return name;
  }

  /** A checkpoint whose keys and values are live. @returns whether it was there */
  async #bringBack(checkpoint: Checkpoint): Promise<boolean> {
    if (checkpoint.slot !== null) {
      this.#memory.copyFromSlot(checkpoint.slot);
      this.#length = checkpoint.length;
      return true;
    }
    try {
      this.#writeRecurrent(await this.#readParts(checkpoint.parts!));
    } catch (error) {
      if (error instanceof UnusablePart) return false;
      throw error;
    }
    this.#length = checkpoint.length;
    await this.checkpoint(checkpoint.kind); // on the GPU again, where the next question finds it
    return true;
  }

  /**
   * Puts a stored state's keys and values behind what is live of them, and its checkpoint in the live state.
   */
  async #restore(
    ids: readonly number[],
    state: StoredState,
    checkpoint: StoredCheckpoint,
  ): Promise<{ code: UnusablePart["code"]; message: Sentence; usableLength: number } | null> {
    // A state is read by the block size that it was written with.
    const { blockTokens } = state;
    const live = Math.min(commonLength(this.#kvIds, ids), checkpoint.length);
    let usableLength = checkpoint.length;
    try {
      const recurrent = await this.#readParts(checkpoint.parts);
      if (live < checkpoint.length) this.#cutKv(live);
      for (let at = Math.floor(live / blockTokens); at * blockTokens < checkpoint.length; at++) {
        if (live >= checkpoint.length) break;
        const start = at * blockTokens;
        const end = Math.min(start + blockTokens, state.ids.length, this.#memory.capacity);
        usableLength = start;
        const name = state.blocks[at] ?? "";
        const bytes = await this.#keeper!.read(name);
        await this.#memory.writeKv(start, end, bytes);
        this.#kvIds.length = Math.min(this.#kvIds.length, start);
        for (let i = start; i < end; i++) this.#kvIds.push(state.ids[i]!);
        this.#blocks.length = Math.min(this.#blocks.length, Math.floor(start / this.#blockTokens));
        if (end === start + blockTokens && blockTokens === this.#blockTokens) this.#blocks[at] = name;
        usableLength = end;
      }
      this.#writeRecurrent(recurrent);
      this.#length = checkpoint.length;
      this.#adopt(state);
      await this.checkpoint(checkpoint.kind);
      return null;
    } catch (error) {
      if (!(error instanceof UnusablePart)) throw error;
      return { code: error.code, message: error.sentence, usableLength };
    }
  }

  /** A stored state's checkpoints, now that its keys and values are live. */
  #adopt({ checkpoints, partBytes }: StoredState): void {
    for (const [name, bytes] of Object.entries(partBytes)) this.#bytesOfPart.set(name, bytes);
    for (const { length, kind, parts } of checkpoints.toSorted((a, b) => a.length - b.length)) {
      if (this.#checkpoints.has(length) || length > this.#kvIds.length) continue;
      const takenAt = ++this.#clock;
      this.#checkpoints.set(length, { length, kind, takenAt, slot: null, parts, isOnGpu: false });
    }
    this.#boundHeld();
  }

  async #readParts(names: readonly string[]): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for (const name of names) {
      parts.push(await this.#keeper!.read(name));
    }
    const total = parts.reduce((sum, { length }) => sum + length, 0);
    if (total !== this.#memory.recurrentBytes)
      throw new UnusablePart(
        "damaged",
        t("A saved state of {bytes}, expected {recurrentBytes}.", {
          bytes: counted(total, "byte"),
          recurrentBytes: formatCount(this.#memory.recurrentBytes),
        }),
      );
    return parts;
  }

  #writeRecurrent(parts: readonly Uint8Array<ArrayBuffer>[]): void {
    let offset = 0;
    for (const bytes of parts) {
      this.#memory.writeRecurrent(offset, bytes);
      offset += bytes.length;
    }
  }

  /** Those to keep beyond the page: the longest always, of the rest the most valuable. */
  #worthStoring(): readonly Checkpoint[] {
    const room = Math.max(
      2,
      Math.min(
        MOST_STORED_CHECKPOINTS,
        Math.floor(STORED_CHECKPOINT_BYTES / Math.max(1, this.#memory.recurrentBytes)),
      ),
    );
    const longest = this.#longest();
    const kept = [...this.#checkpoints.values()];
    while (kept.length > room) {
      const leaving = leavesFirst(kept.filter(({ length }) => length !== longest))!;
      kept.splice(kept.indexOf(leaving), 1);
    }
    return kept.sort((a, b) => a.length - b.length);
  }

  #boundHeld(): void {
    while (this.#checkpoints.size > MOST_HELD + this.#memory.nSlots) {
      const leaving = leavesFirst([...this.#checkpoints.values()].filter(({ slot }) => slot === null))!;
      this.#checkpoints.delete(leaving.length);
    }
  }
}
