import type { GpuMemory, GpuRange } from "./buffers";

/**
 * Reads a range back through a staging buffer of its own. For tests and rare reads; the decode loop has its
 * own rotating ones.
 */
export async function readBack(memory: GpuMemory, range: GpuRange): Promise<ArrayBuffer> {
  const staging = memory.create(
    { layer: null, kind: "staging", name: "readback" },
    range.sizeBytes,
    GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  );
  try {
    await memory.allocated();
    const encoder = memory.device.createCommandEncoder();
    encoder.copyBufferToBuffer(range.buffer, range.offset, staging, 0, range.sizeBytes);
    memory.device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    return staging.getMappedRange(0, range.sizeBytes).slice(0);
  } finally {
    memory.destroy(staging);
  }
}
