import { useEffect, useRef, type KeyboardEvent } from "react";
import { editQuestion } from "../../../stores/chat/answer";
import { useChat, type UserMessage } from "../../../stores/chat/chat";
import { Button } from "../../parts/buttons/Button";
import { isComposed } from "../../parts/hooks/composed-keys";
import { t } from "../../../../language/language";
import styles from "./QuestionEditor.module.css";

interface Props {
  message: UserMessage;
  onCancel: () => void;
  onSent: () => void;
}

/** A question being rewritten. Sending it makes a new version; the old one stays, with its answers. */
export function QuestionEditor({ message, onCancel, onSent }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const isAnswering = useChat((s) => s.generation.phase === "running");

  useEffect(() => {
    box.current!.focus();
    box.current!.setSelectionRange(message.text.length, message.text.length);
  }, [message.text.length]);

  const submit = () => {
    const { openId } = useChat.getState();
    if (openId !== null && editQuestion(openId, message.id, box.current!.value)) onSent();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposed(event.nativeEvent)) return;
    if (event.key === "Escape") {
      event.preventDefault(); // taken: it ends no answer
      onCancel();
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    submit();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        ref={box}
        className={styles.box}
        aria-label={t("Edit the message")}
        dir="auto"
        defaultValue={message.text}
        onKeyDown={onKeyDown}
      />
      <div className={styles.tools}>
        <Button onClick={onCancel}>{t("Cancel")}</Button>
        <Button type="submit" look="solid" disabled={isAnswering}>
          {t("Send anew")}
        </Button>
      </div>
    </form>
  );
}
