import { useEffect } from "react";
import { useEngine } from "../../stores/models/engine";
import { useInspectEngine, watchEngine } from "../../stores/inspect/inspect-engine";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { formatBytes } from "../parts/words/format";
import { Term } from "../parts/words/Term";
import { CompileTable } from "./engine/CompileTable";
import { CopyReport } from "./engine/CopyReport";
import { describeCheck } from "./engine/describe-check";
import { DeviceTables } from "./engine/DeviceTables";
import { ProductTable } from "./engine/ProductTable";
import { StageTable } from "./engine/StageTable";
import { t } from "../../../language/language";
import styles from "./Inspect.module.css";

/**
 * The device, what was chosen for it, and how the loaded model came up: all that a report of a fault should
 * say.
 */
export function EngineTab() {
  useEffect(watchEngine, []);
  const status = useEngine((s) => s.status);
  const state = useInspectEngine((s) => s.state);
  if (status.phase === "failed") return <ErrorNotice error={status.error} />;
  if (state.phase === "asking") return <p role="status">{t("Asking the engine…")}</p>;
  if (state.phase === "failed") return <ErrorNotice error={state.error} />;
  const { report, room } = state;
  const loaded = status.phase === "ready" ? status.loaded : null;
  return (
    <>
      <CopyReport report={report} room={room} />
      <dl className={styles.memoryFigures}>
        <div>
          <dt>
            <Term name="steps in flight">{t("Steps in flight")}</Term>
          </dt>
          <dd>
            {report.steps
              ? t("{inFlight} of at most {most}", {
                  inFlight: report.steps.inFlight,
                  most: report.steps.most,
                })
              : t("no model")}
          </dd>
        </div>
        <div>
          <dt>{t("Storage used")}</dt>
          <dd>
            {room
              ? t("{usedBytes}, {freeBytes} free", {
                  usedBytes: formatBytes(room.usedBytes),
                  freeBytes: formatBytes(room.freeBytes),
                })
              : t("not told")}
          </dd>
        </div>
        {loaded && (
          <div>
            <dt>
              <Term name="numbers checked">{t("Numbers checked")}</Term>
            </dt>
            <dd>{describeCheck(loaded.check)}</dd>
          </div>
        )}
      </dl>
      {loaded && <StageTable stages={loaded.stages} />}
      {loaded && <ProductTable tuned={loaded.tuned} isSoftware={report.adapter.isSoftware} />}
      <CompileTable compiles={report.compiles} />
      <DeviceTables report={report} />
    </>
  );
}
