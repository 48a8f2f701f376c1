import { useState } from "react";
import { useEngine } from "../../stores/models/engine";
import { cancelProfile, runProfile, useProfile } from "../../stores/inspect/profile";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { counted } from "../parts/words/format";
import { Button } from "../parts/buttons/Button";
import { ProfileResult } from "./time/ProfileResult";
import { Select } from "../parts/fields/Input";
import styles from "./Inspect.module.css";
import timeStyles from "./time/Time.module.css";

const CONTEXTS = [0, 256, 1024, 4096, 16_384, 65_536];
/** The tokens that the session reads at once on a fast device. */
const CHUNK = 512;

/** The times within a token and a chunk. Nothing is recorded but by the button. */
export function TimeTab() {
  const status = useEngine((s) => s.status);
  const state = useProfile((s) => s.state);
  const [contextLength, setContextLength] = useState(256);
  if (status.phase !== "ready" && state.phase !== "done") return <p>No model is loaded.</p>;
  const longest = status.phase === "ready" ? status.loaded.contextLength : 0;
  return (
    <>
      <p className={styles.note}>
        Runs each kernel, each layer and a whole step on a state of their own: the chat is left as it is.
        While you chat nothing is recorded.
      </p>
      <div className={timeStyles.actions}>
        {state.phase === "running" ? (
          <Button onClick={cancelProfile}>Stop</Button>
        ) : (
          <Button
            look="solid"
            disabled={status.phase !== "ready"}
            onClick={() => void runProfile({ contextLength, chunk: CHUNK })}
          >
            Measure
          </Button>
        )}
        <label>
          after a context of{" "}
          <Select
            isInline
            value={contextLength}
            onChange={({ target }) => setContextLength(Number(target.value))}
          >
            {CONTEXTS.filter((length) => length <= Math.max(longest, contextLength)).map((length) => (
              <option key={length} value={length}>
                {counted(length, "token")}
              </option>
            ))}
          </Select>
        </label>
        <span role="status">{state.phase === "running" ? `${state.doing}…` : ""}</span>
      </div>
      {state.phase === "failed" && <ErrorNotice error={state.error} />}
      {state.phase === "done" && <ProfileResult report={state.report} page={state.page} />}
    </>
  );
}
