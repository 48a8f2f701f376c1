import type { MemoryScope } from "../../engine/gpu/buffers";
import type { Gpu } from "../../engine/gpu/device";
import { encode, type Dispatch } from "../../engine/gpu/kernel";
import { STEP_BYTES } from "../../engine/kernels/step";
import type { Model } from "../../engine/runtime/model";

/** The spans of a step's time, in milliseconds from its beginning. */
export interface StepSpans {
  /** Making the command buffer. */
  readonly encodedMs: number;
  /** Handing it to the queue. */
  readonly submittedMs: number;
  /** The GPU said it was done. */
  readonly doneMs: number;
  /** The drawn token could be read. */
  readonly readMs: number;
  /**
   * The time of the pass by the GPU's own clock; `null` without timestamps. Where it lies between submit and
   * done is not known.
   */
  readonly gpuMs: number | null;
}

const STAMPS_BYTES = 16;

/**
 * Runs one step in one submit, as decode does, and reads the drawn token back. `scope` holds what it needs.
 */
export async function stepSpans(
  gpu: Gpu,
  scope: MemoryScope,
  model: Model,
  lists: readonly (readonly Dispatch[])[],
  nTokens: number,
): Promise<StepSpans> {
  const { device } = gpu;
  const buffer = (name: string, sizeBytes: number, usage: GPUBufferUsageFlags) =>
    scope.create({ layer: null, kind: "staging", name }, sizeBytes, usage);
  const drawn = buffer("drawn token", 32, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  const stamps = gpu.hasTimestamps && {
    set: device.createQuerySet({ type: "timestamp", count: 2 }),
    resolved: buffer("timestamps", STAMPS_BYTES, GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC),
    staging: buffer("timestamps read back", STAMPS_BYTES, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST),
  };
  await device.queue.onSubmittedWorkDone();

  const started = performance.now();
  const elapsed = () => performance.now() - started;
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass(
    stamps
      ? { timestampWrites: { querySet: stamps.set, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 } }
      : {},
  );
  for (const list of lists) encode(pass, list, nTokens);
  pass.end();
  encoder.copyBufferToBuffer(model.activations.step.buffer, 0, drawn, 0, STEP_BYTES);
  if (stamps) {
    encoder.resolveQuerySet(stamps.set, 0, 2, stamps.resolved, 0);
    encoder.copyBufferToBuffer(stamps.resolved, 0, stamps.staging, 0, STAMPS_BYTES);
  }
  const commands = encoder.finish();
  const encodedMs = elapsed();
  device.queue.submit([commands]);
  const submittedMs = elapsed();
  const [doneMs, mappedMs] = await Promise.all([
    device.queue.onSubmittedWorkDone().then(elapsed),
    drawn.mapAsync(GPUMapMode.READ).then(elapsed),
  ]);
  drawn.unmap();
  return {
    encodedMs,
    submittedMs,
    doneMs: Math.min(doneMs, mappedMs), // the two news may come in either order
    readMs: mappedMs,
    gpuMs: stamps ? await gpuTime(stamps.set, stamps.staging) : null,
  };
}

async function gpuTime(set: GPUQuerySet, staging: GPUBuffer): Promise<number> {
  await staging.mapAsync(GPUMapMode.READ);
  const [begin, end] = new BigUint64Array(staging.getMappedRange().slice(0));
  staging.unmap();
  set.destroy();
  return Math.max(0, Number(end! - begin!) / 1e6);
}
