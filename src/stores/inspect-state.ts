import { create } from "zustand";
import type { WireError } from "../errors";
import { engine } from "../worker/client";
import type { StateReport } from "../worker/protocol";
import { useChat } from "./chat";
import { asWireError } from "./wire-error";

export type InspectStatePhase =
  | { readonly phase: "idle" }
  | { readonly phase: "reading"; readonly readTokens: number; readonly totalTokens: number }
  /** `answerId`: the message whose drawing it tells of. */
  | { readonly phase: "known"; readonly report: StateReport; readonly answerId: string | null }
  | { readonly phase: "failed"; readonly error: WireError };

interface InspectState {
  readonly state: InspectStatePhase;
  /** The layer and head that are looked at; the first of its kind where the model has no such one. */
  readonly linear: { readonly layer: number; readonly head: number };
  readonly full: { readonly layer: number; readonly head: number };
  /** A traced token, by its place in the conversation; `null`: the last. */
  readonly token: number | null;
  /** The message that was answered last since the page was opened: the one the worker can look into. */
  readonly lastAnswerId: string | null;
  /** The message that is shown token by token in the chat. */
  readonly shownAnswerId: string | null;
}

export const useInspectState = create<InspectState>(() => ({
  state: { phase: "idle" },
  linear: { layer: 0, head: 0 },
  full: { layer: 3, head: 0 },
  token: null,
  lastAnswerId: null,
  shownAnswerId: null,
}));

useChat.subscribe(({ generation }) => {
  if (generation.phase !== "running") return;
  const { messageId } = generation;
  if (useInspectState.getState().lastAnswerId !== messageId)
    useInspectState.setState({ lastAnswerId: messageId, shownAnswerId: null });
});

let reading: AbortController | null = null;

/** Has the conversation of the last answer read again. */
export async function readStates(): Promise<void> {
  reading?.abort();
  const mine = (reading = new AbortController());
  const show = (state: InspectStatePhase) => {
    if (reading === mine) useInspectState.setState({ state });
  };
  const { lastAnswerId: answerId } = useInspectState.getState();
  show({ phase: "reading", readTokens: 0, totalTokens: 0 });
  try {
    const report = await engine.call("inspectState", [], {
      signal: mine.signal,
      onProgress: (progress) => show({ phase: "reading", ...progress }),
    });
    show({ phase: "known", report, answerId });
    useInspectState.setState({ token: null });
  } catch (cause) {
    const error = asWireError(cause);
    show(error.code === "cancelled" ? { phase: "idle" } : { phase: "failed", error });
  }
}

/** Shows an answer token by token, and reads for that what was not read yet. */
export function showTokens(answerId: string): void {
  useInspectState.setState({ shownAnswerId: answerId });
  const { state } = useInspectState.getState();
  if (state.phase !== "reading" && (state.phase !== "known" || state.answerId !== answerId))
    void readStates();
}

export function hideTokens(): void {
  useInspectState.setState({ shownAnswerId: null });
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
