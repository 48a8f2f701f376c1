import type { MouseEvent, ReactNode } from "react";
import { continueAnswer, continueWithoutOldest, regenerate } from "../../../stores/chat/answer";
import { newChat, useChat } from "../../../stores/chat/chat";
import { countDocuments, startChatWithDocuments } from "../../../stores/chat/new-chat";
import { loadedModelId } from "../../../stores/models/engine";
import { openSettings } from "../../../stores/models/plans";
import type { AnswerMessage, AnswerState } from "../../../stores/chat/chat";
import { ErrorNotice } from "../../parts/notices/ErrorNotice";
import { focusMessageBox } from "../../parts/hooks/focus-message-box";
import { counted, formatCount } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import styles from "./Answer.module.css";

interface Props {
  message: AnswerMessage;
}

/** Why an answer ended, where it did not simply end, and what to do about it. */
export function AnswerEnding({ message }: Props) {
  const { id, state } = message;
  switch (state.kind) {
    case "streaming":
      return null;
    case "interrupted":
      return (
        <Note text="The page was closed or reloaded here, so the answer is not whole.">
          <Continue id={id} label="Go on" />
          <Retry id={id} label="Answer again" />
        </Note>
      );
    case "failed":
      return (
        <ErrorNotice error={state.error}>
          {state.error.code === "context-full" ? (
            <MoreContext message={message} />
          ) : (
            <>
              {(message.text !== "" || message.reasoning !== "") && <Continue id={id} label="Go on" />}
              <Retry id={id} label="Try again" />
            </>
          )}
        </ErrorNotice>
      );
    case "done":
      return <Finish message={message} state={state} />;
    default:
      state satisfies never;
      throw new Error("unreachable");
  }
}

function Finish({ message, state }: Props & { state: AnswerState & { kind: "done" } }) {
  const { id, figures } = message;
  switch (state.finish) {
    case "stop":
      return message.text.trim() === "" && message.reasoning !== "" ? (
        <Note text="The model ended inside its thoughts, and gave no answer.">
          <Continue id={id} label="Go on" />
          <Retry id={id} label="Answer again" />
        </Note>
      ) : null;
    case "stopped":
      return state.read && state.read.tokens < state.read.total ? (
        <Note
          text={`Stopped after ${formatCount(state.read.tokens)} of ${counted(state.read.total, "token")} were read. They are not read again.`}
        >
          <Continue id={id} label="Continue reading" />
        </Note>
      ) : (
        <Note text="Stopped.">
          <Continue id={id} label="Go on" />
        </Note>
      );
    case "length":
      return (
        <Note
          text={`Ended at the limit of ${figures ? `${formatCount(figures.generatedTokens)} ` : ""}new tokens for one answer.`}
        >
          <Continue id={id} label="Go on" />
          <Button onClick={() => openSettings(loadedModelId())}>Change the limit</Button>
        </Note>
      );
    case "context-full":
      return (
        <Note
          text={`The context is full${figures ? `: ${counted(figures.contextLength, "token")} are all this chat can hold` : ""}, so the answer ends here.`}
        >
          <MoreContext message={message} />
        </Note>
      );
    default:
      state.finish satisfies never;
      throw new Error("unreachable");
  }
}

function Note({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className={styles.note}>
      <span>{text}</span>
      {children}
    </div>
  );
}

/** The ways on from a full context; which one is the person's choice. */
function MoreContext({ message: { id, overflow } }: Props) {
  const openId = useChat((s) => (s.generation.phase === "none" ? s.openId : null));
  const nDocuments = useChat((s) =>
    s.openId === null ? 0 : countDocuments(s.threads[s.openId], s.messages),
  );
  return (
    <>
      {openId && overflow && overflow.turns > 0 && (
        <GoOnButton run={() => continueWithoutOldest(openId, id)}>
          Leave out the {overflow.turns === 1 ? "oldest turn" : `${formatCount(overflow.turns)} oldest turns`}{" "}
          ({counted(overflow.tokens, "token")}) and go on
        </GoOnButton>
      )}
      {openId && nDocuments > 0 ? (
        <Button onClick={() => void startChatWithDocuments(openId, id)}>
          Start a new chat with the {nDocuments === 1 ? "document" : counted(nDocuments, "document")}
        </Button>
      ) : (
        <Button onClick={newChat}>Start a new chat</Button>
      )}
      <Button onClick={() => openSettings(loadedModelId())}>Choose a longer context</Button>
    </>
  );
}

function Continue({ id, label }: { id: string; label: string }) {
  const openId = useChat((s) => (s.generation.phase === "none" ? s.openId : null));
  return openId && <GoOnButton run={() => continueAnswer(openId, id)}>{label}</GoOnButton>;
}

function Retry({ id, label }: { id: string; label: string }) {
  const openId = useChat((s) => (s.generation.phase === "none" ? s.openId : null));
  return openId && <GoOnButton run={() => regenerate(openId, id)}>{label}</GoOnButton>;
}

/** Goes away with what it does: an answer is then under way. */
function GoOnButton({ run, children }: { run: () => void; children: ReactNode }) {
  const onClick = (event: MouseEvent) => {
    run();
    focusMessageBox(event.nativeEvent);
  };
  return <Button onClick={onClick}>{children}</Button>;
}
