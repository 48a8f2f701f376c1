import { useState } from "react";
import { useEngine } from "../../stores/models/engine";
import { openModels } from "../../stores/models/plans";
import { cancelProfile, runProfile, useProfile } from "../../stores/inspect/profile";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { counted } from "../parts/words/format";
import { Button } from "../parts/buttons/Button";
import { ProfileResult } from "./time/ProfileResult";
import { Term } from "../parts/words/Term";
import { Invitation } from "./Invitation";
import { Select } from "../parts/fields/Input";
import { mark, t } from "../../../language/language";
import { rich } from "../parts/words/rich";
import timeStyles from "./time/Time.module.css";

const CONTEXTS = [0, 256, 1024, 4096, 16_384, 65_536];
/** The tokens that the session reads at once on a fast device. */
const CHUNK = 512;

const TITLE = mark("Where the time of a token goes");
const shows = [
  mark("how long each kernel and each layer takes, and how near that is to what the device can do"),
  mark("a token’s way from the worker over the GPU to the page"),
  mark("every order to the GPU in a row, to be saved as a trace"),
];

/** The times within a token and a chunk. Nothing is recorded but by the button. */
export function TimeTab() {
  const status = useEngine((s) => s.status);
  const state = useProfile((s) => s.state);
  const [contextLength, setContextLength] = useState(256);
  if (status.phase !== "ready" && state.phase !== "done")
    return (
      <Invitation
        title={t(TITLE)}
        shows={shows}
        action={t("Choose a model")}
        onAction={() => openModels(null)}
      >
        {t("No model is loaded yet, so there is nothing to measure.")}
      </Invitation>
    );
  const longest = status.phase === "ready" ? status.loaded.contextLength : 0;
  const measure = () => void runProfile({ contextLength, chunk: CHUNK });
  if (state.phase === "idle")
    return (
      <Invitation title={t(TITLE)} shows={shows} action={t("Measure")} onAction={measure}>
        {rich(
          "Each {term}, each layer and a whole step run on a state of their own: the chat is left as it is. It takes some seconds. While you chat nothing is recorded.",
          { term: <Term name="kernel" /> },
        )}
      </Invitation>
    );
  return (
    <>
      <div className={timeStyles.actions}>
        {state.phase === "running" ? (
          <Button onClick={cancelProfile}>{t("Stop")}</Button>
        ) : (
          <Button look="solid" disabled={status.phase !== "ready"} onClick={measure}>
            {t("Measure again")}
          </Button>
        )}
        <label>
          {rich("after a context of {select}", {
            select: (
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
            ),
          })}
        </label>
        <span role="status">{state.phase === "running" ? `${state.doing}…` : ""}</span>
      </div>
      {state.phase === "failed" && <ErrorNotice error={state.error} />}
      {state.phase === "done" && <ProfileResult report={state.report} page={state.page} />}
    </>
  );
}
