import { create } from "zustand";
import type { WireError } from "../errors";
import { engine } from "../worker/client";
import type { StateReport } from "../worker/protocol";
import { asWireError } from "./wire-error";

export type InspectStatePhase =
  | { readonly phase: "idle" }
  | { readonly phase: "reading"; readonly readTokens: number; readonly totalTokens: number }
  | { readonly phase: "known"; readonly report: StateReport }
  | { readonly phase: "failed"; readonly error: WireError };

interface InspectState {
  readonly state: InspectStatePhase;
  /** The layer and head that are looked at; the first of its kind where the model has no such one. */
  readonly linear: { readonly layer: number; readonly head: number };
  readonly full: { readonly layer: number; readonly head: number };
  /** A traced token, by its place in the conversation; `null`: the last. */
  readonly token: number | null;
}

export const useInspectState = create<InspectState>(() => ({
  state: { phase: "idle" },
  linear: { layer: 0, head: 0 },
  full: { layer: 3, head: 0 },
  token: null,
}));

let reading: AbortController | null = null;

/** Has the conversation read again; the states of the layer that is looked at are given whole. */
export async function readStates(): Promise<void> {
  reading?.abort();
  const mine = (reading = new AbortController());
  const show = (state: InspectStatePhase) => {
    if (reading === mine) useInspectState.setState({ state });
  };
  show({ phase: "reading", readTokens: 0, totalTokens: 0 });
  try {
    const report = await engine.call("inspectState", [useInspectState.getState().linear.layer], {
      signal: mine.signal,
      onProgress: (progress) => show({ phase: "reading", ...progress }),
    });
    show({ phase: "known", report });
    useInspectState.setState({ token: null });
  } catch (cause) {
    const error = asWireError(cause);
    show(error.code === "cancelled" ? { phase: "idle" } : { phase: "failed", error });
  }
}

export function stopReadingStates(): void {
  reading?.abort();
}

export function lookAtLinear(layer: number, head: number): void {
  useInspectState.setState({ linear: { layer, head } });
}

export function lookAtFull(layer: number, head: number): void {
  useInspectState.setState({ full: { layer, head } });
}

export function lookAtToken(token: number): void {
  useInspectState.setState({ token });
}
