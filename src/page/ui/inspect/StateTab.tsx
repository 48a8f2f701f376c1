import { useChat } from "../../stores/chat/chat";
import { closeInspect } from "../../stores/inspect/inspect";
import {
  hasAnswer,
  readLastAnswer,
  stopReadingStates,
  useInspectState,
} from "../../stores/inspect/inspect-state";
import { useEngine } from "../../stores/models/engine";
import { openModels } from "../../stores/models/plans";
import { Button } from "../parts/buttons/Button";
import { focusMessageBox } from "../parts/hooks/focus-message-box";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { counted, formatCount } from "../parts/words/format";
import { Term } from "../parts/words/Term";
import { Invitation } from "./Invitation";
import { StateView } from "./state/StateView";
import { mark, t } from "../../../language/language";
import { rich } from "../parts/words/rich";
import styles from "./Inspect.module.css";

const TITLE = mark("What the model remembers, token by token");
const shows = [
  mark("what each token wrote into the model’s memory, and how fast it fades"),
  mark("the memory of any layer and head as a picture"),
  mark("where the last token looked in the layers with full attention"),
];

/**
 * The recurrent states over a conversation: read again on a state of its own, so the chat's stays as it is.
 */
export function StateTab() {
  const isReady = useEngine((s) => s.status.phase === "ready");
  const isAnswered = useChat(hasAnswer);
  const state = useInspectState((s) => s.state);
  if (state.phase === "idle" && !isReady)
    return (
      <Invitation
        title={t(TITLE)}
        shows={shows}
        action={t("Choose a model")}
        onAction={() => openModels(null)}
      >
        {t("No model is loaded yet, so there is nothing to look into.")}
      </Invitation>
    );
  if (state.phase === "idle" && !isAnswered)
    return (
      <Invitation title={t(TITLE)} shows={shows} action={t("Write a question")} onAction={toMessageBox}>
        {t("There is no answer in this chat yet. Ask something, then come back.")}
      </Invitation>
    );
  if (state.phase === "idle")
    return (
      <Invitation
        title={t(TITLE)}
        shows={shows}
        action={t("Read the conversation")}
        onAction={readLastAnswer}
      >
        {t(
          "The conversation up to the last answer is read once more, on the side. The chat is left as it is; the memory of a second context is taken meanwhile.",
        )}
      </Invitation>
    );
  return (
    <>
      <div className={styles.actions}>
        {state.phase === "reading" ? (
          <Button onClick={stopReadingStates}>{t("Stop")}</Button>
        ) : (
          <Button disabled={!isReady || !isAnswered} onClick={readLastAnswer}>
            {t("Read the conversation again")}
          </Button>
        )}
        <span role="status">
          {state.phase === "reading" &&
            t("Read {readTokens} of {tokens}…", {
              readTokens: formatCount(state.readTokens),
              tokens: counted(state.totalTokens, "token"),
            })}
        </span>
      </div>
      {state.phase === "failed" && <ErrorNotice error={state.error} />}
      {state.phase === "known" && (
        <p className={styles.note}>
          {rich(
            "Each {term} {term2} remembers in a {term3} of its own. Here is what the conversation did to it.",
            { term: <Term name="DeltaNet" />, term2: <Term name="head" />, term3: <Term name="state" /> },
          )}
        </p>
      )}
      {state.phase === "known" && <StateView report={state.report} />}
    </>
  );
}

/** On a narrow window the panel stands in the place of the chat. */
function toMessageBox(): void {
  if (!matchMedia("(min-width: 72rem)").matches) closeInspect();
  // The box is there again after the frame that shows the chat.
  requestAnimationFrame(() => focusMessageBox());
}
