import { Pencil, Trash2 } from "lucide-react";
import { useRef, useState, type MouseEvent } from "react";
import { regenerate } from "../../../stores/chat/answer";
import { useChat } from "../../../stores/chat/chat";
import { deleteQuestion } from "../../../stores/chat/shape";
import type { UserMessage } from "../../../stores/chat/chat";
import { DocumentChips } from "../../documents/DocumentChips";
import { focusMessageBox } from "../../parts/hooks/focus-message-box";
import { counted } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { useMedia } from "../../parts/hooks/use-media";
import { CopyButton } from "../../parts/buttons/CopyButton";
import { IconButton, IconPlace } from "../../parts/buttons/IconButton";
import { QuestionEditor } from "./QuestionEditor";
import { Versions } from "../Versions";
import { t } from "../../../../language/language";
import styles from "./Question.module.css";

interface Props {
  message: UserMessage;
  parentId: string;
  isLast: boolean;
}

// A pasted book is stored whole but laid out in part: laying out a megabyte of text takes the browser a good
// while.
const shortLength = 1600;
const shortLines = 24;

/** The person's question, with a way to write it anew and to walk between its versions. */
export function Question({ message, parentId, isLast }: Props) {
  const [isEdited, setIsEdited] = useState(false);
  const isIdle = useChat((s) => s.generation.phase === "none");
  const edit = useRef<HTMLButtonElement>(null);
  const cancelEditing = () => {
    setIsEdited(false);
    requestAnimationFrame(() => edit.current?.focus());
  };
  const endEditing = () => {
    setIsEdited(false);
    focusMessageBox();
  };
  const remove = (event: MouseEvent) => {
    const { openId } = useChat.getState();
    if (openId !== null) deleteQuestion(openId, message.id);
    focusMessageBox(event.nativeEvent);
  };
  return (
    <div className={styles.row}>
      <article className={styles.question} aria-label={t("You")} data-edited={isEdited || undefined}>
        {isEdited ? (
          <QuestionEditor message={message} onCancel={cancelEditing} onSent={endEditing} />
        ) : (
          <>
            {message.documents && <DocumentChips documents={message.documents} />}
            <QuestionText key={message.id} text={message.text} />
          </>
        )}
        {isLast && isIdle && !isEdited && (
          <Button look="quiet" className={styles.more} onClick={answerOpenChat}>
            {t("Answer this")}
          </Button>
        )}
      </article>
      <div className={styles.tools}>
        <Versions id={message.id} parentId={parentId} />
        {!isEdited && <CopyButton label={t("Copy message")} text={message.text} />}
        {isIdle && !isEdited && (
          <>
            <IconButton
              ref={edit}
              label={t("Edit message")}
              icon={Pencil}
              data-edit
              onClick={() => setIsEdited(true)}
            />
            <IconButton label={t("Delete message")} icon={Trash2} onClick={remove} />
          </>
        )}
        {!isIdle && !isEdited && (
          <>
            <IconPlace />
            <IconPlace />
          </>
        )}
      </div>
    </div>
  );
}

/** Exactly as written. A long text is shown in part until asked for. */
function QuestionText({ text }: { text: string }) {
  const [isWhole, setIsWhole] = useState(false);
  const isPrinted = useMedia("print");
  const short = shorten(text);
  return (
    <>
      <div className={styles.text} data-text="question" dir="auto">
        {isWhole || isPrinted ? text : short}
      </div>
      {short.length < text.length && (
        <Button
          look="quiet"
          className={styles.more}
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole
            ? t("Show less")
            : t("Show all {characters}", { characters: counted(text.length, "character") })}
        </Button>
      )}
    </>
  );
}

function answerOpenChat(event: MouseEvent): void {
  const { openId } = useChat.getState();
  if (openId !== null) regenerate(openId);
  focusMessageBox(event.nativeEvent);
}

function shorten(text: string): string {
  let end = Math.min(text.length, shortLength);
  for (let at = -1, lines = 0; (at = text.indexOf("\n", at + 1)) !== -1 && at < end;) {
    if (++lines === shortLines) end = at;
  }
  // A tail of a few words is not worth a button.
  return text.length - end < 200 ? text : `${text.slice(0, end).trimEnd()}…`;
}
