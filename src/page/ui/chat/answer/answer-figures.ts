import type { AnswerFigures, AnswerMessage } from "../../../stores/chat/chat";
import { tokensPerSecond } from "../../../stores/chat/stream";
import {
  counted,
  formatCount,
  formatDuration,
  formatRate,
  formatSignificant,
} from "../../parts/words/format";
import { effortNames } from "../../parts/words/effort-names";
import { t } from "../../../../language/language";
import { withUnit } from "../../../../language/units";

/** Describes in a line what an answer took. What its record lacks, or holds as no number, is left out. */
export function describeFigures(figures: AnswerFigures): string {
  const { generatedTokens, reusedTokens, promptTokens } = figures;
  const rate = tokensPerSecond(figures);
  const isReuseKnown = Number.isFinite(reusedTokens) && Number.isFinite(promptTokens);
  return [
    ...(Number.isFinite(generatedTokens) ? [counted(generatedTokens, "token")] : []),
    ...(rate !== null ? [t("{rate} a second", { rate: formatRate(rate) })] : []),
    ...(isReuseKnown && reusedTokens > 0
      ? [
          t("reused {reusedTokens} of {tokens}", {
            reusedTokens: formatCount(reusedTokens),
            tokens: counted(promptTokens, "token"),
          }),
        ]
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
  const rows: [string, string | null][] = [[t("Model"), modelName]];
  if (figures) {
    const { promptTokens, reusedTokens, generatedTokens, contextUsed, contextLength, prefillMs } = figures;
    const readTokens = promptTokens - reusedTokens;
    rows.push(
      [t("Prompt"), count(promptTokens)],
      [t("Reused"), count(reusedTokens)],
      [t("Reading"), rate(tokensPerSecond({ generatedTokens: readTokens, decodeMs: prefillMs }))],
      [t("Time to the first token"), firstTokenMs === undefined ? null : milliseconds(firstTokenMs)],
      [t("Answer"), count(generatedTokens)],
      [t("Writing"), rate(tokensPerSecond(figures))],
      [t("Thoughts"), thinkingMs === undefined ? null : formatDuration(thinkingMs / 1000)],
      [
        t("Context"),
        contextLength === 0
          ? count(contextUsed)
          : count(contextUsed) &&
            t("{contextUsed} of {count}", {
              contextUsed: formatCount(contextUsed),
              count: count(contextLength),
            }),
      ],
      [t("Seed"), Number.isFinite(figures.seed) ? String(figures.seed) : null],
    );
  }
  if (drawnWith) {
    const { systemPrompt, thinking, effort, keepsThoughts, sampling } = drawnWith;
    rows.push(
      [t("Thinks first"), thinking ? t("yes") : t("no")],
      [t("Reasoning effort"), effort === undefined ? null : t(effortNames[effort])],
      [t("Keeps earlier thoughts"), keepsThoughts === undefined ? null : keepsThoughts ? t("yes") : t("no")],
      [t("Temperature"), number(sampling.temperature)],
      ["Top-k", number(sampling.topK)],
      ["Top-p", number(sampling.topP)],
      ["Min-p", number(sampling.minP)],
      [t("Presence penalty"), number(sampling.presencePenalty)],
      [t("Repetition penalty"), number(sampling.repetitionPenalty)],
      [t("System prompt"), systemPrompt.trim() === "" ? t("none") : systemPrompt],
    );
  }
  return rows.filter((row): row is [string, string] => row[1] !== null);
}

const number = (value: number) => (Number.isFinite(value) ? String(value) : null);
const count = (value: number) => (Number.isFinite(value) ? counted(value, "token") : null);
const rate = (value: number | null) =>
  value === null ? null : t("{rate} tokens a second", { rate: formatRate(value) });
const milliseconds = (value: number) =>
  value < 1000
    ? withUnit(formatCount(Math.round(value)), "ms")
    : withUnit(formatSignificant(value / 1000, 3), "s");
