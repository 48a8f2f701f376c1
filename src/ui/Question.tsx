import { useState } from "react";
import { regenerate } from "../stores/answer";
import { useChat } from "../stores/chat";
import type { UserMessage } from "../stores/chat";
import { formatCount } from "./format";
import { Button } from "./parts/Button";
import "./Message.css";

interface Props {
  message: UserMessage;
  isLast: boolean;
}

// A pasted book is stored whole but laid out in part: laying out a megabyte of text takes the browser a good while.
const shortLength = 1600;
const shortLines = 24;

/** What the person wrote, exactly as written. A long text is shown in part until asked for. */
export function Question({ message: { text }, isLast }: Props) {
  const [isWhole, setIsWhole] = useState(false);
  const isUnanswered = useChat((s) => isLast && s.generation.phase === "none");
  const short = shorten(text);
  return (
    <article className="message question" aria-label="You">
      <div className="question-text">{isWhole ? text : short}</div>
      {short.length < text.length && (
        <Button look="quiet" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? "Show less" : `Show all ${formatCount(text.length)} characters`}
        </Button>
      )}
      {isUnanswered && (
        <Button look="quiet" onClick={answerOpenChat}>
          Answer this
        </Button>
      )}
    </article>
  );
}

function answerOpenChat(): void {
  const { openId } = useChat.getState();
  if (openId !== null) regenerate(openId);
}

function shorten(text: string): string {
  let end = Math.min(text.length, shortLength);
  for (let at = -1, lines = 0; (at = text.indexOf("\n", at + 1)) !== -1 && at < end;) {
    if (++lines === shortLines) end = at;
  }
  // A tail of a few words is not worth a button.
  return text.length - end < 200 ? text : `${text.slice(0, end).trimEnd()}…`;
}
