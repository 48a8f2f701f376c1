import { create } from "zustand";
import type { WireError } from "../errors";
import { engine } from "../worker/client";
import type { ProfileReport, ProfileRequest } from "../worker/protocol";
import { traceOf } from "./trace";
import { asWireError } from "./wire-error";

export type ProfileState =
  | { readonly phase: "idle" }
  | { readonly phase: "running"; readonly doing: string }
  /** `pageMs`: from the worker's message to the page's next task. */
  | { readonly phase: "done"; readonly report: ProfileReport; readonly pageMs: number }
  | { readonly phase: "failed"; readonly error: WireError };

export const useProfile = create<{ readonly state: ProfileState }>(() => ({ state: { phase: "idle" } }));

const setState = (state: ProfileState) => useProfile.setState({ state });

let running: AbortController | null = null;

export async function runProfile(request: ProfileRequest): Promise<void> {
  running?.abort();
  const mine = (running = new AbortController());
  setState({ phase: "running", doing: "Starting" });
  try {
    const report = await engine.call("profile", [request], {
      signal: mine.signal,
      onProgress: ({ doing }) => {
        if (running === mine) setState({ phase: "running", doing });
      },
    });
    const pageMs = Math.max(0, performance.timeOrigin + performance.now() - report.sentAt);
    if (running === mine) setState({ phase: "done", report, pageMs });
  } catch (cause) {
    if (running !== mine) return;
    const error = asWireError(cause);
    setState(error.code === "cancelled" ? { phase: "idle" } : { phase: "failed", error });
  }
}

export function cancelProfile(): void {
  running?.abort();
}

/** The profile as a file for chrome://tracing and Perfetto; `null` without one. */
export function traceFile(): File | null {
  const { state } = useProfile.getState();
  if (state.phase !== "done") return null;
  const json = JSON.stringify(traceOf(state.report, state.pageMs));
  return new File([json], "qwen-in-browser.trace.json", { type: "application/json" });
}
