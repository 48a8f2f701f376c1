import { ArrowUp, Square } from "lucide-react";
import {
  useEffect,
  useLayoutEffect,
  useRef,
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
} from "react";
import { send, stop } from "../../../stores/chat/answer";
import { attachFiles } from "../../../stores/documents/attach-files";
import { attachPasted } from "../../../stores/documents/attachments";
import { useChat } from "../../../stores/chat/chat";
import { draftOf, insertionTaken, keepDraft, useInsertion } from "../../../stores/chat/draft";
import { AttachButtons } from "../../documents/attach/AttachButtons";
import { isComposed } from "../../parts/hooks/composed-keys";
import { isPressed } from "../../parts/keys/shortcuts";
import { focusMessageBox } from "../../parts/hooks/focus-message-box";
import { LazyChatControls } from "./LazyChatControls";
import { LazyDictateButton } from "./LazyDictateButton";
import { useEscapeStops } from "./use-escape-stops";
import { t } from "../../../../language/language";
import styles from "./Composer.module.css";

/**
 * The message box. The text lives in the element itself, not in React, so that a pasted book costs what the
 * browser's own text box costs and no more.
 */
export function Composer() {
  const box = useRef<HTMLTextAreaElement>(null);
  const openId = useChat((s) => s.openId);
  const isAnswering = useChat((s) => s.generation.phase === "running");
  const isElsewhere = useChat(
    (s) => s.generation.phase === "running" && s.generation.conversationId !== s.openId,
  );

  useEscapeStops(isAnswering);

  useEffect(() => {
    // On a touch screen focus would raise the keyboard over the chat that was just opened.
    if (matchMedia("(pointer: fine)").matches) box.current?.focus();
  }, [openId]);

  useLayoutEffect(() => {
    const element = box.current!;
    const draft = draftOf(openId);
    if (element.value === draft) return;
    element.value = draft;
    fitHeight(element);
  }, [openId]);

  const insertion = useInsertion((s) => s.text);
  useEffect(() => {
    if (insertion === null) return;
    const element = box.current!;
    element.setRangeText(insertion, element.selectionStart, element.selectionEnd, "end");
    fitHeight(element);
    keepDraft(openId, element.value);
    element.focus();
    insertionTaken();
  }, [insertion, openId]);

  const submit = () => {
    const element = box.current!;
    if (send(element.value)) {
      element.value = "";
      fitHeight(element);
      keepDraft(useChat.getState().openId, ""); // a new chat has its id by now
    }
    element.focus();
  };

  // Stop comes where Send was: the second click of a double click falls on it, and would end the answer as it
  // begins.
  const sentByClickAt = useRef(-Infinity);
  const onSendClick = (event: MouseEvent) => {
    // Likewise the second click on Stop, with the next message in the box already. Clicks made by keys have
    // no detail.
    if (event.detail === 2) event.preventDefault();
    else if (event.detail > 0) sentByClickAt.current = event.timeStamp;
  };
  const onStopClick = (event: MouseEvent) => {
    // By time, since a second tap on a touch screen counts as a first.
    const isSecond = event.detail > 0 && event.timeStamp - sentByClickAt.current < doubleClickMs;
    if (isSecond) box.current!.focus();
    else {
      stop();
      focusMessageBox(event.nativeEvent);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (isPressed(event.nativeEvent, "editLast") && box.current!.value === "") {
      if (editLastQuestion()) event.preventDefault();
      return;
    }
    if (event.key !== "Enter" || event.shiftKey || isComposed(event.nativeEvent)) return;
    event.preventDefault();
    // A key that is held was pressed on a button, perhaps, that gave the focus to the box.
    if (!event.repeat) submit();
  };

  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    const text = event.clipboardData.getData("text/plain");
    // Word and Excel put a picture of the text beside the text itself.
    if (files.length > 0 && text === "") {
      event.preventDefault();
      attachFiles(files);
      return;
    }
    if (text.length <= longestPaste) return;
    event.preventDefault();
    attachPasted(text);
  };

  return (
    <form
      className={styles.composer}
      data-composer
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        id="message"
        ref={box}
        className={styles.box}
        aria-label={t("Message")}
        dir="auto"
        placeholder={
          isElsewhere ? t("Another chat is still being answered…") : t("Write a message, or paste a document")
        }
        rows={1}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        onInput={({ currentTarget }) => {
          fitHeight(currentTarget);
          keepDraft(openId, currentTarget.value);
        }}
      />
      <div className={styles.tools}>
        <AttachButtons />
        <LazyChatControls />
        <LazyDictateButton />
        <span className={styles.keys}>{t("Enter sends, Shift + Enter starts a line")}</span>
        {isAnswering ? (
          <button
            key="stop"
            type="button"
            className={styles.button}
            aria-label={t("Stop")}
            title={t("Stop (Esc)")}
            onClick={onStopClick}
          >
            <Square size={14} fill="currentColor" aria-hidden />
          </button>
        ) : (
          <button
            key="send"
            type="submit"
            className={styles.button}
            aria-label={t("Send")}
            title={t("Send (Enter)")}
            onClick={onSendClick}
          >
            <ArrowUp size={20} aria-hidden />
          </button>
        )}
      </div>
    </form>
  );
}

// Windows, macOS and GTK wait so long by default for the second click.
const doubleClickMs = 500;

/** Presses the button that edits the question shown last. @returns whether there is one */
function editLastQuestion(): boolean {
  const buttons = document.querySelectorAll<HTMLElement>('[data-role="user"] [data-edit]');
  const last = [...buttons].at(-1);
  last?.click();
  return last !== undefined;
}

// Longer than a letter: what is pasted is a document to ask about.
const longestPaste = 4000;

const growsByItself = CSS.supports("field-sizing", "content");
// Far past the tallest the box gets; measuring a megabyte of text on each key would hold up typing.
const tallestLength = 4000;

/** Firefox has no field-sizing yet (bugzilla.mozilla.org/1832409). */
function fitHeight(box: HTMLTextAreaElement): void {
  box.toggleAttribute("data-tall", box.value.length > tallestLength);
  if (growsByItself) return;
  box.style.height = "auto";
  if (box.value.length <= tallestLength) box.style.height = `${box.scrollHeight}px`;
}
