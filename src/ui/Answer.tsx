import { RotateCcw } from "lucide-react";
import { regenerate } from "../stores/answer";
import { useChat } from "../stores/chat";
import { tokensPerSecond } from "../stores/stream";
import type { AnswerMessage } from "../stores/chat";
import { AnswerEnding } from "./AnswerEnding";
import { formatCount, formatRate } from "./format";
import { LazyMarkdown } from "./markdown/LazyMarkdown";
import { CopyButton } from "./parts/CopyButton";
import { IconButton } from "./parts/IconButton";
import { Thoughts } from "./Thoughts";
import "./Message.css";

interface Props {
  message: AnswerMessage;
  isLast: boolean;
}

export function Answer({ message, isLast }: Props) {
  const { text, reasoning, state, modelName } = message;
  const isStreaming = state.kind === "streaming";
  const author = modelName ?? "Assistant";
  return (
    // While busy, a screen reader waits; it reads the answer when it is whole.
    <article className="message answer" aria-label={author} aria-busy={isStreaming}>
      <p className="answer-author" aria-hidden>
        {author}
      </p>
      {reasoning !== "" && <Thoughts text={reasoning} isLive={isStreaming && text === ""} />}
      {text !== "" && <LazyMarkdown text={text} />}
      {isStreaming && text === "" && reasoning === "" && (
        <p className="answer-waiting" aria-label="Waiting for the answer" />
      )}
      <AnswerEnding state={state} figures={message.figures} />
      {!isStreaming && <AnswerTools message={message} isLast={isLast} />}
    </article>
  );
}

function AnswerTools({ message: { text, figures }, isLast }: Props) {
  const canRegenerate = useChat((s) => isLast && s.generation.phase === "none");
  const rate = figures && tokensPerSecond(figures);
  const again = () => {
    const { openId } = useChat.getState();
    if (openId !== null) regenerate(openId);
  };
  return (
    <div className="answer-tools">
      {text !== "" && <CopyButton label="Copy answer" text={text} />}
      {canRegenerate && <IconButton label="Answer again" icon={RotateCcw} onClick={again} />}
      {figures && (
        <span className="answer-figures">
          {formatCount(figures.generatedTokens)} tokens
          {rate !== null && ` · ${formatRate(rate)} a second`}
          {figures.reusedTokens > 0 &&
            ` · reused ${formatCount(figures.reusedTokens)} of ${formatCount(figures.promptTokens)}`}
        </span>
      )}
    </div>
  );
}
