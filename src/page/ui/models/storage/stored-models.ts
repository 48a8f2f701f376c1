import type { useModels } from "../../../stores/models/models";

/** Bytes of models in this browser, whole or in part. Files that are read in place are not in it. */
export const storedModelBytes = ({ models, unfinished }: ReturnType<typeof useModels.getState>): number =>
  models.filter(({ origin }) => origin.kind !== "in-place").reduce((sum, one) => sum + one.sizeBytes, 0) +
  unfinished.reduce((sum, one) => sum + one.receivedBytes, 0);
