import type { MarkKind, StoredCheckpoint } from "../../../ground/checkpoint";

/** A place in a prompt where a checkpoint is worth taking. */
export interface Mark {
  /** Tokens before it. */
  readonly position: number;
  readonly kind: MarkKind;
}

/** A stored sequence: its keys and values in blocks, and checkpoints within it. */
export interface StoredState {
  readonly id: string;
  readonly ids: ArrayLike<number>;
  /** Tokens of every block but the last, which holds the rest. */
  readonly blockTokens: number;
  /** The blocks' SHA-256 in order. */
  readonly blocks: readonly string[];
  readonly checkpoints: readonly StoredCheckpoint[];
  /** The bytes of every part and block, by name. */
  readonly partBytes: Readonly<Record<string, number>>;
}

/** A place that the live keys and values can be gone back to. */
export interface HeldCheckpoint {
  readonly length: number;
  /** On the GPU; `false`: only in storage. */
  readonly isOnGpu: boolean;
}

/** The longest usable prefix, by where it comes from. */
export type Prefix<Held extends HeldCheckpoint, Stored extends StoredState> =
  | { readonly kind: "none"; readonly length: 0 }
  | { readonly kind: "live"; readonly length: number }
  | { readonly kind: "held"; readonly length: number; readonly checkpoint: Held }
  | {
      readonly kind: "stored";
      readonly length: number;
      readonly state: Stored;
      readonly checkpoint: StoredCheckpoint;
    };

/**
 * The longest prefix of `ids`, `limit` tokens at most, that some state was kept for. Of equally long ones the
 * one that costs least: what is live, then copies on the GPU, then storage.
 *
 * @param liveLength   tokens in the live recurrent state; 0 when it holds nothing of use
 * @param kvIds        tokens whose keys and values are live; the live state and all of `held` are prefixes of
 *   them
 * @param usableLength how much of a stored state may be relied on; less than all where a part was found
 *   damaged
 */
export function longestPrefix<Held extends HeldCheckpoint, Stored extends StoredState>(
  ids: ArrayLike<number>,
  limit: number,
  liveLength: number,
  kvIds: ArrayLike<number>,
  held: readonly Held[],
  stored: readonly Stored[],
  usableLength: (state: Stored, checkpoint: StoredCheckpoint) => boolean = () => true,
): Prefix<Held, Stored> {
  const inCache = Math.min(limit, commonLength(kvIds, ids));
  let best: Prefix<Held, Stored> = { kind: "none", length: 0 };
  if (liveLength <= inCache && liveLength > 0) best = { kind: "live", length: liveLength };
  for (const checkpoint of held) {
    if (checkpoint.length > inCache || checkpoint.length < best.length) continue;
    const isBetter =
      checkpoint.length > best.length ||
      (best.kind === "held" && checkpoint.isOnGpu && !best.checkpoint.isOnGpu);
    if (isBetter) best = { kind: "held", length: checkpoint.length, checkpoint };
  }
  for (const state of stored) {
    if (state.checkpoints.every(({ length }) => length > limit || length <= best.length)) continue;
    const common = Math.min(limit, commonLength(state.ids, ids));
    for (const checkpoint of state.checkpoints) {
      if (checkpoint.length > common || checkpoint.length <= best.length) continue;
      if (usableLength(state, checkpoint))
        best = { kind: "stored", length: checkpoint.length, state, checkpoint };
    }
  }
  return best;
}

/** Counts the ids that two sequences begin with in common. */
export function commonLength(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length++;
  return length;
}

/** The worth of keeping one: a document is long and asked about again, a system prompt begins every chat. */
const worth: Record<MarkKind, number> = { document: 2, system: 1, turn: 0, answer: 0 };

export const moreValuable = (a: MarkKind, b: MarkKind): MarkKind => (worth[b] > worth[a] ? b : a);

/** Which of the checkpoints leaves first: the least valuable, of those the one taken first. */
export function leavesFirst<T extends { readonly kind: MarkKind; readonly takenAt: number }>(
  checkpoints: readonly T[],
): T | undefined {
  return checkpoints.toSorted((a, b) => worth[a.kind] - worth[b.kind] || a.takenAt - b.takenAt)[0];
}
