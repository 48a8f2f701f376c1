import { create } from "zustand";
import type { QuantizeChoice } from "../../../ground/quantize-choice";
import type { WireError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { LayerPlanReport, MemoryReport, PlanTarget } from "../../../worker/rpc/protocol/inspect";
import type { ModelId } from "../../../worker/rpc/protocol/model";
import { loadedModelId, useEngine } from "../models/engine";
import { useModels } from "../models/models";
import { useSettings } from "../settings/settings";
import { follow, whole } from "../follow";
import { asWireError } from "../wire-error";

/** GPU memory as it was when the context held so many tokens. */
export interface MeasuredMemory {
  readonly usedTokens: number;
  readonly liveBytes: number;
  /** `liveBytes` without the part of the KV cache that waits for tokens. */
  readonly inUseBytes: number;
}

export type LayerPlanState =
  | { readonly phase: "asking" }
  | { readonly phase: "known"; readonly target: PlanTarget; readonly plan: LayerPlanReport }
  | { readonly phase: "failed"; readonly target: PlanTarget; readonly error: WireError };

interface InspectMemory {
  /** `null` until the worker has answered. */
  readonly report: MemoryReport | null;
  /** Measurements of the model in use, by tokens; kept while the panel is watched. */
  readonly measured: readonly MeasuredMemory[];
  /** `null`: the model in use or, without one, the first of the list. */
  readonly chosen: PlanTarget | null;
  /**
   * The choice for the plain weights of a model on the hub; `null`: as the memory allows. Stored models have
   * a setting of their own.
   */
  readonly quantize: QuantizeChoice | null;
  readonly plan: LayerPlanState;
  /** The context that is asked about, as a power of two. */
  readonly lengthExponent: number;
}

export const useInspectMemory = create<InspectMemory>(() => ({
  report: null,
  measured: [],
  chosen: null,
  quantize: null,
  plan: { phase: "asking" },
  lengthExponent: 15,
}));

const POLL_MS = 1000;

/**
 * Asks what lives on the GPU, again and again, and plans the model in use whenever that changes. @returns a
 * function that ends it
 */
export function watchMemory(): () => void {
  const poll = () => void readMemory();
  const timer = setInterval(poll, POLL_MS);
  const refresh = () => void refreshPlan();
  const stops = [follow(useEngine, whole, refresh), follow(useModels, whole, refresh)];
  poll();
  void refreshPlan();
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
  };
}

let measuredModel: ModelId | null = null;

async function readMemory(): Promise<void> {
  if (useEngine.getState().device === null) return;
  const report = await engine.call("memory", []).catch(() => null);
  if (!report) return; // the device is gone; the page says so
  const { measured } = useInspectMemory.getState();
  useInspectMemory.setState({ report, measured: withPoint(measured, report) });
}

function withPoint(measured: readonly MeasuredMemory[], { context, lines, liveBytes }: MemoryReport) {
  if (!context || context.usedTokens === 0) return measured;
  const others =
    context.model === measuredModel
      ? measured.filter(({ usedTokens }) => usedTokens !== context.usedTokens)
      : [];
  measuredModel = context.model;
  const caches = lines.flatMap(({ bytes }) => bytes["KV cache"] ?? []);
  const waiting = caches.reduce((sum, bytes) => sum + Math.max(0, bytes - context.kvUsedBytesPerLayer), 0);
  const point = { usedTokens: context.usedTokens, liveBytes, inUseBytes: liveBytes - waiting };
  return [...others, point].sort((a, b) => a.usedTokens - b.usedTokens);
}

/** The model that is planned for. */
export function planTarget(): PlanTarget {
  const { chosen } = useInspectMemory.getState();
  if (chosen) return chosen;
  const id = loadedModelId() ?? useModels.getState().models[0]?.id;
  return id === undefined ? { kind: "published", size: "0.8B" } : { kind: "stored", id };
}

export function choosePlanTarget(chosen: PlanTarget): void {
  useInspectMemory.setState({ chosen, quantize: null });
  if (useInspectMemory.getState().plan.phase === "failed") askedFor = ""; // the person asks again
  void refreshPlan();
}

export function choosePlanQuantize(quantize: QuantizeChoice | null): void {
  useInspectMemory.setState({ quantize });
  void refreshPlan();
}

export function chooseLength(lengthExponent: number): void {
  useInspectMemory.setState({ lengthExponent });
  void refreshPlan();
}

let askedFor = "";
let asking: AbortController | null = null;

/**
 * Plans again if what is asked for has changed; the former plan is shown until then, and a request still
 * under way is ended.
 */
async function refreshPlan(): Promise<void> {
  const { device, status } = useEngine.getState();
  if (device === null) return;
  const target = planTarget();
  const isLoaded = status.phase === "ready" && target.kind === "stored" && target.id === status.model.id;
  const contextLength = isLoaded
    ? status.loaded.contextLength
    : Math.round(2 ** useInspectMemory.getState().lengthExponent);
  const chosen =
    target.kind === "stored"
      ? useSettings.getState().quantize[target.id]
      : useInspectMemory.getState().quantize;
  const quantize = (isLoaded ? status.loaded.plan.quantize?.choice : chosen) ?? null;
  const key = JSON.stringify([target, contextLength, quantize]);
  if (key === askedFor) return;
  askedFor = key;
  asking?.abort();
  const { signal } = (asking = new AbortController());
  const plan: LayerPlanState = await engine
    .call("planLayers", [target, { contextLength, quantize }], { signal })
    .then(
      (known) => ({ phase: "known", target, plan: known }),
      (cause: unknown) => ({ phase: "failed", target, error: asWireError(cause) }),
    );
  if (!signal.aborted) useInspectMemory.setState({ plan });
}
