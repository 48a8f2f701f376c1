import { useState } from "react";
import { traceFile } from "../../../stores/inspect/profile";
import type { PageTimes } from "../../../stores/inspect/trace";
import type { ProfileReport } from "../../../../worker/rpc/protocol/measure";
import { counted, formatBytes, formatCount, formatOperations } from "../../parts/words/format";
import { Button } from "../../parts/buttons/Button";
import { CostTable } from "./CostTable";
import { DispatchList } from "./DispatchList";
import { StepTimeline } from "./StepTimeline";
import { VisuallyHidden } from "../../parts/VisuallyHidden";
import styles from "./Time.module.css";
import inspectStyles from "../Inspect.module.css";

interface Props {
  report: ProfileReport;
  page: PageTimes;
}

const names = { prefill: "Reading a chunk", decode: "Writing a token" } as const;

export function ProfileResult({ report, page }: Props) {
  const [shown, setShown] = useState<"prefill" | "decode">("decode");
  const { clock, ceilings, phases, isSoftware } = report;
  const profile = phases.find(({ phase }) => phase === shown);
  if (!profile) return null;
  const { nTokens, contextLength, kernels, layers } = profile;
  const step = `${counted(nTokens, "token")} after ${formatCount(contextLength)}`;
  return (
    <>
      <fieldset className={`${styles.actions} ${styles.phases}`}>
        <VisuallyHidden as="legend">Which step</VisuallyHidden>
        {(["decode", "prefill"] as const).map((phase) => (
          <label key={phase}>
            <input
              type="radio"
              name="time-phase"
              checked={shown === phase}
              onChange={() => setShown(phase)}
            />{" "}
            {names[phase]}
          </label>
        ))}
        <Button onClick={() => save(traceFile())}>Export trace</Button>
      </fieldset>
      <p className={inspectStyles.note}>
        {isSoftware && "This adapter is software: counts are results, times say little. "}
        {clock.source === "timestamps"
          ? `Kernels by the GPU's timestamps, which tell ${clock.resolutionUs.toPrecision(2)} µs apart.`
          : `This device gives no timestamps: times are those of whole submits by the wall clock, less an empty one, which vary by ${clock.resolutionUs.toPrecision(2)} µs.`}{" "}
        Ceilings measured now: {formatBytes(ceilings.readGBs * 1e9)}/s read,{" "}
        {formatOperations(ceilings.productGops.f32 * 1e9)} operations/s in f32.
      </p>
      <StepTimeline profile={profile} page={page} />
      <CostTable title={`By kernel: ${step}`} first="Kernel" times={kernels} />
      <CostTable title={`By layer: ${step}`} first="Layer" times={layers} isWhole />
      <DispatchList key={shown} profile={profile} />
    </>
  );
}

function save(file: File | null): void {
  if (!file) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
