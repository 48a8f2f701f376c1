import type { MemoryScope } from "../gpu/buffers";
import type { ModelConfig } from "../weights/config";
import { allocateCheckpoint, copyRecurrent, type DeltaNetState, type LayerState } from "./state";

/** Kept at once: the latest turn's, and the one before it for a regenerated answer or an edit. */
export const N_CHECKPOINTS = 2;

interface Checkpoint {
  readonly memory: readonly (DeltaNetState | null)[];
  /** The tokens it was taken after; null while it is unused. */
  ids: readonly number[] | null;
}

/**
 * Copies of the state that can not be cut back (DESIGN decision 5). A checkpoint holds as long as the KV cache still holds the
 * tokens before it, so everything past a point that is written over has to be dropped.
 */
export class Checkpoints {
  readonly #slots: Checkpoint[];

  constructor(
    readonly device: GPUDevice,
    readonly state: readonly LayerState[],
    scope: MemoryScope,
    config: ModelConfig,
  ) {
    this.#slots = Array.from({ length: N_CHECKPOINTS }, () => ({
      memory: allocateCheckpoint(scope, config),
      ids: null,
    }));
  }

  /** Copies the state, which is that after `ids`. Takes a free place, else that of the shortest. */
  take(ids: readonly number[]): void {
    const same = this.#slots.find((slot) => slot.ids?.length === ids.length);
    const free = this.#slots.find((slot) => slot.ids === null);
    const shortest = this.#slots.reduce((a, b) => ((a.ids?.length ?? 0) <= (b.ids?.length ?? 0) ? a : b));
    const slot = same ?? free ?? shortest;
    this.#submit((encoder) => copyRecurrent(encoder, this.state, slot.memory));
    slot.ids = [...ids];
  }

  /** Puts back the longest checkpoint that is a prefix of `ids` and shorter; its length, or null when there is none. */
  restore(ids: readonly number[]): number | null {
    const fitting = this.#slots
      .filter((slot) => slot.ids && slot.ids.length < ids.length && isPrefix(slot.ids, ids))
      .sort((a, b) => b.ids!.length - a.ids!.length)[0];
    if (!fitting) return null;
    this.#submit((encoder) => copyRecurrent(encoder, fitting.memory, this.state));
    return fitting.ids!.length;
  }

  /** Forgets those past `length`: the cache behind it is about to be written over. */
  dropBeyond(length: number): void {
    for (const slot of this.#slots) if (slot.ids && slot.ids.length > length) slot.ids = null;
  }

  #submit(encodeCopies: (encoder: GPUCommandEncoder) => void): void {
    const encoder = this.device.createCommandEncoder();
    encodeCopies(encoder);
    this.device.queue.submit([encoder.finish()]);
  }
}

export function isPrefix(prefix: readonly number[], ids: readonly number[]): boolean {
  return prefix.length <= ids.length && prefix.every((id, i) => id === ids[i]);
}
