import { lazy, Suspense } from "react";
import { useChat, type Generation } from "../../stores/chat/chat";
import { useEngine, type EngineStatus } from "../../stores/models/engine";
import { secondsLeft, tokensPerSecond, type Progress } from "../../stores/chat/stream";
import { counted, formatCount, formatDuration, formatRate } from "../parts/words/format";
import { VisuallyHidden } from "../parts/VisuallyHidden";
import { mark, t } from "../../../language/language";
import styles from "./StatusLine.module.css";

// Only with a model, so after the first paint.
const ContextGauge = lazy(() =>
  import("../chat/composer/ContextGauge").then(({ ContextGauge }) => ({ default: ContextGauge })),
);

/** Under the message box: the model, what it does now and how fast, and how much of the context is used. */
export function StatusLine() {
  const status = useEngine((s) => s.status);
  const generation = useChat((s) => s.generation);
  const isThinking = useChat((s) => {
    const message = s.generation.phase === "running" ? s.messages[s.generation.messageId] : undefined;
    return message?.role === "assistant" && message.text === "" && message.reasoning !== "";
  });
  const lastFigures = useChat((s) => {
    const ids = (s.openId !== null && s.threads[s.openId]) || [];
    const last = ids.findLast((id) => s.messages[id]?.role === "assistant" && figuresOf(s.messages[id]));
    return last === undefined ? null : figuresOf(s.messages[last]);
  });

  const openId = useChat((s) => s.openId);
  const isLastWhole = useChat((s) => {
    const last = openId === null ? undefined : s.messages[s.threads[openId]?.at(-1) ?? ""];
    return Boolean(figuresOf(last));
  });
  const progress = progressOf(generation, openId, isLastWhole);
  const used = progress ? usedBy(progress) : (lastFigures?.contextUsed ?? 0);
  const parts = (progress && "parts" in progress ? progress.parts : lastFigures?.parts) ?? null;
  const contextLength = status.phase === "ready" ? status.loaded.contextLength : null;
  const rate = generation.phase === "none" && lastFigures ? tokensPerSecond(lastFigures) : null;
  const name = "model" in status ? status.model?.name : undefined;

  return (
    <div className={styles.statusLine}>
      <p className={styles.phase}>
        {name && <strong>{name}</strong>}
        <span>{describePhase(status, generation, isThinking)}</span>
        {rate !== null && <span>{t("{rate} tokens/s", { rate: formatRate(rate) })}</span>}
      </p>
      {contextLength !== null && (
        <Suspense>
          <ContextGauge used={used} parts={parts} contextLength={contextLength} />
        </Suspense>
      )}
      <VisuallyHidden as="p" role="status">
        {generation.phase === "running"
          ? isThinking
            ? t("Thinking")
            : t("Answering")
          : lastFigures && t("Answer finished")}
      </VisuallyHidden>
    </div>
  );
}

function figuresOf(message: ReturnType<typeof useChat.getState>["messages"][string] | undefined) {
  return message?.role === "assistant" ? message.figures : null;
}

/**
 * The progress that tells what the open chat uses: of the answer being made, once it has begun, and of one
 * that was stopped, until its figures come. Otherwise the last answer's figures do.
 */
function progressOf(generation: Generation, openId: string | null, isLastWhole: boolean): Progress | null {
  const run = generation.phase === "running" ? generation : isLastWhole ? undefined : generation.last;
  if (run?.conversationId !== openId || run?.progress.phase === "waiting") return null;
  return run?.progress ?? null;
}

function usedBy(progress: Progress): number {
  switch (progress.phase) {
    case "waiting":
      return 0;
    case "reading":
      return progress.readTokens;
    case "writing":
      return progress.contextUsed;
    default:
      progress satisfies never;
      throw new Error("unreachable");
  }
}

function describePhase(status: EngineStatus, generation: Generation, isThinking: boolean): string {
  if (generation.phase === "none") {
    return {
      starting: t("Starting…"),
      empty: t("No model"),
      loading: t("Loading…"),
      ready: t("Ready"),
      elsewhere: t("In another tab"),
      failed: t("Not running"),
    }[status.phase];
  }
  const { progress } = generation;
  switch (progress.phase) {
    case "waiting":
      return status.phase === "ready" ? t("Starting…") : t("Answers once the model is loaded");
    case "reading": {
      const reused =
        progress.reusedTokens > 0
          ? t(" (reused {reusedTokens})", { reusedTokens: formatCount(progress.reusedTokens) })
          : "";
      const seconds = secondsLeft(progress);
      const rate =
        progress.tokensPerSecond !== null && seconds !== null && seconds > 0
          ? t(" · {rate} tokens/s · {duration} left", {
              rate: formatRate(progress.tokensPerSecond),
              duration: formatDuration(seconds),
            })
          : "";
      return t("Reading {readTokens} of {tokens}{reused}{rate}", {
        readTokens: formatCount(progress.readTokens),
        tokens: counted(progress.totalTokens, "token"),
        reused,
        rate,
      });
    }
    case "writing":
      return t(isThinking ? mark("Thinking · {rate} tokens/s") : mark("Writing · {rate} tokens/s"), {
        rate: formatRate(progress.tokensPerSecond),
      });
    default:
      progress satisfies never;
      throw new Error("unreachable");
  }
}
