import { CancelledError } from "../errors";
import type { MemoryScope } from "../gpu/buffers";
import type { Gpu } from "../gpu/device";
import { compileRepack, type Repack } from "../kernels/repack";
import { repackingName } from "../kernels/repacking";
import type { ByteSource } from "../weights/byte-source";
import type { ModelConfig } from "../weights/config";
import type { GgufFile } from "../weights/gguf";
import { plainToF32, type PlainType } from "../weights/half-floats";
import { compileModelKernels, type ModelKernels, type Precision } from "./kernels";
import { slicesOf, Uploader } from "./upload";
import { allocateWeights, type AllocatedWeights, type ModelWeights } from "./weights";
import { planWeights, type ChooseFormat } from "./weights-plan";

export type LoadProgress =
  | { readonly phase: "reading"; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly phase: "compiling"; readonly compiled: number; readonly total: number };

export interface LoadOptions {
  readonly precision: Precision;
  /** As planned; every value is kept unless it says otherwise. */
  readonly chooseFormat?: ChooseFormat;
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly signal?: AbortSignal;
}

/** Weights on the GPU and the kernels that use them; `scope` holds the weights' buffers. */
export interface LoadedWeights {
  readonly config: ModelConfig;
  readonly weights: ModelWeights;
  readonly kernels: ModelKernels;
  readonly scope: MemoryScope;
}

/**
 * Brings a model's weights from `source` to the GPU, slice by slice, while its kernels compile.
 *
 * @throws OutOfMemoryError  when the GPU refuses the memory
 * @throws CancelledError    when `signal` aborts; nothing stays allocated
 */
export async function loadWeights(
  gpu: Gpu,
  source: ByteSource,
  gguf: GgufFile,
  config: ModelConfig,
  { precision, chooseFormat, onProgress, signal }: LoadOptions,
): Promise<LoadedWeights> {
  const plan = planWeights(config, gguf, gpu.maxBindingBytes, chooseFormat);
  const repackings = new Map(
    plan.matrices.map(({ type, format }) => {
      const repacking = { from: type, to: format };
      return [repackingName(repacking), repacking] as const;
    }),
  );
  const unwatch = gpu.compiler.watch((compiled, total) =>
    onProgress?.({ phase: "compiling", compiled, total }),
  );
  const compiling = compileModelKernels(gpu.compiler, config, plan, precision);
  compiling.catch(() => undefined); // awaited below; the upload may fail first

  const scope = gpu.memory.scope();
  try {
    const repack = new Map<string, Repack>(
      await Promise.all(
        [...repackings].map(async ([name, one]) => [name, await compileRepack(gpu.compiler, one)] as const),
      ),
    );
    const allocated = await gpu.memory.checked("the weights", () => allocateWeights(scope, config, plan));
    await upload(gpu, source, allocated, repack, onProgress, signal);
    const kernels = await compiling; // can take longer than the upload, and can not be cut short
    if (signal?.aborted) throw new CancelledError();
    return { config, weights: allocated.weights, kernels, scope };
  } catch (error) {
    scope.dispose();
    throw error;
  } finally {
    unwatch();
  }
}

async function upload(
  gpu: Gpu,
  source: ByteSource,
  allocated: AllocatedWeights,
  repack: ReadonlyMap<string, Repack>,
  onProgress: LoadOptions["onProgress"],
  signal: AbortSignal | undefined,
): Promise<void> {
  // In the order of the file, so that parts are read once, one after another.
  const inOrder = [...allocated.matrices, ...allocated.vectors].sort(
    (a, b) => a.planned.tensor.offset - b.planned.tensor.offset,
  );
  const totalBytes = inOrder.reduce((sum, { planned }) => sum + planned.tensor.sizeBytes, 0);
  let loadedBytes = 0;
  const advance = (bytes: number) => {
    if (signal?.aborted) throw new CancelledError();
    loadedBytes += bytes;
    onProgress?.({ phase: "reading", loadedBytes, totalBytes });
  };
  const staging = gpu.memory.scope();
  try {
    const uploader = await gpu.memory.checked("loading", () => new Uploader(gpu, staging, source, repack));
    for (const item of inOrder) {
      const { tensor } = item.planned;
      if ("range" in item) {
        // readModelConfig lets no other type through.
        const values = plainToF32(
          tensor.type as PlainType,
          await source.read(tensor.offset, tensor.sizeBytes),
        );
        gpu.device.queue.writeBuffer(item.range.buffer, item.range.offset, values);
        advance(tensor.sizeBytes);
      } else {
        for (const slice of slicesOf(item.planned, item.matrix, uploader.sliceBytes)) {
          await uploader.upload(slice);
          advance(slice.sizeBytes);
        }
      }
    }
    await uploader.finish();
  } finally {
    staging.dispose();
  }
}
