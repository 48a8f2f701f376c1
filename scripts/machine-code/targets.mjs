/**
 * The GPUs that Mesa compiles for without one: the driver's library, the stand-in for the kernel's side of
 * it, and the variables that choose the chip.
 *
 * NVIDIA: Chrome on Linux gives the cards no f16 of its own accord; Windows' does. What people on Linux get
 * is the target's "-linux" variant.
 *
 * @typedef {{ driver: string, device: string, env: Record<string, string>, toggles?: string }} Target
 * @type {Record<string, Target>}
 */
export const targets = {
  "apple-m1": { driver: "asahi", device: "libasahi_noop_drm_shim.so", env: {} },
  ...nvidia("nv-turing", "162", "1e04"),
  ...nvidia("nv-ampere", "172", "2204"),
  ...nvidia("nv-ada", "192", "2684"),
  ...nvidia("nv-blackwell", "1b2", "2b85"),
  "adreno-730": adreno("730"),
  "adreno-740": adreno("740"),
  "adreno-750": adreno("750"),
  "adreno-830": adreno("830"),
  "intel-tgl": intel("9a49"),
  "intel-mtl": intel("7d55"),
  "intel-a770": intel("56a0"),
  navi31: amd("navi31"),
  navi21: amd("navi21"),
  vega10: amd("vega10"),
};

/** The targets that a change is judged by. */
export const usualTargets = [
  ...["navi31", "navi21", "vega10", "apple-m1", "nv-ada", "adreno-740", "intel-a770"],
];

function nvidia(name, chipset, id) {
  const env = { NOUVEAU_CHIPSET: chipset, PIPELINE_DEVICE_ID: id };
  const target = { driver: "nouveau", device: "libnouveau_noop_drm_shim.so", env };
  return { [name]: { ...target, toggles: "vulkan_enable_f16_on_nvidia" }, [`${name}-linux`]: target };
}
function adreno(id) {
  return { driver: "freedreno", device: "libfreedreno_noop_drm_shim.so", env: { FD_GPU_ID: id } };
}
function intel(id) {
  return { driver: "intel", device: "intel-device", env: { INTEL_DEVICE_ID: id } };
}
function amd(id) {
  return { driver: "radeon", device: "libamdgpu_noop_drm_shim.so", env: { AMDGPU_GPU_ID: id } };
}
