import { RotateCcw, ScanText } from "lucide-react";
import { lazy, Suspense, useRef, useState, type MouseEvent } from "react";
import { regenerate } from "../../../stores/chat/answer";
import { useChat } from "../../../stores/chat/chat";
import { useEngine } from "../../../stores/models/engine";
import { hideTokens, showTokens, useInspectState } from "../../../stores/inspect/inspect-state";
import type { AnswerMessage } from "../../../stores/chat/chat";
import { AnswerEnding } from "./AnswerEnding";
import { AnswerFigures } from "./AnswerFigures";
import { focusMessageBox } from "../../parts/hooks/focus-message-box";
import { counted } from "../../parts/words/format";
import { LazyAnswerTokens } from "../../inspect/state/LazyAnswerTokens";
import { LazyMarkdown } from "../../markdown/LazyMarkdown";
import { CopyButton } from "../../parts/buttons/CopyButton";
import { IconButton, IconPlace } from "../../parts/buttons/IconButton";
import { Versions } from "../Versions";
import { Thoughts } from "./Thoughts";
import { t, tn } from "../../../../language/language";
import styles from "./Answer.module.css";
import messageStyles from "../Message.module.css";

// Asked for at once, run as a task of its own: the first paint shows no answer.
const loading = import("./AnswerMenu");
const AnswerMenu = lazy(() => loading.then(({ AnswerMenu }) => ({ default: AnswerMenu })));
const AnswerEditor = lazy(() =>
  import("./AnswerEditor").then(({ AnswerEditor }) => ({ default: AnswerEditor })),
);

interface Props {
  message: AnswerMessage;
  parentId: string;
}

export function Answer({ message, parentId }: Props) {
  const { id, text, reasoning, state, modelName } = message;
  const isStreaming = state.kind === "streaming";
  const author = modelName ?? "Assistant";
  const isByToken = useInspectState((s) => s.shownAnswerId === id);
  const [editedId, setEditedId] = useState<string | null>(null);
  const article = useRef<HTMLElement>(null);
  const endEditing = () => {
    setEditedId(null);
    requestAnimationFrame(() => article.current?.querySelector<HTMLElement>("[data-more]")?.focus());
  };
  if (editedId === id)
    return (
      <article className={styles.answer} aria-label={author} ref={article}>
        <p className={styles.author} aria-hidden>
          {author}
        </p>
        <Suspense>
          <AnswerEditor message={message} onEnd={endEditing} />
        </Suspense>
      </article>
    );
  return (
    // While busy, a screen reader waits; it reads the answer when it is whole.
    <article className={styles.answer} aria-label={author} aria-busy={isStreaming} ref={article}>
      <p className={styles.author} aria-hidden>
        {author}
      </p>
      {message.leftOut && <LeftOut message={message} />}
      {isByToken && <LazyAnswerTokens />}
      {!isByToken && reasoning !== "" && (
        <Thoughts
          key={id}
          text={reasoning}
          isLive={isStreaming && text === ""}
          elapsedMs={message.thinkingMs}
        />
      )}
      {!isByToken && text !== "" && (
        <LazyMarkdown key={id} text={text} quotations={message.quotations} isGrowing={isStreaming} />
      )}
      {isStreaming && text === "" && reasoning === "" && (
        <p className={styles.waiting} aria-label={t("Waiting for the answer")} />
      )}
      <AnswerEnding message={message} />
      {message.figures?.notReused && <p className={styles.note}>{message.figures.notReused.message}</p>}
      {isStreaming ? (
        <div className={styles.tools} />
      ) : (
        <AnswerTools message={message} parentId={parentId} onEdit={() => setEditedId(id)} />
      )}
    </article>
  );
}

function LeftOut({ message: { leftOut = [], leftOutTokens = 0 } }: Pick<Props, "message">) {
  const nTurns = useChat((s) => leftOut.filter((id) => s.messages[id]?.role === "user").length);
  return (
    <p className={messageStyles.leftOutNote}>
      {tn(
        nTurns,
        "From here on, the oldest turn ({tokens}) is no longer read.",
        "From here on, the {count} oldest turns ({tokens}) are no longer read.",
        { tokens: counted(leftOutTokens, "token") },
      )}
    </p>
  );
}

function AnswerTools({ message, parentId, onEdit }: Props & { onEdit: () => void }) {
  const { id, text, reasoning } = message;
  const canRegenerate = useChat((s) => s.generation.phase === "none");
  const again = (event: MouseEvent) => {
    const { openId } = useChat.getState();
    if (openId !== null) regenerate(openId, id);
    focusMessageBox(event.nativeEvent);
  };
  return (
    <div className={styles.tools}>
      <Versions id={id} parentId={parentId} />
      {text !== "" && <CopyButton label={t("Copy answer")} text={text} />}
      {canRegenerate ? (
        <IconButton label={t("Answer again")} icon={RotateCcw} onClick={again} />
      ) : (
        <IconPlace />
      )}
      {(text !== "" || reasoning !== "") && <TokensButton id={id} />}
      {canRegenerate ? (
        <Suspense fallback={<IconPlace />}>
          <AnswerMenu message={message} onEdit={onEdit} />
        </Suspense>
      ) : (
        <IconPlace />
      )}
      <AnswerFigures message={message} />
    </div>
  );
}

function TokensButton({ id }: { id: string }) {
  const isShown = useInspectState((s) => s.shownAnswerId === id);
  const isReady = useEngine((s) => s.status.phase === "ready");
  const isIdle = useChat((s) => s.generation.phase === "none");
  if (!isReady) return null;
  if (!isIdle) return <IconPlace />;
  return (
    <IconButton
      label={isShown ? t("Show as text") : t("Show token by token")}
      icon={ScanText}
      aria-pressed={isShown}
      onClick={() => (isShown ? hideTokens() : showTokens(id))}
    />
  );
}
