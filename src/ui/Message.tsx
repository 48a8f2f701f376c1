import { memo } from "react";
import { useChat } from "../stores/chat";
import { Answer } from "./Answer";
import { Question } from "./Question";

interface Props {
  id: string;
  /** What it follows, under which its other versions stand too; "" for a chat's first message. */
  parentId: string;
  /** A question that is the last message has no answer. */
  isLast: boolean;
}

export const Message = memo(function Message({ id, parentId, isLast }: Props) {
  const message = useChat((s) => s.messages[id]);
  if (!message) return null;
  return message.role === "user" ? (
    <Question message={message} parentId={parentId} isLast={isLast} />
  ) : (
    <Answer message={message} parentId={parentId} />
  );
});
