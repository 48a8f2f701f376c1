import { create } from "zustand";
import type { WireError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { LabChart, LabRequest, LabResult } from "../../../worker/rpc/protocol/measure";
import { asWireError } from "../wire-error";

export type LabState =
  | { readonly phase: "idle" }
  | {
      readonly phase: "running";
      readonly request: LabRequest;
      readonly done: number;
      /** `null` before the first point. */
      readonly total: number | null;
      /** Those that are ready. */
      readonly charts: readonly LabChart[];
    }
  | { readonly phase: "done"; readonly result: LabResult }
  | { readonly phase: "failed"; readonly error: WireError };

export const useLab = create<{ readonly state: LabState }>(() => ({ state: { phase: "idle" } }));

const setState = (state: LabState) => useLab.setState({ state });

let running: AbortController | null = null;

export async function runLab(request: LabRequest): Promise<void> {
  running?.abort();
  const mine = (running = new AbortController());
  setState({ phase: "running", request, done: 0, total: null, charts: [] });
  try {
    const result = await engine.call("runLab", [request], {
      signal: mine.signal,
      onProgress: (progress) => {
        if (running === mine) setState({ phase: "running", request, ...progress });
      },
    });
    if (running === mine) setState({ phase: "done", result });
  } catch (cause) {
    if (running !== mine) return;
    const error = asWireError(cause);
    setState(error.code === "cancelled" ? { phase: "idle" } : { phase: "failed", error });
  }
}

export function cancelLab(): void {
  running?.abort();
}
