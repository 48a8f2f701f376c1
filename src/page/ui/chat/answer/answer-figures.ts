import type { AnswerFigures, AnswerMessage } from "../../../stores/chat/chat";
import { tokensPerSecond } from "../../../stores/chat/stream";
import { counted, formatCount, formatDuration, formatRate } from "../../parts/words/format";

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

/**
 * All that is known of how an answer was made, as names and values. What its record lacks, or holds as no
 * number, is left out.
 */
export function figureRows({
  modelName,
  figures,
  firstTokenMs,
  thinkingMs,
  drawnWith,
}: AnswerMessage): readonly (readonly [name: string, value: string])[] {
  const rows: [string, string | null][] = [["Model", modelName]];
  if (figures) {
    const { promptTokens, reusedTokens, generatedTokens, contextUsed, contextLength, prefillMs } = figures;
    const readTokens = promptTokens - reusedTokens;
    rows.push(
      ["Prompt", count(promptTokens)],
      ["Reused", count(reusedTokens)],
      ["Reading", rate(tokensPerSecond({ generatedTokens: readTokens, decodeMs: prefillMs }))],
      ["Time to the first token", firstTokenMs === undefined ? null : milliseconds(firstTokenMs)],
      ["Answer", count(generatedTokens)],
      ["Writing", rate(tokensPerSecond(figures))],
      ["Thoughts", thinkingMs === undefined ? null : formatDuration(thinkingMs / 1000)],
      ["Context", count(contextUsed) && `${formatCount(contextUsed)} of ${count(contextLength)}`],
      ["Seed", Number.isFinite(figures.seed) ? String(figures.seed) : null],
    );
  }
  if (drawnWith) {
    const { systemPrompt, thinking, sampling } = drawnWith;
    rows.push(
      ["Thinks first", thinking ? "yes" : "no"],
      ["Temperature", number(sampling.temperature)],
      ["Top-k", number(sampling.topK)],
      ["Top-p", number(sampling.topP)],
      ["Min-p", number(sampling.minP)],
      ["Presence penalty", number(sampling.presencePenalty)],
      ["Repetition penalty", number(sampling.repetitionPenalty)],
      ["System prompt", systemPrompt.trim() === "" ? "none" : systemPrompt],
    );
  }
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

const number = (value: number) => (Number.isFinite(value) ? String(value) : null);
const count = (value: number) => (Number.isFinite(value) ? counted(value, "token") : null);
const rate = (value: number | null) => (value === null ? null : `${formatRate(value)} tokens a second`);
const milliseconds = (value: number) =>
  value < 1000 ? `${formatCount(Math.round(value))} ms` : `${(value / 1000).toPrecision(3)} s`;
