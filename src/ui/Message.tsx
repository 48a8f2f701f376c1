import { memo } from "react";
import { useChat } from "../stores/chat";
import { Answer } from "./Answer";
import { Question } from "./Question";

interface Props {
  id: string;
  /** The chat's last message is the one that can be answered anew. */
  isLast: boolean;
}

export const Message = memo(function Message({ id, isLast }: Props) {
  const message = useChat((s) => s.messages[id]);
  if (!message) return null;
  return message.role === "user" ? (
    <Question message={message} isLast={isLast} />
  ) : (
    <Answer message={message} isLast={isLast} />
  );
});
