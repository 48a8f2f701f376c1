import { ArrowDown } from "lucide-react";
import {
  lazy,
  Suspense,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useChat } from "../../stores/chat/chat";
import { soughtShown, useSought } from "../../stores/chat/list/find-chats";
import { EmptyState } from "./EmptyState";
import { ErrorBoundary } from "../parts/notices/ErrorBoundary";
import { t } from "../../../language/language";
import styles from "./Conversation.module.css";

// Asked for at once, run as a task of its own: the first paint shows no message.
const loading = import("./Message");
const Message = lazy(() => loading.then(({ Message }) => ({ default: Message })));

const noMessages: readonly string[] = [];

/** The open chat. One that can not be drawn takes nothing else with it: another can be opened. */
export function Conversation() {
  const openId = useChat((s) => s.openId);
  return (
    <ErrorBoundary
      what={t("This chat")}
      hint={t("What is stored of it may be damaged. Other chats can be opened as before.")}
      resetKey={openId}
    >
      <Messages />
    </ErrorBoundary>
  );
}

/** The messages of the open chat. Stays at the end while text comes, unless the person has scrolled away. */
function Messages() {
  const openId = useChat((s) => s.openId);
  const ids = useChat((s) => (s.openId === null ? undefined : s.threads[s.openId])) ?? noMessages;
  // A long chat is drawn in slices rather than in one go, so that opening it does not hold up the page.
  const shown = useDeferredValue(useMemo(() => ({ openId, ids }), [openId, ids]));
  const isOpening = useChat((s) => s.openingId !== null);
  const leftOut = useChat((s) => lastLeftOut(ids, s.messages));
  const answeredId = useChat((s) => (s.generation.phase === "running" ? s.generation.messageId : null));
  const { scroller, content, isAtEnd, toEnd } = useStickToEnd(openId, ids.length > 0, answeredId, shown.ids);

  return (
    <div className={styles.conversation} data-has-messages={ids.length > 0 || undefined}>
      {/* A scrolled region has to be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.scroller} ref={scroller} role="log" aria-label={t("Conversation")} tabIndex={0}>
        <div className={styles.content} ref={content} data-scaled-text>
          {ids.length === 0 && !isOpening && <EmptyState />}
          <Suspense>
            {/* By its place: walking to another version keeps the focus on the button that did it. */}
            {ids.length > 0 &&
              shown.ids.map((id, i) => {
                const parentId = shown.ids[i - 1] ?? "";
                return (
                  <Message
                    key={`${shown.openId} ${parentId}`}
                    id={id}
                    parentId={parentId}
                    isLast={id === ids.at(-1)}
                    isLeftOut={leftOut?.includes(id) ?? false}
                  />
                );
              })}
          </Suspense>
        </div>
      </div>
      {!isAtEnd && ids.length > 0 && (
        <button type="button" className={styles.toEnd} onClick={toEnd}>
          <ArrowDown size={16} aria-hidden /> {t("To the end")}
        </button>
      )}
    </div>
  );
}

/** The messages that the model no longer reads, by the last answer that left something out. */
function lastLeftOut(ids: readonly string[], messages: ReturnType<typeof useChat.getState>["messages"]) {
  for (let at = ids.length - 1; at >= 0; at--) {
    const message = messages[ids[at]!];
    if (message?.role === "assistant" && message.leftOut) return message.leftOut;
  }
  return undefined;
}

/**
 * Keeps the end in view, until the person scrolls up and from the next question on.
 *
 * @param hasEnd false for a chat without messages, which is read from its top
 * @param answeredId the answer being made; a new one is a question that was sent
 * @param drawnIds the messages that are drawn by now
 */
function useStickToEnd(
  openId: string | null,
  hasEnd: boolean,
  answeredId: string | null,
  drawnIds: readonly string[],
) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isSticking = useRef(true);
  const hadEnd = useRef(false);
  const [isAtEnd, setIsAtEnd] = useState(true);

  useLayoutEffect(() => {
    const [box, inner] = [scroller.current!, content.current!];
    let size = "";
    const sizeNow = () => `${box.scrollHeight} ${box.clientHeight}`;
    const stick = () => {
      size = sizeNow();
      if (isSticking.current) box.scrollTop = box.scrollHeight;
    };
    const onScroll = () => {
      // A scroll that a change of layout made is no one's wish; what follows it is up to `stick`.
      if (isSticking.current && size !== sizeNow()) {
        stick();
        setIsAtEnd(true);
        return;
      }
      // 48 px: a line and a half, so that a text that grows under a resting finger does not count as
      // scrolling away.
      const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 48;
      isSticking.current = atEnd && hadEnd.current; // a chat without messages is read from its top
      setIsAtEnd(atEnd);
    };
    const sizes = new ResizeObserver(stick);
    sizes.observe(box);
    sizes.observe(inner);
    box.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      sizes.disconnect();
      box.removeEventListener("scroll", onScroll);
    };
  }, []);

  useLayoutEffect(() => {
    if (answeredId === null) return;
    isSticking.current = true;
    scroller.current!.scrollTop = scroller.current!.scrollHeight;
  }, [answeredId]);

  const toEnd = () => {
    isSticking.current = true;
    scroller.current!.scrollTop = scroller.current!.scrollHeight;
  };

  // What a search found comes into view, and the end lets go.
  const soughtId = useSought((s) => s.messageId);
  useEffect(() => {
    if (soughtId === null) return;
    const message = content.current!.querySelector(`[data-message="${CSS.escape(soughtId)}"]`);
    if (!message) return; // not drawn yet: the chat is drawn in slices
    isSticking.current = false;
    message.scrollIntoView({ block: "start" });
    soughtShown();
  }, [soughtId, drawnIds]);

  useLayoutEffect(() => {
    isSticking.current = hasEnd;
    // On a fresh page there is nothing to scroll, and asking would make the browser lay it out then and
    // there.
    const isFresh = !hasEnd && !hadEnd.current;
    hadEnd.current = hasEnd;
    if (isFresh) return;
    scroller.current!.scrollTop = hasEnd ? scroller.current!.scrollHeight : 0;
  }, [openId, hasEnd]);

  return { scroller, content, isAtEnd, toEnd };
}
