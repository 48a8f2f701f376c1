import { useEffect, useRef, type KeyboardEvent } from "react";
import { useChat, type AnswerMessage } from "../../../stores/chat/chat";
import { editAnswer } from "../../../stores/chat/shape";
import { Button } from "../../parts/buttons/Button";
import { isComposed } from "../../parts/hooks/composed-keys";
import { t } from "../../../../language/language";
import styles from "../question/QuestionEditor.module.css";

interface Props {
  message: AnswerMessage;
  onEnd: () => void;
}

/** An answer being rewritten by hand. Storing it makes a new version; the model's own stays beside it. */
export function AnswerEditor({ message, onEnd }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const isAnswering = useChat((s) => s.generation.phase === "running");
  useEffect(() => box.current!.focus(), []);
  const submit = () => {
    const { openId } = useChat.getState();
    if (openId !== null && editAnswer(openId, message.id, box.current!.value)) onEnd();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposed(event.nativeEvent)) return;
    if (event.key === "Escape") {
      event.preventDefault(); // taken: it ends no answer
      onEnd();
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
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
        aria-label={t("Edit the answer")}
        dir="auto"
        rows={8}
        defaultValue={message.text}
        onKeyDown={onKeyDown}
      />
      <div className={styles.tools}>
        <Button onClick={onEnd}>{t("Cancel")}</Button>
        <Button type="submit" look="solid" disabled={isAnswering}>
          {t("Keep this version")}
        </Button>
      </div>
    </form>
  );
}
