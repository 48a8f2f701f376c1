import { compareWithBareRead, useBareRead } from "../../stores/inspect/bench";
import type { LoadedModel } from "../../../worker/rpc/protocol/load";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { describeAgainstBare, describeLoadTimes } from "../models/load-report";
import { formatCount, formatFixed } from "../parts/words/format";
import { stageName } from "../parts/words/stage-name";
import { ScrollBox } from "../parts/tables/ScrollBox";
import { Button } from "../parts/buttons/Button";
import { t } from "../../../language/language";
import styles from "./Bench.module.css";

interface Props {
  loaded: LoadedModel;
}

/** The report of the loaded model's coming up, and of the tuner's choices for it. */
export function BenchLoad({ loaded }: Props) {
  const { stages, tuned } = loaded;
  const endMs = Math.max(...stages.map((stage) => stage.endMs));
  return (
    <>
      <table>
        <caption>
          {t("From stored file to first token: {endMs} s", { endMs: formatFixed(endMs / 1000, 2) })}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t("Stage")}</th>
            <th scope="col">{t("from, ms")}</th>
            <th scope="col">{t("to, ms")}</th>
          </tr>
        </thead>
        <tbody>
          {stages.map(({ name, startMs, endMs }) => (
            <tr key={name}>
              <th scope="row">{stageName(name)}</th>
              <td>{formatCount(Math.round(startMs))}</td>
              <td>{formatCount(Math.round(endMs))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{describeLoadTimes(loaded)}</p>
      <BareReadLine loaded={loaded} />
      {tuned.length > 0 && (
        <ScrollBox label={t("Variants of kernels")}>
          <table>
            <caption>{t("Variants of kernels chosen for this device")}</caption>
            <tbody>
              {tuned.map(({ shape, choice, source, rejected }) => (
                <tr key={shape}>
                  <th scope="row">{shape}</th>
                  <td>
                    {choice}, {source}
                    {rejected.map((one) =>
                      t(" · not {choice}: {reason}", { choice: one.choice, reason: one.reason }),
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </>
  );
}

/** The rate of the same bytes with nothing else to do, when the person asks. */
function BareReadLine({ loaded }: Props) {
  const state = useBareRead((s) => s.state);
  const isOfThis = state.phase === "read" && state.loaded === loaded;
  return (
    <div className={styles.actions}>
      <Button disabled={state.phase === "reading"} onClick={() => void compareWithBareRead(loaded)}>
        {t("Compare with a bare read")}
      </Button>
      <span role="status">
        {state.phase === "reading" && t("Reading…")}
        {isOfThis && describeAgainstBare(loaded, state.rate)}
      </span>
      {state.phase === "failed" && <ErrorNotice error={state.error} />}
    </div>
  );
}
