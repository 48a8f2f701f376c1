import { useState } from "react";
import { traceFile } from "../../../stores/inspect/profile";
import { saveFile } from "../../../stores/save-file";
import type { PageTimes } from "../../../stores/inspect/trace";
import type { ProfileReport } from "../../../../worker/rpc/protocol/measure";
import {
  counted,
  formatBytes,
  formatCount,
  formatOperations,
  formatSignificant,
} from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { CostTable } from "./CostTable";
import { DispatchList } from "./DispatchList";
import { StepTimeline } from "./StepTimeline";
import { VisuallyHidden } from "../../parts/VisuallyHidden";
import { mark, t } from "../../../../language/language";
import styles from "./Time.module.css";
import inspectStyles from "../Inspect.module.css";

interface Props {
  report: ProfileReport;
  page: PageTimes;
}

const names = { prefill: mark("Reading a chunk"), decode: mark("Writing a token") } as const;

export function ProfileResult({ report, page }: Props) {
  const [shown, setShown] = useState<"prefill" | "decode">("decode");
  const { clock, ceilings, phases, isSoftware } = report;
  const profile = phases.find(({ phase }) => phase === shown);
  if (!profile) return null;
  const { nTokens, contextLength, kernels, layers } = profile;
  const step = t("{tokens} after {contextLength}", {
    tokens: counted(nTokens, "token"),
    contextLength: formatCount(contextLength),
  });
  return (
    <>
      <fieldset className={`${styles.actions} ${styles.phases}`}>
        <VisuallyHidden as="legend">{t("Which step")}</VisuallyHidden>
        {(["decode", "prefill"] as const).map((phase) => (
          <label key={phase}>
            <input
              type="radio"
              name="time-phase"
              checked={shown === phase}
              onChange={() => setShown(phase)}
            />{" "}
            {t(names[phase])}
          </label>
        ))}
        <Button onClick={exportTrace}>{t("Export trace")}</Button>
      </fieldset>
      <p className={inspectStyles.note}>
        {t("{isSoftware}{part} Ceilings measured now: {readGBs}/s read, {f32} operations/s in f32.", {
          isSoftware: isSoftware && t("This adapter is software: counts are results, times say little. "),
          part:
            clock.source === "timestamps"
              ? t("Kernels by the GPU's timestamps, which tell {resolutionUs} µs apart.", {
                  resolutionUs: formatSignificant(clock.resolutionUs, 2),
                })
              : t(
                  "This device gives no timestamps: times are those of whole submits by the wall clock, less an empty one, which vary by {resolutionUs} µs.",
                  { resolutionUs: formatSignificant(clock.resolutionUs, 2) },
                ),
          readGBs: formatBytes(ceilings.readGBs * 1e9),
          f32: formatOperations(ceilings.productGops.f32 * 1e9),
        })}
      </p>
      <StepTimeline profile={profile} page={page} />
      <CostTable title={t("By kernel: {step}", { step })} first={t("Kernel")} times={kernels} />
      <CostTable title={t("By layer: {step}", { step })} first={t("Layer")} times={layers} isWhole />
      <DispatchList key={shown} profile={profile} />
    </>
  );
}

function exportTrace(): void {
  const file = traceFile();
  if (file) saveFile(file, file.name);
}
