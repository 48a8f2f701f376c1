import { useChat, type Generation } from "../stores/chat";
import { useEngine, type EngineStatus } from "../stores/engine";
import { tokensPerSecond } from "../stores/stream";
import { formatCount, formatRate } from "./format";
import { Meter } from "./parts/Meter";
import "./StatusLine.css";

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

  const isHere = useChat((s) => s.generation.phase === "running" && s.generation.conversationId === s.openId);
  const progress = isHere && generation.phase === "running" ? generation.progress : null;
  const used = progress?.phase === "writing" ? progress.contextUsed : (lastFigures?.contextUsed ?? 0);
  const contextLength = status.phase === "ready" ? status.loaded.contextLength : null;
  const rate = generation.phase === "none" && lastFigures ? tokensPerSecond(lastFigures) : null;
  const name = "model" in status ? status.model?.name : undefined;

  return (
    <div className="status-line">
      <p className="status-line-phase">
        {name && <strong>{name}</strong>}
        <span>{describePhase(status, generation, isThinking)}</span>
        {rate !== null && <span>{formatRate(rate)} tokens/s</span>}
      </p>
      {contextLength !== null && (
        <div className="status-line-context">
          <span>
            {formatCount(used)} of {formatCount(contextLength)}{" "}
            <span className="status-line-word">context</span>
          </span>
          <Meter
            role="meter"
            label="Context used"
            valueText={`${formatCount(used)} of ${formatCount(contextLength)} tokens`}
            value={used}
            max={contextLength}
            isOver={used > contextLength * 0.9}
          />
        </div>
      )}
      <p className="visually-hidden" role="status">
        {generation.phase === "running"
          ? isThinking
            ? "Thinking"
            : "Answering"
          : lastFigures && "Answer finished"}
      </p>
    </div>
  );
}

function figuresOf(message: ReturnType<typeof useChat.getState>["messages"][string] | undefined) {
  return message?.role === "assistant" ? message.figures : null;
}

function describePhase(status: EngineStatus, generation: Generation, isThinking: boolean): string {
  if (generation.phase === "none") {
    return {
      starting: "Starting…",
      empty: "No model",
      loading: "Loading…",
      ready: "Ready",
      failed: "Not running",
    }[status.phase];
  }
  const { progress } = generation;
  switch (progress.phase) {
    case "waiting":
      return status.phase === "ready" ? "Starting…" : "Answers once the model is loaded";
    case "reading": {
      const reused = progress.reusedTokens > 0 ? ` (reused ${formatCount(progress.reusedTokens)})` : "";
      return `Reading ${formatCount(progress.readTokens)} of ${formatCount(progress.totalTokens)} tokens${reused}…`;
    }
    case "writing":
      return `${isThinking ? "Thinking" : "Writing"} · ${formatRate(progress.tokensPerSecond)} tokens/s`;
    default:
      progress satisfies never;
      throw new Error("unreachable");
  }
}
