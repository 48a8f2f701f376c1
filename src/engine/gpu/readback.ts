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
    await copyOut(memory, (encoder) =>
      encoder.copyBufferToBuffer(range.buffer, range.offset, staging, 0, range.sizeBytes),
    );
    await staging.mapAsync(GPUMapMode.READ);
    return staging.getMappedRange(0, range.sizeBytes).slice(0);
  } finally {
    memory.destroy(staging);
  }
}

/**
 * Submits copies into a buffer that was just made. At once: they are of what is there behind the work
 * submitted so far, whatever follows.
 *
 * @throws OutOfMemoryError  when the device refused the buffer
 */
export async function copyOut(
  memory: GpuMemory,
  encode: (encoder: GPUCommandEncoder) => void,
): Promise<void> {
  const { device } = memory;
  device.pushErrorScope("validation"); // a buffer that was refused is no place to copy to
  const encoder = device.createCommandEncoder();
  encode(encoder);
  device.queue.submit([encoder.finish()]);
  const invalid = device.popErrorScope();
  await memory.allocated();
  const error = await invalid;
  if (error) throw new Error(error.message);
}
