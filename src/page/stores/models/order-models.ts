import type { HubModel } from "../../../worker/rpc/protocol/hub";
import type { ModelId, StoredModel } from "../../../worker/rpc/protocol/model";

/**
 * Stored models in the order people look for them: the one in use, then those that fit the memory, then the
 * rest; the demo, which one grows out of, last. Within each the order is kept.
 */
export function orderStored(
  models: readonly StoredModel[],
  loadedId: ModelId | null,
  budgetBytes: number,
): readonly StoredModel[] {
  const rank = ({ id, origin, sizeBytes }: StoredModel) =>
    origin.kind === "bundled" ? 3 : id === loadedId ? 0 : sizeBytes <= budgetBytes ? 1 : 2;
  return models.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * Returns whether a model fits the memory with its shortest usual context; undefined where that is not known.
 */
export function fitsMemory({ memory }: Pick<HubModel, "memory">, budgetBytes: number): boolean | undefined {
  return memory[0] && memory[0].totalBytes <= budgetBytes;
}

/** Puts those that fit first, and those that do not last; within each the order is kept. */
export function orderByFit<T>(items: readonly T[], fits: (item: T) => boolean | undefined): readonly T[] {
  const rank = (item: T) => ({ true: 0, undefined: 1, false: 2 })[`${fits(item)}`];
  return items.toSorted((a, b) => rank(a) - rank(b));
}
