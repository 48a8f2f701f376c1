import type { AnswerFigures } from "../../../stores/chat/chat";
import { tokensPerSecond } from "../../../stores/chat/stream";
import { counted, formatCount, formatRate } from "../../parts/words/format";

/** Describes in a line what an answer took. What its record lacks, or holds as no number, is left out. */
export function describeFigures(figures: AnswerFigures): string {
  const { generatedTokens, reusedTokens, promptTokens } = figures;
  const rate = tokensPerSecond(figures);
  const isReuseKnown = Number.isFinite(reusedTokens) && Number.isFinite(promptTokens);
  return [
    ...(Number.isFinite(generatedTokens) ? [counted(generatedTokens, "token")] : []),
    ...(rate !== null ? [`${formatRate(rate)} a second`] : []),
    ...(isReuseKnown && reusedTokens > 0
      ? [`reused ${formatCount(reusedTokens)} of ${counted(promptTokens, "token")}`]
      : []),
  ].join(" · ");
}
