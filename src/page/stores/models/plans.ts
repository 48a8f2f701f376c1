import { create } from "zustand";
import type { QuantizeChoice } from "../../../ground/quantize-choice";
import type { WireError } from "../../../ground/errors";
import type { LoadedModel, MemoryPlan, PlannedModel } from "../../../worker/rpc/protocol/load";
import { identityOf, isSameLoad } from "../../../worker/rpc/protocol/load-identity";
import type { ModelId } from "../../../worker/rpc/protocol/model";
import { applyMemoryBudget, planModel, useEngine } from "./engine";
import { changeSettings, useSettings, type Settings } from "../settings/settings";
import { openDialog } from "../view";
import { asWireError } from "../wire-error";

export type PlanState =
  | { readonly phase: "asking" }
  | ({ readonly phase: "known" } & PlannedModel)
  | { readonly phase: "failed"; readonly error: WireError };

/** The memory plan of each model that was looked at. */
export const usePlans = create<{ readonly plans: Readonly<Record<ModelId, PlanState>> }>(() => ({
  plans: {},
}));

const setPlan = (id: ModelId, plan: PlanState) =>
  usePlans.setState((s) => ({ plans: { ...s.plans, [id]: plan } }));

/** Returns whether a model is loaded as a plan of it has it. */
export const isLoadedAs = ({ id, plan }: LoadedModel, wanted: MemoryPlan): boolean =>
  isSameLoad(identityOf(id, plan), identityOf(id, wanted));

let lastRequest = 0;

/**
 * Plans a model with the context length in the settings; an older plan is shown until the new one is known.
 */
export async function requestPlan(id: ModelId): Promise<void> {
  const request = ++lastRequest;
  if (usePlans.getState().plans[id]?.phase !== "known") setPlan(id, { phase: "asking" });
  try {
    const planned = await planModel(id);
    if (request === lastRequest) setPlan(id, { phase: "known", ...planned });
  } catch (cause) {
    if (request === lastRequest) setPlan(id, { phase: "failed", error: asWireError(cause) });
  }
}

/** Opens the model panel, with one model's details and plan unfolded. */
export function openModels(selectedId: ModelId | null): void {
  openDialog({ kind: "models", selectedId });
  if (selectedId !== null) void requestPlan(selectedId);
}

/** Opens the model panel with the model in use unfolded, unless that is the demo, whose plan is small. */
export function openModelPanel(): void {
  const { status } = useEngine.getState();
  const model = "model" in status ? status.model : null;
  openModels(model === null || model.origin.kind === "bundled" ? null : model.id);
}

/**
 * Changes settings that a load depends on, and plans the model with them; `modelId` is `null` where there is
 * none.
 */
export function chooseForLoad(settings: Partial<Settings>, modelId: ModelId | null): void {
  changeSettings(settings);
  if (modelId !== null) void requestPlan(modelId);
}

/** Chooses what a model's plain weights become, `null` for what the memory allows, and plans it with that. */
export function chooseQuantize(choice: QuantizeChoice | null, modelId: ModelId): void {
  const { [modelId]: _, ...others } = useSettings.getState().quantize;
  chooseForLoad({ quantize: choice === null ? others : { ...others, [modelId]: choice } }, modelId);
}

/** Chooses how much GPU memory models may take, `null` for an estimate, and plans the model with it. */
export async function chooseMemoryBudget(bytes: number | null, modelId: ModelId | null): Promise<void> {
  changeSettings({ memoryBudget: bytes });
  await applyMemoryBudget();
  if (modelId !== null) await requestPlan(modelId);
}
