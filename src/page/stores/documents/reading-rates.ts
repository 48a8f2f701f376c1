import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { GenerateResult } from "../../../worker/rpc/protocol/chat";
import type { ModelId } from "../../../worker/rpc/protocol/model";

/** A shorter prompt says little: a chunk takes as long as a few tokens do. */
const fewestTokens = 64;

/** Tokens per second at which each model read its last prompt on this device. */
export const useReadingRates = create<{ readonly rates: Readonly<Record<ModelId, number>> }>()(
  persist((): { rates: Readonly<Record<ModelId, number>> } => ({ rates: {} }), {
    name: "reading-rates",
    merge: (stored, initial) => ({ ...initial, rates: readRates(stored) }),
  }),
);

export function noteReading(
  model: ModelId,
  {
    promptTokens,
    reusedTokens,
    prefillMs,
  }: Pick<GenerateResult, "promptTokens" | "reusedTokens" | "prefillMs">,
): void {
  const nRead = promptTokens - reusedTokens;
  if (nRead < fewestTokens || prefillMs <= 0) return;
  useReadingRates.setState(({ rates }) => ({ rates: { ...rates, [model]: (nRead * 1000) / prefillMs } }));
}

function readRates(stored: unknown): Readonly<Record<ModelId, number>> {
  const rates = (stored as { rates?: unknown } | null)?.rates;
  if (typeof rates !== "object" || rates === null) return {};
  return Object.fromEntries(Object.entries(rates).filter(([, rate]) => typeof rate === "number" && rate > 0));
}
