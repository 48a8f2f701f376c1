import { useEngine } from "../../stores/models/engine";
import { readLastAnswer, stopReadingStates, useInspectState } from "../../stores/inspect/inspect-state";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { counted, formatCount } from "../parts/words/format";
import { Button } from "../parts/buttons/Button";
import { StateView } from "./state/StateView";
import styles from "./Inspect.module.css";

/**
 * The recurrent states over a conversation: read again on a state of its own, so the chat's stays as it is.
 */
export function StateTab() {
  const isReady = useEngine((s) => s.status.phase === "ready");
  const state = useInspectState((s) => s.state);
  return (
    <>
      <p>
        Reads the conversation up to the last answer shown once more, on the side, and shows what each token
        did to the model’s memory. The chat is left as it is; a second context’s memory is taken meanwhile.
      </p>
      <div className={styles.actions}>
        {state.phase === "reading" ? (
          <Button onClick={stopReadingStates}>Stop</Button>
        ) : (
          <Button look="solid" disabled={!isReady} onClick={readLastAnswer}>
            Read the conversation
          </Button>
        )}
        <span role="status">
          {state.phase === "reading" &&
            `Read ${formatCount(state.readTokens)} of ${counted(state.totalTokens, "token")}…`}
        </span>
      </div>
      {state.phase === "failed" && <ErrorNotice error={state.error} />}
      {state.phase === "known" && <StateView report={state.report} />}
    </>
  );
}
