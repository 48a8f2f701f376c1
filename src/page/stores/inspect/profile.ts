import { create } from "zustand";
import type { WireError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { ProfileReport, ProfileRequest } from "../../../worker/rpc/protocol/measure";
import { traceOf, type PageTimes } from "./trace";
import { asWireError } from "../wire-error";
import { t } from "../../../language/language";

export type ProfileState =
  | { readonly phase: "idle" }
  | { readonly phase: "running"; readonly doing: string }
  | { readonly phase: "done"; readonly report: ProfileReport; readonly page: PageTimes }
  | { readonly phase: "failed"; readonly error: WireError };

export const useProfile = create<{ readonly state: ProfileState }>(() => ({ state: { phase: "idle" } }));

const setState = (state: ProfileState) => useProfile.setState({ state });

let running: AbortController | null = null;

export async function runProfile(request: ProfileRequest): Promise<void> {
  running?.abort();
  const mine = (running = new AbortController());
  setState({ phase: "running", doing: t("Starting") });
  try {
    const report = await engine.call("profile", [request], {
      signal: mine.signal,
      onProgress: ({ doing }) => {
        if (running === mine) setState({ phase: "running", doing });
      },
    });
    const receivedMs = msSince(report.sentAt);
    if (running !== mine) return;
    setState({ phase: "done", report, page: { receivedMs, paintedMs: null } });
    await nextPaint();
    const page = { receivedMs, paintedMs: msSince(report.sentAt) };
    if (running === mine) setState({ phase: "done", report, page });
  } catch (cause) {
    if (running !== mine) return;
    const error = asWireError(cause);
    setState(error.code === "cancelled" ? { phase: "idle" } : { phase: "failed", error });
  }
}

const msSince = (epochMs: number) => Math.max(0, performance.timeOrigin + performance.now() - epochMs);

/**
 * The task after the frame that shows what was set before. A page that is not shown paints none: it waits
 * until it is.
 */
const nextPaint = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  });

export function cancelProfile(): void {
  running?.abort();
}

/** The profile as a file for chrome://tracing and Perfetto; `null` without one. */
export function traceFile(): File | null {
  const { state } = useProfile.getState();
  if (state.phase !== "done") return null;
  const json = JSON.stringify(traceOf(state.report, state.page));
  return new File([json], "qwen-in-browser.trace.json", { type: "application/json" });
}
