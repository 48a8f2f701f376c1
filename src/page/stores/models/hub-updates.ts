import { create } from "zustand";
import type { HubOrigin } from "../../../ground/model-origin";
import type { WireError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { ModelId, StoredModel } from "../../../worker/rpc/protocol/model";
import { addModel } from "./models";
import { asWireError } from "../wire-error";
import { t } from "../../../language/language";

export type UpdateState =
  | { readonly phase: "asking" }
  | { readonly phase: "newest" }
  | { readonly phase: "newer"; readonly origin: HubOrigin }
  | { readonly phase: "failed"; readonly error: WireError };

/** The updates of stored models' repositories, for those that were asked about. */
export const useHubUpdates = create<{ readonly updates: Readonly<Record<ModelId, UpdateState>> }>(() => ({
  updates: {},
}));

/** Asks the hub whether there are newer files of a stored model. */
export async function askForUpdate({ id }: StoredModel): Promise<void> {
  const show = (update: UpdateState) =>
    useHubUpdates.setState((s) => ({ updates: { ...s.updates, [id]: update } }));
  show({ phase: "asking" });
  try {
    const origin = await engine.call("findUpdate", [id]);
    show(origin ? { phase: "newer", origin } : { phase: "newest" });
  } catch (cause) {
    show({ phase: "failed", error: asWireError(cause) });
  }
}

/**
 * Downloads the newer files as a model of their own; the one that is there stays until the person deletes it.
 */
export function downloadUpdate(model: StoredModel, origin: HubOrigin): void {
  void addModel(origin, t("{name} (newer)", { name: model.name }));
}
