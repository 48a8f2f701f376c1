/** Why a checkpoint was taken, which is also what it is worth. Stored with it. */
export const markKinds = ["system", "document", "turn", "answer"] as const;
export type MarkKind = (typeof markKinds)[number];

/** A copy of what of a state can not be cut back, stored in parts that are named by their SHA-256. */
export interface StoredCheckpoint {
  /** Tokens before it. */
  readonly length: number;
  readonly kind: MarkKind;
  readonly parts: readonly string[];
}
