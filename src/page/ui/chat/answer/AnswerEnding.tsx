import type { MouseEvent, ReactNode } from "react";
import { continueAnswer, continueWithoutOldest, regenerate } from "../../../stores/chat/answer";
import { newChat, useChat } from "../../../stores/chat/chat";
import { countDocuments, startChatWithDocuments } from "../../../stores/chat/new-chat";
import { loadedModelId } from "../../../stores/models/engine";
import { openSettings } from "../../../stores/open-settings";
import type { AnswerMessage, AnswerState } from "../../../stores/chat/chat";
import { ErrorNotice } from "../../parts/notices/ErrorNotice";
import { focusMessageBox } from "../../parts/hooks/focus-message-box";
import { counted, formatCount } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { t, tn } from "../../../../language/language";
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
        <Note text={t("The page was closed or reloaded here, so the answer is not whole.")}>
          <Continue id={id} label={t("Go on")} />
          <Retry id={id} label={t("Answer again")} />
        </Note>
      );
    case "failed":
      return (
        <ErrorNotice error={state.error}>
          {state.error.code === "context-full" ? (
            <MoreContext message={message} />
          ) : (
            <>
              {(message.text !== "" || message.reasoning !== "") && <Continue id={id} label={t("Go on")} />}
              <Retry id={id} label={t("Try again")} />
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
        <Note text={t("The model ended inside its thoughts, and gave no answer.")}>
          <Continue id={id} label={t("Go on")} />
          <Retry id={id} label={t("Answer again")} />
        </Note>
      ) : null;
    case "stopped":
      return state.read && state.read.tokens < state.read.total ? (
        <Note
          text={t("Stopped after {read} of {tokens} were read. They are not read again.", {
            read: formatCount(state.read.tokens),
            tokens: counted(state.read.total, "token"),
          })}
        >
          <Continue id={id} label={t("Continue reading")} />
        </Note>
      ) : (
        <Note text={t("Stopped.")}>
          <Continue id={id} label={t("Go on")} />
        </Note>
      );
    case "length":
      return (
        <Note
          text={
            figures
              ? t("Ended at the limit of {max} new tokens for one answer.", {
                  max: formatCount(figures.generatedTokens),
                })
              : t("Ended at the limit of new tokens for one answer.")
          }
        >
          <Continue id={id} label={t("Go on")} />
          <Button onClick={() => openSettings(loadedModelId())}>{t("Change the limit")}</Button>
        </Note>
      );
    case "context-full":
      return (
        <Note
          text={
            figures
              ? t("The context is full: {tokens} are all this chat can hold, so the answer ends here.", {
                  tokens: counted(figures.contextLength, "token"),
                })
              : t("The context is full, so the answer ends here.")
          }
        >
          <MoreContext message={message} />
        </Note>
      );
    case "repeats":
      return (
        <Note
          text={t(
            "The model gave the same token again and again, so the answer was ended here. Ask in other words, or raise the repetition penalty.",
          )}
        >
          <Retry id={id} label={t("Answer again")} />
          <Button onClick={() => openSettings(loadedModelId())}>{t("Change the penalty")}</Button>
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
          {tn(
            overflow.turns,
            "Leave out the oldest turn ({tokens}) and go on",
            "Leave out the {count} oldest turns ({tokens}) and go on",
            { tokens: counted(overflow.tokens, "token") },
          )}
        </GoOnButton>
      )}
      {openId && nDocuments > 0 ? (
        <Button onClick={() => void startChatWithDocuments(openId, id)}>
          {tn(
            nDocuments,
            "Start a new chat with the document",
            "Start a new chat with the {count} documents",
          )}
        </Button>
      ) : (
        <Button onClick={newChat}>{t("Start a new chat")}</Button>
      )}
      <Button onClick={() => openSettings(loadedModelId())}>{t("Choose a longer context")}</Button>
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
