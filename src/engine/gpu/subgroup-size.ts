/** Newer than WebGPU's first text: with it, a pipeline says how many lanes its subgroups have. */
export const SUBGROUP_SIZE_CONTROL = "subgroup-size-control" as GPUFeatureName;

/** The numbers of lanes that a subgroup may have on a device, powers of two. */
export interface SubgroupSizes {
  readonly least: number;
  readonly most: number;
  /** A pipeline may ask for one of them; without, the driver chooses, and does not say before it runs. */
  readonly canChoose: boolean;
}

/** `null` where the device has no subgroups, or does not tell their sizes. */
export function subgroupSizesOf(
  { info }: Pick<GPUAdapter, "info">,
  { features }: Pick<GPUDevice, "features">,
): SubgroupSizes | null {
  const { subgroupMinSize: least = 0, subgroupMaxSize: most = 0 } = info as Partial<GPUAdapterInfo>;
  if (!features.has("subgroups") || least < 1 || most < least) return null;
  return { least, most, canChoose: features.has(SUBGROUP_SIZE_CONTROL) };
}

/** The sizes from `from` to `to` that the device may take, the largest first. */
export function sizesBetween({ least, most }: SubgroupSizes, from: number, to: number): readonly number[] {
  const sizes: number[] = [];
  for (let size = most; size >= least; size /= 2) if (size >= from && size <= to) sizes.push(size);
  return sizes;
}

/**
 * The size for kernels that ask for none themselves; undefined: the driver's. Intel's GPUs before Xe2 take 8
 * to 32 lanes. Dawn asks for 16, and most kernels then spill registers in their hottest loops; with 8 nearly
 * none does (docs/decisions/machine-code.md).
 */
export const usualSubgroupSize = (sizes: SubgroupSizes | null): number | undefined =>
  sizes?.canChoose && sizes.least === 8 && sizes.most > 8 ? 8 : undefined;

/** The module with a size for the subgroups of its entry point. */
export const withSubgroupSize = (code: string, size: number): string =>
  `enable subgroups;\nenable subgroup_size_control;\n${code.replace("@compute", `@subgroup_size(${size}) @compute`)}`;
