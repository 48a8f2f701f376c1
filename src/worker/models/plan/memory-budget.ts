/** Without a figure from the browser: what a machine that runs a browser with WebGPU has at least. */
const ASSUMED_MEMORY_GIB = 8;

let chosenBytes: number | null = null;

/** @param bytes  GPU memory that models may take; `null`: what can be assumed of the machine */
export function chooseMemoryBudget(bytes: number | null): void {
  chosenBytes = bytes;
}

/**
 * GPU memory that models may take, as the person chose it. Without a choice half of the machine's memory:
 * WebGPU tells nothing about the GPU's and grants more than there is, and what browsers tell of the machine's
 * is rounded and capped.
 */
export function memoryBudgetBytes(): number {
  if (chosenBytes !== null) return chosenBytes;
  const { deviceMemory = ASSUMED_MEMORY_GIB } = navigator as { deviceMemory?: number };
  return (deviceMemory * 2 ** 30) / 2;
}
