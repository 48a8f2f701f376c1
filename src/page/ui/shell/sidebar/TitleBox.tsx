import { useRef } from "react";
import { renameChat } from "../../../stores/chat/chat";
import { isComposed } from "../../parts/hooks/composed-keys";
import { t } from "../../../../language/language";
import styles from "./TitleBox.module.css";

interface Props {
  id: string;
  title: string;
  /** @param byKey  the person ended it with a key, and goes on by keyboard */
  onDone: (byKey: boolean) => void;
}

/** The box in which a chat is renamed. Enter and leaving it take the name, Escape drops it. */
export function TitleBox({ id, title, onDone }: Props) {
  const isCancelled = useRef(false);
  const isByKey = useRef(false);
  const finish = (text: string) => {
    const name = text.trim();
    if (!isCancelled.current && name !== "" && name !== title) renameChat(id, name);
    onDone(isByKey.current);
  };
  return (
    <input
      className={styles.titleBox}
      aria-label={t("Name of the chat")}
      dir="auto"
      defaultValue={title}
      maxLength={200}
      ref={(box) => {
        box?.focus();
        box?.select();
      }}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation(); // the list around it has keys of its own
        if (isComposed(event.nativeEvent)) return;
        if (event.key === "Escape") {
          // it ends no answer, nor does it close the list over the page
          event.nativeEvent.stopImmediatePropagation();
          isCancelled.current = true;
        }
        if (event.key === "Enter" || event.key === "Escape") {
          event.preventDefault(); // or Enter would press the button that has the focus next
          isByKey.current = true;
          event.currentTarget.blur();
        }
      }}
    />
  );
}
