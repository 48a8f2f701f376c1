import { useEngine } from "../../stores/engine";
import { BenchLoad } from "../BenchLoad";

/** The device and how the loaded model came up on it. */
export function EngineTab() {
  const status = useEngine((s) => s.status);
  const device = useEngine((s) => s.device);
  return (
    <>
      <p>{device ? `${device.vendor} ${device.architecture} ${device.description}` : "No device is open."}</p>
      {status.phase === "ready" && <BenchLoad loaded={status.loaded} />}
    </>
  );
}
