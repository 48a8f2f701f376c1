import { CancelledError } from "../../ground/errors";
import type { MemoryScope } from "../gpu/buffers";
import type { Gpu } from "../gpu/device";
import { compileRepack, type Repack } from "../kernels/load/repack";
import { isCopy, repackingName } from "../kernels/load/repacking";
import type { KvType } from "../../ground/kv-type";
import type { ByteSource } from "../weights/bytes/byte-source";
import type { ModelConfig } from "../weights/config/model-config";
import type { GgufFile } from "../weights/gguf/gguf";
import { plainToF32 } from "../weights/bytes/half-floats";
import type { PlainType } from "../weights/types/type-facts";
import { ReadAhead } from "../weights/bytes/read-ahead";
import { baselineMapping, softwareMapping, type DecodeMapping } from "./compile/decode-mapping";
import type { ModelKernels } from "./compile/kernels";
import { BusyTime, StageClock } from "./shape/stages";
import type { DeltaRuleForm } from "../kernels/delta-net/delta-rule-forms";
import { compileTunedKernels, type Tuning } from "./compile/tuner/tuned-kernels";
import type { TunerStore } from "./compile/tuner/tune";
import { slicesOf, Uploader } from "./weights/upload";
import {
  allocateWeights,
  type AllocatedWeights,
  type MatrixPiece,
  type ModelWeights,
} from "./weights/weights";
import type { MatmulChoice, Precision } from "./compile/prefill-products";
import { planWeights, type ChooseFormat } from "./weights/weights-plan";
import { t } from "../../language/language";

export type LoadProgress =
  | { readonly phase: "reading"; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly phase: "compiling"; readonly compiled: number; readonly total: number };

/**
 * Each is a message to the page and a picture there; hundreds, one for each tensor, slowed the load down
 * (docs/decisions/files-and-downloads.md).
 */
const PROGRESS_MS = 50;

export interface LoadOptions {
  readonly precision: Precision;
  /** f16 unless said otherwise. */
  readonly kvType?: KvType;
  /** The chooser of formats; without one, every value is kept. */
  readonly chooseFormat?: ChooseFormat;
  /** Prefill's delta rule; the tuner chooses unless this says. */
  readonly deltaRule?: DeltaRuleForm;
  /**
   * The mapping of decode's products where the tuner does not choose; the adapter's own unless said
   * otherwise.
   */
  readonly decodeMapping?: DecodeMapping;
  /**
   * All of prefill's products; the precision's baseline, and what the tuner finds to be faster, unless this
   * says.
   */
  readonly matmul?: MatmulChoice | undefined;
  /** The store of the tuner's choices; without one they are found anew. */
  readonly tunerStore?: TunerStore | undefined;
  readonly clock?: StageClock;
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly signal?: AbortSignal;
}

/** Weights on the GPU and the kernels that use them; `scope` holds the weights' buffers. */
export interface LoadedWeights {
  readonly config: ModelConfig;
  readonly weights: ModelWeights;
  readonly kernels: ModelKernels;
  readonly tuning: Tuning;
  /** The same kernels without any choice of the tuner's, for a device on which one of those is wrong. */
  readonly untuned: () => Promise<Pick<LoadedWeights, "kernels" | "tuning">>;
  readonly scope: MemoryScope;
  readonly transport: Transport;
}

/**
 * The times of the weights' way: what was read took `readMs` of `ms`, and the GPU was at repacking or
 * quantizing for `gpuMs`; the two overlap.
 */
export interface Transport {
  readonly bytes: number;
  readonly ms: number;
  readonly readMs: number;
  readonly gpuMs: number;
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
  {
    precision,
    kvType = "f16",
    chooseFormat,
    deltaRule,
    decodeMapping = gpu.isSoftware ? softwareMapping : baselineMapping,
    matmul,
    tunerStore,
    clock = new StageClock(),
    onProgress,
    signal,
  }: LoadOptions,
): Promise<LoadedWeights> {
  const plan = planWeights(config, gguf, gpu.maxBindingBytes, chooseFormat);
  const repackings = new Map(
    plan.matrices
      .map(({ type, format }) => ({ from: type, to: format }))
      .filter((repacking) => !isCopy(repacking))
      .map((repacking) => [repackingName(repacking), repacking] as const),
  );
  const unwatch = gpu.compiler.watch((compiled, total) =>
    onProgress?.({ phase: "compiling", compiled, total }),
  );
  // First of all, since the upload waits for it; the others compile meanwhile.
  const compilingRepack = Promise.all(
    [...repackings].map(async ([name, one]) => [name, await compileRepack(gpu.compiler, one)] as const),
  );
  // Both while the weights are on their way.
  const kernelOptions = { precision, kvType, deltaRule, decodeMapping, matmul, clock };
  const compiling = compileTunedKernels(gpu, config, plan, { ...kernelOptions, store: tunerStore, signal });
  compiling.catch(() => undefined); // awaited below; the upload may fail first

  const scope = gpu.memory.scope();
  try {
    const repack = new Map<string, Repack>(await compilingRepack);
    const allocated = await gpu.memory.checked(t("the weights"), () => allocateWeights(scope, config, plan));
    const transport = await clock.during("weights", () =>
      upload(gpu, source, allocated, repack, onProgress, signal),
    );
    const compiled = await compiling; // can take longer than the upload, and can not be cut short
    if (signal?.aborted) throw new CancelledError();
    const untuned = () => compileTunedKernels(gpu, config, plan, { ...kernelOptions, budgetMs: 0 });
    return { config, weights: allocated.weights, ...compiled, untuned, scope, transport };
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
): Promise<Transport> {
  const startedAt = performance.now();
  // In the order of the file, so that parts are read once, one after another.
  const scales = allocated.matrices.flatMap(({ planned: { scale }, matrix }) =>
    scale ? [{ planned: { tensor: scale }, scaled: matrix }] : [],
  );
  const inOrder = [...allocated.matrices, ...allocated.vectors, ...scales].sort(
    (a, b) => a.planned.tensor.offset - b.planned.tensor.offset,
  );
  // Written last: repacking a matrix writes a scale of 1.
  const foundScales: (readonly [MatrixPiece, Float32Array<ArrayBuffer>])[] = [];
  const totalBytes = inOrder.reduce((sum, { planned }) => sum + planned.tensor.sizeBytes, 0);
  let loadedBytes = 0;
  let toldAt = -Infinity;
  const advance = (bytes: number) => {
    if (signal?.aborted) throw new CancelledError();
    loadedBytes += bytes;
    const now = performance.now();
    if (now - toldAt < PROGRESS_MS && loadedBytes < totalBytes) return;
    toldAt = now;
    onProgress?.({ phase: "reading", loadedBytes, totalBytes });
  };
  const reading = new BusyTime();
  const tensors = inOrder.map(({ planned }) => planned.tensor);
  const file = new ReadAhead(source, tensors, (read) => reading.during(read));
  const staging = gpu.memory.scope();
  try {
    const uploader = await gpu.memory.checked(t("loading"), () => new Uploader(gpu, staging, file, repack));
    for (const item of inOrder) {
      const { tensor } = item.planned;
      if ("scaled" in item) {
        const bytes = new Uint8Array(tensor.sizeBytes);
        await file.into(bytes, tensor.offset);
        for (const piece of item.scaled.pieces) foundScales.push([piece, new Float32Array(bytes.buffer)]);
        advance(tensor.sizeBytes);
      } else if ("range" in item) {
        // readModelConfig lets no other type through.
        const bytes = new Uint8Array(tensor.sizeBytes);
        await file.into(bytes, tensor.offset);
        const values = plainToF32(tensor.type as PlainType, bytes);
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
    for (const [{ range }, value] of foundScales)
      gpu.device.queue.writeBuffer(range.buffer, range.offset, value);
    const ms = performance.now() - startedAt;
    return { bytes: totalBytes, ms, readMs: reading.ms, gpuMs: uploader.repacking.ms };
  } finally {
    staging.dispose();
  }
}
