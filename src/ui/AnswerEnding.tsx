import { regenerate } from "../stores/answer";
import { newChat, useChat } from "../stores/chat";
import { loadedModelId } from "../stores/engine";
import { openSettings } from "../stores/plans";
import type { AnswerFigures, AnswerMessage, AnswerState } from "../stores/chat";
import { ErrorNotice } from "./ErrorNotice";
import { formatCount } from "./format";
import { Button } from "./parts/Button";

interface Props {
  message: AnswerMessage;
}

/** Why an answer ended, where it did not simply end, and what to do about it. */
export function AnswerEnding({ message: { id, state, figures } }: Props) {
  switch (state.kind) {
    case "streaming":
      return null;
    case "interrupted":
      return (
        <Note text="The page was closed or reloaded here, so the answer is not whole.">
          <Retry id={id} label="Answer again" />
        </Note>
      );
    case "failed":
      return (
        <ErrorNotice error={state.error}>
          {state.error.code === "context-full" ? <MoreContext /> : <Retry id={id} label="Try again" />}
        </ErrorNotice>
      );
    case "done":
      return <Finish finish={state.finish} figures={figures} />;
    default:
      state satisfies never;
      throw new Error("unreachable");
  }
}

function Finish({
  finish,
  figures,
}: {
  finish: (AnswerState & { kind: "done" })["finish"];
  figures: AnswerFigures | null;
}) {
  switch (finish) {
    case "stop":
      return null;
    case "stopped":
      return <Note text="Stopped." />;
    case "length":
      return (
        <Note
          text={`Ended at the limit of ${formatCount(figures?.generatedTokens ?? 0)} new tokens for one answer.`}
        >
          <Button onClick={() => openSettings(loadedModelId())}>Change the limit</Button>
        </Note>
      );
    case "context-full":
      return (
        <Note
          text={`The context is full: ${formatCount(figures?.contextLength ?? 0)} tokens are all this chat can hold, so the answer ends here.`}
        >
          <MoreContext />
        </Note>
      );
    default:
      finish satisfies never;
      throw new Error("unreachable");
  }
}

function Note({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className="answer-note">
      <span>{text}</span>
      {children}
    </div>
  );
}

function MoreContext() {
  return (
    <>
      <Button onClick={newChat}>Start a new chat</Button>
      <Button onClick={() => openSettings(loadedModelId())}>Choose a longer context</Button>
    </>
  );
}

function Retry({ id, label }: { id: string; label: string }) {
  const openId = useChat((s) => (s.generation.phase === "none" ? s.openId : null));
  return openId && <Button onClick={() => regenerate(openId, id)}>{label}</Button>;
}
