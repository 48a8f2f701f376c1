import { create } from "zustand";
import type { WireError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { DeviceReport } from "../../../worker/rpc/protocol/inspect";
import type { LoadedModel, LoadProgress, MemoryPlan, PlannedModel } from "../../../worker/rpc/protocol/load";
import type { ModelId, StoredModel } from "../../../worker/rpc/protocol/model";
import { claimModel, freeModel, untilModelFree } from "./model-tab";
import { changeSettings, useSettings } from "../settings/settings";
import { asWireError } from "../wire-error";

export type EngineStatus =
  | { readonly phase: "starting" }
  /** The GPU is there; no model is loaded or being loaded. */
  | { readonly phase: "empty" }
  | { readonly phase: "loading"; readonly model: StoredModel; readonly progress: LoadProgress | null }
  | { readonly phase: "ready"; readonly model: StoredModel; readonly loaded: LoadedModel }
  /** Another tab has its model on the GPU; `model` is the one to load when this tab takes over. */
  | { readonly phase: "elsewhere"; readonly model: StoredModel }
  /**
   * `model` is the one that was loaded or being loaded, to try again with; `null` when there is no GPU to
   * load into.
   */
  | { readonly phase: "failed"; readonly error: WireError; readonly model: StoredModel | null };

interface EngineState {
  readonly status: EngineStatus;
  readonly device: DeviceReport | null;
}

export const useEngine = create<EngineState>(() => ({ status: { phase: "starting" }, device: null }));

const getStatus = () => useEngine.getState().status;

function setStatus(status: EngineStatus): void {
  useEngine.setState({ status });
  if (status.phase === "empty" || status.phase === "failed") freeModel();
  if (status.phase === "elsewhere") void loadWhenFree(status);
}

/** A tab that has the model and is reloaded comes back to it. */
const RELOAD_MS = 6000;

/** When the tab that had the model is closed, the one that is looked at loads its own. */
async function loadWhenFree(status: EngineStatus & { phase: "elsewhere" }): Promise<void> {
  await untilModelFree().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, RELOAD_MS));
  while (document.hidden)
    await new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
  if (getStatus() === status) await loadModel(status.model, null);
}

let loading: AbortController | null = null;

/**
 * Asks the worker for the GPU; {@link endStart} ends the start once it is known which model comes next.
 * @returns whether there is one
 */
export async function startEngine(): Promise<boolean> {
  engine.onDeviceLost((error) => {
    const status = getStatus();
    setStatus({ phase: "failed", error, model: "model" in status ? status.model : null });
  });
  try {
    await applyMemoryBudget();
    return true;
  } catch (error) {
    setStatus({ phase: "failed", error: asWireError(error), model: null });
    return false;
  }
}

/**
 * The page is up. Whoever starts a load does so in the same step, or questions that wait are told that no
 * model is coming.
 */
export function endStart(): void {
  // Not by setStatus: the right to load that was claimed at the start is for the load that follows.
  if (getStatus().phase === "starting") useEngine.setState({ status: { phase: "empty" } });
}

/** The device as it is planned for with the settings' memory budget; what is loaded stays as it is. */
export async function applyMemoryBudget(): Promise<void> {
  const device = await engine.call("start", [useSettings.getState().memoryBudget]);
  useEngine.setState({ device });
}

/**
 * Loads a stored model in place of the one that is loaded. Ends in status "ready", "failed", "elsewhere" or,
 * when cancelled, "empty".
 *
 * @param contextLength `null`: as {@link planModel} finds, and only if that fits the memory budget
 * @returns "too-large" when it was not loaded because it does not fit; the status is then as before
 */
export async function loadModel(
  model: StoredModel,
  contextLength: number | null,
): Promise<"tried" | "too-large"> {
  loading?.abort();
  const mine = (loading = new AbortController());
  const isMine = () => loading === mine;
  const before = getStatus();
  setStatus({ phase: "loading", model, progress: null });
  try {
    const mayLoad = await claimModel();
    if (!isMine()) return "tried";
    if (!mayLoad) {
      setStatus({ phase: "elsewhere", model });
      return "tried";
    }
    if (contextLength === null) {
      const { plan } = await planModel(model.id);
      if (!isMine()) return "tried";
      if (!fits(plan)) {
        // Not over the news that the device was lost meanwhile.
        if (getStatus().phase === "loading")
          setStatus(before.phase === "ready" ? before : { phase: "empty" });
        return "too-large";
      }
      contextLength = plan.contextLength;
    }
    const loaded = await engine.call("load", [model.id, optionsOf(model.id, contextLength)], {
      signal: mine.signal,
      onProgress: (progress) => {
        if (isMine() && getStatus().phase === "loading") setStatus({ phase: "loading", model, progress });
      },
    });
    if (!isMine()) return "tried";
    setStatus({ phase: "ready", model, loaded });
    changeSettings({ lastModelId: model.id });
  } catch (cause) {
    if (!isMine()) return "tried";
    const error = asWireError(cause);
    if (error.code === "cancelled") {
      setStatus({ phase: "empty" });
      // one that was there before, or came too late to stop
      await engine.call("unload", []).catch(() => undefined);
    } else setStatus({ phase: "failed", error, model });
  } finally {
    if (isMine()) loading = null;
  }
  return "tried";
}

export function cancelLoad(): void {
  loading?.abort();
}

/** Gives the model's memory back, for another tab that wants to load one. */
export async function leaveModel(): Promise<void> {
  const status = getStatus();
  loading?.abort();
  loading = null;
  if (!("model" in status) || status.model === null) return;
  setStatus({ phase: "elsewhere", model: status.model });
  await engine.call("unload", []).catch(() => undefined); // a device that is lost has nothing to give back
}

/** The model is no longer stored: if it is the one in use, its memory is given back. */
export async function forgetModel(id: ModelId): Promise<void> {
  const status = getStatus();
  if (!("model" in status) || status.model?.id !== id) return;
  cancelLoad();
  setStatus({ phase: "empty" });
  if (status.phase === "ready") await engine.call("unload", []);
}

/**
 * The memory a stored model would use: with the context length the person chose or, where they chose none,
 * with the longest usual one that fits the budget.
 */
export function planModel(id: ModelId): Promise<PlannedModel> {
  return engine.call("plan", [id, optionsOf(id, useSettings.getState().contextLength)]);
}

/** The options of a load, by the settings for that model. */
export function optionsOf<Length extends number | null>(id: ModelId, contextLength: Length) {
  const { quantize, kv, yarn, int8 } = useSettings.getState();
  return { contextLength, quantize: quantize[id] ?? null, kv, yarn, int8 };
}

export const fits = (plan: MemoryPlan): boolean => plan.totalBytes <= plan.budgetBytes;

/** The model in use, being loaded or lost; `null` without one. */
export function loadedModelId(): ModelId | null {
  const status = getStatus();
  return "model" in status ? (status.model?.id ?? null) : null;
}
