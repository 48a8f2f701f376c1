import { create } from "zustand";
import type { WireError } from "../../../ground/errors";
import { readRoom, type Room } from "../../../storage/quota";
import { engine } from "../../../worker/rpc/client";
import type { EngineReport } from "../../../worker/rpc/protocol/inspect";
import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import { useEngine } from "../models/engine";
import { useModels } from "../models/models";
import { follow, whole } from "../follow";
import { asWireError } from "../wire-error";

export type EngineReportState =
  | { readonly phase: "asking" }
  | { readonly phase: "known"; readonly report: EngineReport; readonly room: Room | null }
  | { readonly phase: "failed"; readonly error: WireError };

export const useInspectEngine = create<{ readonly state: EngineReportState }>(() => ({
  state: { phase: "asking" },
}));

const POLL_MS = 2000;

/** Asks for the engine's report, again and again. @returns a function that ends it */
export function watchEngine(): () => void {
  const poll = () => void readReport();
  const timer = setInterval(poll, POLL_MS);
  const stop = follow(useEngine, whole, poll);
  poll();
  return () => {
    clearInterval(timer);
    stop();
  };
}

async function readReport(): Promise<void> {
  const { status, device } = useEngine.getState();
  if (device === null || status.phase === "failed") return; // asking would open the device anew
  const state = await Promise.all([engine.call("engineReport", []), readRoom()]).then(
    ([report, room]): EngineReportState => ({ phase: "known", report, room: room ?? null }),
    (cause: unknown): EngineReportState => ({ phase: "failed", error: asWireError(cause) }),
  );
  useInspectEngine.setState({ state });
}

/** All that helps to look into a fault, and nothing of what was written: for an issue. */
export interface FaultReport extends EngineReport {
  readonly browser: string;
  readonly storage: Room | null;
  readonly storedModels: readonly { readonly fileName: string; readonly sizeBytes: number }[];
  readonly model: Pick<LoadedModel, "contextLength" | "stages" | "tuned" | "plan"> | null;
  readonly failure: WireError | null;
}

export function faultReport(report: EngineReport, room: Room | null): FaultReport {
  const { status } = useEngine.getState();
  const loaded = status.phase === "ready" ? status.loaded : null;
  return {
    browser: navigator.userAgent,
    ...report,
    storage: room,
    storedModels: useModels.getState().models.map(({ fileName, sizeBytes }) => ({ fileName, sizeBytes })),
    model: loaded && {
      contextLength: loaded.contextLength,
      plan: loaded.plan,
      stages: loaded.stages,
      tuned: loaded.tuned,
    },
    failure: status.phase === "failed" ? status.error : null,
  };
}
