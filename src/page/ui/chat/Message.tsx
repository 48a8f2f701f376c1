import { memo } from "react";
import { useChat } from "../../stores/chat/chat";
import { Answer } from "./answer/Answer";
import { Question } from "./question/Question";
import { t } from "../../../language/language";
import styles from "./Message.module.css";

interface Props {
  id: string;
  /** The message it follows, under which its other versions stand too; "" for a chat's first message. */
  parentId: string;
  /** A question that is the last message has no answer. */
  isLast: boolean;
  /** The model no longer reads it. */
  isLeftOut: boolean;
}

export const Message = memo(function Message({ id, parentId, isLast, isLeftOut }: Props) {
  const message = useChat((s) => s.messages[id]);
  if (!message) return null;
  return (
    <div
      className={styles.place}
      data-message={id}
      data-role={message.role}
      data-left-out={isLeftOut || undefined}
    >
      {isLeftOut && <p className={styles.leftOutNote}>{t("Left out: the model no longer reads this.")}</p>}
      {message.role === "user" ? (
        <Question message={message} parentId={parentId} isLast={isLast} />
      ) : (
        <Answer message={message} parentId={parentId} />
      )}
    </div>
  );
});
