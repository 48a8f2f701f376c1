/** Not in WebGPU's text yet: browsers offer it when they are told to, Dawn in Node likewise. */
export const SUBGROUP_MATRIX = "chromium-experimental-subgroup-matrix" as GPUFeatureName;

/** Matrices of f16, M × K times K × N, summed in f32 by a subgroup of so many lanes. */
export interface SubgroupMatrix {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly lanes: number;
}

/** The info of an adapter, as Dawn has it (2026-11). */
interface InfoWithMatrices {
  readonly subgroupMinSize?: number;
  readonly subgroupMaxSize?: number;
  readonly subgroupMatrixConfigs?: Iterable<{
    readonly componentType: string;
    readonly resultComponentType: string;
    readonly M: number;
    readonly N: number;
    readonly K: number;
  }>;
}

/** The subgroup size that matrices take where there are several sizes (Apple, Intel). */
const USUAL_LANES = 32;
/**
 * A quarter of the smallest tile is so many tokens; sums of a wider matrix would not fit beside the tiles.
 */
const MOST_M = 16;

/**
 * The largest matrices that the device multiplies and the kernel has a use for; `null` where there are none.
 */
export function subgroupMatrixOf(
  { info }: Pick<GPUAdapter, "info">,
  { features }: Pick<GPUDevice, "features">,
): SubgroupMatrix | null {
  if (!features.has(SUBGROUP_MATRIX) || !features.has("shader-f16") || !features.has("subgroups"))
    return null;
  const { subgroupMinSize = 0, subgroupMaxSize = 0, subgroupMatrixConfigs = [] } = info as InfoWithMatrices;
  const lanes = subgroupMinSize === subgroupMaxSize ? subgroupMinSize : USUAL_LANES;
  if (lanes < Math.max(subgroupMinSize, 1) || lanes > subgroupMaxSize) return null;
  const usable = [...subgroupMatrixConfigs]
    .filter(
      ({ componentType, resultComponentType }) => componentType === "f16" && resultComponentType === "f32",
    )
    .filter(({ M, N, K }) => [8, MOST_M].includes(M) && [8, 16].includes(N) && [8, 16, 32].includes(K))
    .sort((a, b) => b.M * b.N * b.K - a.M * a.N * a.K);
  const [best] = usable;
  return best ? { m: best.M, n: best.N, k: best.K, lanes } : null;
}
