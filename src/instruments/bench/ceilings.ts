import benchEmpty from "../../../shaders/bench/bench-empty.wgsl?raw";
import productMatrix from "../../../shaders/bench/bench-product-matrix.wgsl?raw";
import productInt8 from "../../../shaders/bench/bench-product-int8.wgsl?raw";
import benchProduct from "../../../shaders/bench/bench-product.wgsl?raw";
import benchRead from "../../../shaders/bench/bench-read.wgsl?raw";
import realF16 from "../../../shaders/lib/real/f16.wgsl?raw";
import realF32 from "../../../shaders/lib/real/f32.wgsl?raw";
import { OutOfMemoryError, ShaderError } from "../../ground/errors";
import type { GpuRange, MemoryScope } from "../../engine/gpu/buffers";
import type { Gpu } from "../../engine/gpu/device";
import type { PassTimer } from "../../engine/gpu/pass-timer";
import { t } from "../../language/language";

/** The device's best rates, measured in this run. */
export interface Ceilings {
  readonly readGBs: number;
  /** Bytes that were read for it; fewer than asked for where the device has no room. */
  readonly readBytes: number;
  readonly emptyDispatchUs: number;
  /** 10⁹ operations a second, a multiply-add counted as two; `null` where the device does not have them. */
  readonly productGops: {
    readonly f32: number;
    readonly f16: number | null;
    /** On subgroup matrices of f16, with f32 sums. */
    readonly matrix: number | null;
    readonly int8: number | null;
  };
}

const N_INVOCATIONS = 256 * 1024;
const N_EMPTY = 500;
const REPEATS = 4;
const LEAST_READ_BYTES = 16 * 2 ** 20;

/** The operations of an invocation of the product shaders, those on matrices aside. */
const OPERATIONS_PER_ROUND = 256;
/** Long enough for timestamps rounded to 100 µs. */
const PRODUCT_MS = 15;
const MOST_ROUNDS = 2 ** 20;

const label = (name: string) => ({ layer: null, kind: "activations", name }) as const;

/** @param readBytes how much to read; more than the caches hold, so 1 GiB on a real GPU */
export async function measureCeilings(gpu: Gpu, timer: PassTimer, readBytes: number): Promise<Ceilings> {
  const scope = gpu.memory.scope();
  try {
    const sums = scope.storage(label("bench sums"), N_INVOCATIONS * 4);
    const product = (...files: string[]) =>
      measureProducts(gpu, timer, scope, sums, { files, operations: OPERATIONS_PER_ROUND });
    return {
      ...(await measureRead(gpu, timer, sums, readBytes)),
      emptyDispatchUs: await measureEmpty(gpu, timer, scope),
      productGops: {
        f32: await product(realF32, benchProduct),
        f16: gpu.hasF16 ? await product(realF16, benchProduct) : null,
        matrix: await measureMatrix(gpu, timer, scope, sums),
        int8: gpu.hasInt8Dot ? await product(productInt8) : null,
      },
    };
  } finally {
    scope.dispose();
  }
}

async function measureRead(gpu: Gpu, timer: PassTimer, sums: GpuRange, wantedBytes: number) {
  const kernel = await gpu.compiler.compile({
    label: "bench-read",
    files: [benchRead],
    params: { nVecs: "u32", nInvocations: "u32" },
    buffers: { source: "read", sums: "read_write" },
  });
  const allocate = (scope: MemoryScope, bytes: number) => {
    const pieceBytes = Math.floor(Math.min(bytes, gpu.maxBindingBytes) / 256) * 256;
    return Array.from({ length: Math.max(1, Math.round(bytes / pieceBytes)) }, (_, i) =>
      scope.storage(label(`bench source ${i}`), pieceBytes),
    );
  };
  for (let bytes = wantedBytes; ; bytes /= 2) {
    const scope = gpu.memory.scope();
    try {
      const pieces = await gpu.memory.checked(t("the read ceiling"), () => allocate(scope, bytes));
      const reads = pieces.map((source) => {
        const args = { source, sums, nVecs: source.sizeBytes / 16, nInvocations: N_INVOCATIONS };
        return kernel.dispatch(scope, "read", args, [N_INVOCATIONS / 256]);
      });
      const readBytes = pieces.reduce((sum, piece) => sum + piece.sizeBytes, 0);
      const ms = await shortest(() => timer.time(reads));
      return { readBytes, readGBs: readBytes / ms / 1e6 };
    } catch (error) {
      if (!(error instanceof OutOfMemoryError) || bytes <= LEAST_READ_BYTES) throw error;
    } finally {
      scope.dispose();
    }
  }
}

async function measureEmpty(gpu: Gpu, timer: PassTimer, scope: MemoryScope): Promise<number> {
  const kernel = await gpu.compiler.compile({
    label: "bench-empty",
    files: [benchEmpty],
    params: { unused: "u32" },
    buffers: { counter: "read_write" },
  });
  const counter = scope.storage(label("bench counter"), 256);
  const nothing = kernel.dispatch(scope, "empty", { counter, unused: 0 }, [1]);
  const list = Array.from({ length: N_EMPTY }, () => nothing);
  return ((await shortest(() => timer.time(list))) * 1000) / N_EMPTY;
}

interface ProductShader {
  readonly files: readonly string[];
  readonly constants?: Readonly<Record<string, number>>;
  readonly lanes?: number;
  readonly subgroupSize?: number | undefined;
  /** The operations of an invocation in a round. */
  readonly operations: number;
}

/**
 * The largest subgroups that the device may take are counted: with smaller ones it does more than is said.
 * `null` where the device says that it has the matrices, and then does not compile
 * them.
 */
function measureMatrix(
  gpu: Gpu,
  timer: PassTimer,
  scope: MemoryScope,
  sums: GpuRange,
): Promise<number | null> {
  const [matrix] = gpu.subgroupMatrices;
  if (!matrix) return Promise.resolve(null);
  const { m, n, k, lanes, isAsked } = matrix;
  const constants = { MATRIX_M: m, MATRIX_N: n, MATRIX_K: k, SUBGROUP_SIZE: lanes };
  const shader = {
    files: [productMatrix],
    constants,
    lanes: 4 * lanes,
    subgroupSize: isAsked ? lanes : undefined,
    operations: (8 * 2 * m * n * k) / lanes,
  };
  return measureProducts(gpu, timer, scope, sums, shader).catch((error: unknown) => {
    if (error instanceof ShaderError) return null;
    throw error;
  });
}

/** 10⁹ operations a second; as many rounds as take long enough to be timed. */
async function measureProducts(
  gpu: Gpu,
  timer: PassTimer,
  scope: MemoryScope,
  sums: GpuRange,
  { files, constants = {}, lanes = 256, subgroupSize, operations }: ProductShader,
): Promise<number> {
  const kernel = await gpu.compiler.compile({
    label: "bench-product",
    files,
    constants,
    subgroupSize,
    params: { nRounds: "u32" },
    buffers: { sums: "read_write" },
  });
  for (let nRounds = 1; ; nRounds *= 4) {
    const dispatch = kernel.dispatch(scope, "products", { sums, nRounds }, [N_INVOCATIONS / lanes]);
    const firstMs = await timer.time([dispatch]);
    if (firstMs < PRODUCT_MS && nRounds < MOST_ROUNDS) continue;
    const ms = await shortest(() => timer.time([dispatch]));
    return (N_INVOCATIONS * nRounds * operations) / ms / 1e6;
  }
}

/** The shortest of several runs that took any time; the first one only warms up. */
async function shortest(run: () => Promise<number>): Promise<number> {
  await run();
  let ms = Infinity;
  for (let i = 0; i < REPEATS; i++) ms = Math.min(ms, (await run()) || Infinity);
  return ms;
}
