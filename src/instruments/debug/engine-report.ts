import type { Gpu } from "../../engine/gpu/device";
import { SUBGROUP_MATRIX } from "../../engine/gpu/subgroup-matrix";
import { SUBGROUP_SIZE_CONTROL } from "../../engine/gpu/subgroup-size";
import { mark, t, type Key, type Sentence } from "../../language/language";

/**
 * used: kernels are chosen by it. refused: it was offered, and did not hold. unused: offered, and no kernel
 * needs it.
 */
export type FeatureState = "used" | "refused" | "missing" | "unused";

export interface FeatureReport {
  readonly name: string;
  readonly state: FeatureState;
  readonly reason: Sentence;
}

export interface LimitReport {
  readonly name: string;
  /** The limit that the device was opened with, and the one that the adapter would give. */
  readonly device: number;
  readonly adapter: number;
}

export interface EngineReport {
  readonly adapter: {
    readonly vendor: string;
    readonly architecture: string;
    readonly device: string;
    readonly description: string;
    readonly isSoftware: boolean;
    readonly subgroupSizes: readonly [min: number, max: number] | null;
  };
  readonly features: readonly FeatureReport[];
  readonly limits: readonly LimitReport[];
  /**
   * From asking for a pipeline to having it, the slowest first. Many compile at once, so the times overlap.
   */
  readonly compiles: readonly { readonly label: string; readonly elapsedMs: number }[];
  /** Decode steps given to the GPU and not back yet, and the most there may be; `null` without a model. */
  readonly steps: { readonly inFlight: number; readonly most: number } | null;
}

/** The use of each feature, where something is chosen by it. */
const purposes: readonly (readonly [feature: GPUFeatureName, purpose: Key])[] = [
  ["shader-f16", mark("products of a prompt in half precision")],
  ["subgroups", mark("sums of an answer's products, where the tuner finds them faster")],
  ["timestamp-query", mark("times of single kernels")],
  [
    SUBGROUP_SIZE_CONTROL,
    mark("subgroups of 8 lanes on Intel, and of a known size for products on matrices"),
  ],
  [SUBGROUP_MATRIX, mark("products of a prompt, where the tuner finds them faster")],
];

export function describeGpu(gpu: Gpu): Omit<EngineReport, "steps"> {
  const { device, adapter, info, isSoftware, compiler } = gpu;
  const { subgroupMinSize, subgroupMaxSize } = adapter.info as Partial<GPUAdapterInfo>;
  return {
    adapter: {
      ...info,
      device: adapter.info.device,
      isSoftware,
      subgroupSizes: subgroupMinSize && subgroupMaxSize ? [subgroupMinSize, subgroupMaxSize] : null,
    },
    features: featuresOf(gpu),
    limits: limitNames.map((name) => ({
      name,
      device: device.limits[name],
      adapter: adapter.limits[name],
    })),
    compiles: compiler.compiles.toSorted((a, b) => b.elapsedMs - a.elapsedMs),
  };
}

function featuresOf({ adapter, device, hasF16, hasInt8Dot, subgroupMatrices }: Gpu): FeatureReport[] {
  const known = purposes.map(([name, purpose]): FeatureReport => {
    if (!adapter.features.has(name))
      return { name, state: "missing", reason: t("the adapter does not offer it") };
    if (!device.features.has(name)) return { name, state: "refused", reason: t("left out on purpose") };
    if (name === "shader-f16" && !hasF16)
      return { name, state: "refused", reason: t("offered, but its probe shader does not compile") };
    if (name === SUBGROUP_MATRIX && subgroupMatrices.length === 0)
      return { name, state: "refused", reason: t("offered, but in no size that the kernel has a use for") };
    return { name, state: "used", reason: t(purpose) };
  });
  const int8: FeatureReport = {
    name: "packed_4x8_integer_dot_product",
    ...(hasInt8Dot
      ? { state: "used", reason: t("products of a prompt in 8 bits, where they are asked for") }
      : { state: "missing", reason: t("the browser's WGSL does not have it") }),
  };
  const others = [...adapter.features]
    .filter((name) => !purposes.some(([purpose]) => purpose === name))
    .sort()
    .map((name): FeatureReport => ({ name, state: "unused", reason: t("no kernel needs it") }));
  return [...known, int8, ...others];
}

/** The limits that decide what runs here, and how large. */
const limitNames = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxUniformBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
] as const satisfies readonly (keyof GPUSupportedLimits)[];
