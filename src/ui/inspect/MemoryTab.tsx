import { useEngine } from "../../stores/engine";
import { MemoryPlanTable } from "../MemoryPlanTable";

/** Where the GPU's memory is. */
export function MemoryTab() {
  const status = useEngine((s) => s.status);
  if (status.phase !== "ready") return <p>No model is loaded.</p>;
  return <MemoryPlanTable plan={status.loaded.plan} />;
}
