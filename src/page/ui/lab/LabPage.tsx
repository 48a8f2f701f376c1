import { formatFixed } from "../parts/words/format";
import { useState } from "react";
import { cancelLab, runLab, useLab } from "../../stores/inspect/lab";
import type { LabRequest } from "../../../worker/rpc/protocol/measure";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { Button } from "../parts/buttons/Button";
import { Meter } from "../parts/charts/Meter";
import { LabCharts } from "./LabCharts";
import { LabControls } from "./LabControls";
import { LabRules } from "./LabRules";
import { measures, type Measure } from "./texts";
import { Select } from "../parts/fields/Input";
import { t } from "../../../language/language";
import { rich } from "../parts/words/rich";
import styles from "./Lab.module.css";

const usual: LabRequest = { size: 32, mostPairs: 128, keys: "random", seed: 1, halfLife: 64, window: 16 };

/**
 * The lab of memories of a fixed size, what they hold and what not: `#lab` in the address. Needs no model.
 */
export function LabPage() {
  const state = useLab((s) => s.state);
  const [request, setRequest] = useState(usual);
  const [measure, setMeasure] = useState<Measure>("found");
  return (
    <main className={styles.lab}>
      <header className={styles.head}>
        <h1>{t("Lab")}</h1>
        <a href="#chat">{t("Back to the chat")}</a>
      </header>
      <p>
        {t(
          "Linear attention keeps a state of fixed size, however long the text. Here pairs of a key and a value are stored in one, on your GPU, and read back: what is still there, and what has been lost? No model is needed.",
        )}
      </p>
      <LabControls request={request} onChange={setRequest} />
      <div className={styles.actions}>
        {state.phase === "running" ? (
          <Button onClick={cancelLab}>{t("Stop")}</Button>
        ) : (
          <Button look="solid" onClick={() => void runLab(request)}>
            {t("Run")}
          </Button>
        )}
        <label className={styles.measure}>
          {rich("Show {select}", {
            select: (
              <Select isInline value={measure} onChange={({ target }) => setMeasure(target.value as Measure)}>
                {Object.entries(measures).map(([id, { name }]) => (
                  <option key={id} value={id}>
                    {t(name)}
                  </option>
                ))}
              </Select>
            ),
          })}
        </label>
        <p className={styles.hint}>{t(measures[measure].hint)}</p>
      </div>
      <div role="status">
        {state.phase === "done" &&
          t("Done in {elapsedMs} s. Curves are means over {nTrials} sets of pairs.", {
            elapsedMs: formatFixed(state.result.elapsedMs / 1000, 1),
            nTrials: state.result.nTrials,
          })}
      </div>
      {state.phase === "running" && (
        <Meter
          label={t("Points measured")}
          valueText={
            state.total === null
              ? t("Starting")
              : t("{done} of {total}", { done: state.done, total: state.total })
          }
          value={state.done}
          max={state.total}
          role="progressbar"
        />
      )}
      {state.phase === "failed" && <ErrorNotice error={state.error} />}
      {state.phase === "running" && (
        <LabCharts charts={state.charts} request={state.request} measure={measure} />
      )}
      {state.phase === "done" && (
        <LabCharts charts={state.result.charts} request={state.result.request} measure={measure} />
      )}
      <LabRules />
    </main>
  );
}
