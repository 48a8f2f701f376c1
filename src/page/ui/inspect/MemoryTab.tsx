import { useEffect } from "react";
import { useEngine } from "../../stores/models/engine";
import { useInspectMemory, watchMemory } from "../../stores/inspect/inspect-memory";
import { ErrorNotice } from "../parts/notices/ErrorNotice";
import { MemoryOverContext } from "./memory/MemoryOverContext";
import { MemoryPicture } from "./memory/MemoryPicture";
import { MemorySummary } from "./memory/MemorySummary";
import { MemoryTable } from "./memory/MemoryTable";
import { PlanPicker } from "./memory/PlanPicker";
import { PlanWeights } from "./memory/PlanWeights";
import { t } from "../../../language/language";
import styles from "./Inspect.module.css";

/**
 * The GPU's memory, layer by layer, and what a longer context would take: of the model in use, or of any
 * other.
 */
export function MemoryTab() {
  useEffect(watchMemory, []);
  const device = useEngine((s) => s.device);
  const usedId = useEngine((s) => ("model" in s.status ? (s.status.model?.id ?? null) : null));
  const state = useInspectMemory((s) => s.plan);
  const report = useInspectMemory((s) => s.report);
  if (!device) return <p>{t("There is no GPU to plan for yet.")}</p>;
  if (state.phase === "asking") return <p role="status">{t("Reading the model’s header…")}</p>;
  if (state.phase === "failed")
    return (
      <>
        <PlanPicker />
        <ErrorNotice error={state.error} />
      </>
    );
  const { plan, target } = state;
  const live = target.kind === "stored" && target.id === usedId ? report : null;
  const lines = live && live.lines.length > 0 ? live.lines : plan.lines;
  const { budgetBytes } = device;
  return (
    <>
      <PlanPicker />
      {target.kind !== "stored" && (
        <p className={styles.note}>
          {target.kind === "hub"
            ? t("By the header of a file on the hub")
            : t("Sizes from the published configuration, kept in this app")}
          {plan.isUsualMix ? t(", weights as a 4-bit file mixes its types.") : "."}
        </p>
      )}
      {target.kind === "hub" && plan.quantize && <PlanWeights plan={plan.quantize} />}
      <MemorySummary plan={plan} budgetBytes={budgetBytes} report={live} />
      <MemoryPicture lines={lines} layerKinds={plan.layerKinds} />
      <MemoryOverContext plan={plan} budgetBytes={budgetBytes} isInUse={live?.context != null} />
      <MemoryTable plan={plan} report={live} />
    </>
  );
}
