import { sizesBetween, subgroupSizesOf } from "./subgroup-size";

/** Not in WebGPU's text yet: browsers offer it when they are told to, Dawn in Node likewise. */
export const SUBGROUP_MATRIX = "chromium-experimental-subgroup-matrix" as GPUFeatureName;

/** Matrices of f16, M × K times K × N, summed in f32 by a subgroup of so many lanes. */
export interface SubgroupMatrix {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly lanes: number;
  /** The pipeline can ask for so many lanes. Where it can not, the driver may take others. */
  readonly isAsked: boolean;
}

/** The info of an adapter, as Dawn has it (2026-11). */
interface InfoWithMatrices {
  readonly subgroupMatrixConfigs?: Iterable<{
    readonly componentType: string;
    readonly resultComponentType: string;
    readonly M: number;
    readonly N: number;
    readonly K: number;
  }>;
}

/** Four subgroups make a workgroup, which has at most 256 lanes. */
const MOST_LANES = 64;
/**
 * A quarter of the smallest tile is so many tokens; sums of a wider matrix would not fit beside the tiles.
 */
const MOST_M = 16;

/**
 * The largest matrices that the device multiplies and the kernel has a use for, once for each size that its
 * subgroups may have, the largest first; none where it has none. Subgroups smaller than a kernel was made for
 * do some work twice and nothing wrong; larger ones leave rows out, which the tuner finds. RDNA3 says 32 to
 * 64, and takes 64.
 */
export function subgroupMatricesOf(
  adapter: Pick<GPUAdapter, "info">,
  device: Pick<GPUDevice, "features">,
): readonly SubgroupMatrix[] {
  const sizes = subgroupSizesOf(adapter, device);
  if (!sizes || !device.features.has(SUBGROUP_MATRIX) || !device.features.has("shader-f16")) return [];
  const { subgroupMatrixConfigs = [] } = adapter.info as InfoWithMatrices;
  const usable = [...subgroupMatrixConfigs]
    .filter(
      ({ componentType, resultComponentType }) => componentType === "f16" && resultComponentType === "f32",
    )
    .filter(({ M, N, K }) => [8, MOST_M].includes(M) && [8, 16].includes(N) && [8, 16, 32].includes(K))
    .sort((a, b) => b.M * b.N * b.K - a.M * a.N * a.K);
  const [best] = usable;
  if (!best) return [];
  const isAsked = sizes.canChoose;
  return sizesBetween(sizes, 1, MOST_LANES).map((lanes) => ({
    m: best.M,
    n: best.N,
    k: best.K,
    lanes,
    isAsked,
  }));
}
