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
import styles from "./Inspect.module.css";

const TITLE = "What the model remembers, token by token";
const shows = [
  "what each token wrote into the model’s memory, and how fast it fades",
  "the memory of any layer and head as a picture",
  "where the last token looked in the layers with full attention",
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
      <Invitation title={TITLE} shows={shows} action="Choose a model" onAction={() => openModels(null)}>
        No model is loaded yet, so there is nothing to look into.
      </Invitation>
    );
  if (state.phase === "idle" && !isAnswered)
    return (
      <Invitation title={TITLE} shows={shows} action="Write a question" onAction={toMessageBox}>
        There is no answer in this chat yet. Ask something, then come back.
      </Invitation>
    );
  if (state.phase === "idle")
    return (
      <Invitation title={TITLE} shows={shows} action="Read the conversation" onAction={readLastAnswer}>
        The conversation up to the last answer is read once more, on the side. The chat is left as it is; the
        memory of a second context is taken meanwhile.
      </Invitation>
    );
  return (
    <>
      <div className={styles.actions}>
        {state.phase === "reading" ? (
          <Button onClick={stopReadingStates}>Stop</Button>
        ) : (
          <Button disabled={!isReady || !isAnswered} onClick={readLastAnswer}>
            Read the conversation again
          </Button>
        )}
        <span role="status">
          {state.phase === "reading" &&
            `Read ${formatCount(state.readTokens)} of ${counted(state.totalTokens, "token")}…`}
        </span>
      </div>
      {state.phase === "failed" && <ErrorNotice error={state.error} />}
      {state.phase === "known" && (
        <p className={styles.note}>
          Each <Term name="DeltaNet" /> <Term name="head" /> remembers in a <Term name="state" /> of its own.
          Here is what the conversation did to it.
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
