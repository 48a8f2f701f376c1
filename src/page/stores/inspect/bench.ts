import { create } from "zustand";
import type { WireError } from "../../../ground/errors";
import { engine } from "../../../worker/rpc/client";
import type { BenchReport } from "../../../worker/rpc/protocol/measure";
import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import type { ReadRate } from "../../../worker/rpc/protocol/model";
import { asWireError } from "../wire-error";
import { t } from "../../../language/language";

export type BenchState =
  | { readonly phase: "idle" }
  | { readonly phase: "running"; readonly doing: string }
  | { readonly phase: "done"; readonly report: BenchReport }
  | { readonly phase: "failed"; readonly error: WireError };

export const useBench = create<{ readonly state: BenchState }>(() => ({ state: { phase: "idle" } }));

const setState = (state: BenchState) => useBench.setState({ state });

const PROMPT_TOKENS = 512;
const NEW_TOKENS = 64;

let running: AbortController | null = null;

/** Measures device and loaded model behind each of these contexts; 0 is the prompt alone. */
export async function runBench(contextLengths: readonly number[]): Promise<void> {
  running?.abort();
  const mine = (running = new AbortController());
  setState({ phase: "running", doing: t("Starting") });
  try {
    const report = await engine.call(
      "bench",
      [{ promptTokens: PROMPT_TOKENS, newTokens: NEW_TOKENS, contextLengths }],
      {
        signal: mine.signal,
        onProgress: ({ doing }) => {
          if (running === mine) setState({ phase: "running", doing });
        },
      },
    );
    if (running === mine) setState({ phase: "done", report });
  } catch (cause) {
    if (running !== mine) return;
    const error = asWireError(cause);
    setState(error.code === "cancelled" ? { phase: "idle" } : { phase: "failed", error });
  }
}

/** The result of a bare loop over the loaded model's bytes. */
export type BareRead =
  | { readonly phase: "none" | "reading" }
  | { readonly phase: "read"; readonly loaded: LoadedModel; readonly rate: ReadRate }
  | { readonly phase: "failed"; readonly error: WireError };

export const useBareRead = create<{ readonly state: BareRead }>(() => ({ state: { phase: "none" } }));

/** Reads the loaded model's bytes with nothing else, to compare its load with. */
export async function compareWithBareRead(loaded: LoadedModel): Promise<void> {
  useBareRead.setState({ state: { phase: "reading" } });
  try {
    const rate = await engine.call("readBare", [loaded.id]);
    useBareRead.setState({ state: { phase: "read", loaded, rate } });
  } catch (cause) {
    useBareRead.setState({ state: { phase: "failed", error: asWireError(cause) } });
  }
}

export function cancelBench(): void {
  running?.abort();
}
