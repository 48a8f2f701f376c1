import type { StateReport } from "../../../../worker/rpc/protocol/inspect";

/** The effect of a token on the state of one head. */
export interface HeadStep {
  readonly token: number;
  readonly text: string;
  /** The share that stays of what was there. */
  readonly decay: number;
  /** Tokens after which half is left at this decay. */
  readonly halfLife: number;
  readonly beta: number;
  /** Norm of what was written. */
  readonly written: number;
  /** Norm of the state after it. */
  readonly norm: number;
}

type Linear = StateReport["linear"][number];

const VALUES = 4;

export function stepsOf(
  { firstTraced, texts }: StateReport,
  { values, nHeads }: Linear,
  head: number,
): HeadStep[] {
  return Array.from({ length: values.length / (nHeads * VALUES) }, (_, i) => {
    const at = (i * nHeads + head) * VALUES;
    const decay = values[at]!;
    return {
      token: firstTraced + i,
      text: texts[firstTraced + i]!,
      decay,
      halfLife: Math.LN2 / -Math.log(Math.min(decay, 1 - 1e-7)),
      beta: values[at + 1]!,
      written: values[at + 2]!,
      norm: values[at + 3]!,
    };
  });
}
