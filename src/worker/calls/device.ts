import type { Engine } from "../engine";
import { chooseMemoryBudget, memoryBudgetBytes } from "../models/plan/memory-budget";
import { reportEngine, reportMemory } from "../reports";
import type { DeviceReport, EngineReport, MemoryReport } from "../rpc/protocol/inspect";
import type { Handlers } from "../rpc/serve";
import type { Services } from "./services";

export interface DeviceCalls {
  /**
   * Opens the device. `budgetBytes`: GPU memory that models may take, `null` for an estimate; another call
   * changes it.
   */
  start: { args: [budgetBytes: number | null]; result: DeviceReport; progress: never };
  engineReport: { args: []; result: EngineReport; progress: never };
  memory: { args: []; result: MemoryReport; progress: never };
}

export const deviceCalls = ({ engine }: Services): Handlers<DeviceCalls> => ({
  start: ([budgetBytes]) => {
    chooseMemoryBudget(budgetBytes);
    return start(engine);
  },
  engineReport: () => engineReport(engine),
  memory: () => memory(engine),
});

export async function start(engine: Engine): Promise<DeviceReport> {
  const gpu = await engine.gpu.device();
  return {
    ...gpu.info,
    isSoftware: gpu.isSoftware,
    hasF16: gpu.hasF16,
    hasSubgroups: gpu.hasSubgroups,
    hasInt8Dot: gpu.hasInt8Dot,
    maxBindingBytes: gpu.maxBindingBytes,
    maxBufferBytes: gpu.device.limits.maxBufferSize,
    budgetBytes: memoryBudgetBytes(),
  };
}

/** The device, and how it is doing. Waits for nothing that is under way there. */
export async function engineReport(engine: Engine): Promise<EngineReport> {
  return reportEngine(await engine.gpu.device(), engine.running);
}

/** Reports what lives on the GPU now. Waits for nothing that is under way there. */
export async function memory(engine: Engine): Promise<MemoryReport> {
  // not opened for this: one that was lost has nothing left
  return reportMemory(await engine.gpu.opened(), engine.running);
}
