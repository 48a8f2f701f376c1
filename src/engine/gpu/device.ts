import probeF16 from "../../../shaders/bench/probe-f16.wgsl?raw";
import { DeviceError } from "../../ground/errors";
import { GpuMemory } from "./buffers";
import { KernelCompiler } from "./kernel";
import { SUBGROUP_MATRIX, subgroupMatricesOf, type SubgroupMatrix } from "./subgroup-matrix";
import { SUBGROUP_SIZE_CONTROL, subgroupSizesOf, usualSubgroupSize } from "./subgroup-size";
import { t } from "../../language/language";

export interface GpuOptions {
  readonly powerPreference?: GPUPowerPreference;
  /** Binds no more than this at once, so that splitting can be tried on a device that would take more. */
  readonly maxBindingBytes?: number;
  /** Features to leave unused, to try the paths of lesser devices. */
  readonly without?: readonly GPUFeatureName[];
}

/** An open device with what the engine wants to know of it. */
export interface Gpu {
  readonly device: GPUDevice;
  /** The adapter that gave the device: it may have more than the device was given. */
  readonly adapter: GPUAdapter;
  readonly info: { readonly vendor: string; readonly architecture: string; readonly description: string };
  readonly hasF16: boolean;
  readonly hasSubgroups: boolean;
  readonly hasTimestamps: boolean;
  /** WGSL's packed 8-bit dot products. */
  readonly hasInt8Dot: boolean;
  /**
   * Tensor cores and their like, where the browser was told to offer them (an experiment in 2026): once for
   * each size that subgroups may have.
   */
  readonly subgroupMatrices: readonly SubgroupMatrix[];
  /** A CPU pretends to be a GPU: results count, times do not. */
  readonly isSoftware: boolean;
  readonly maxBindingBytes: number;
  readonly memory: GpuMemory;
  readonly compiler: KernelCompiler;
  /** Resolves when the device is gone for a reason other than being destroyed here. */
  readonly lost: Promise<DeviceError>;
}

const wanted: readonly GPUFeatureName[] = [
  ...(["shader-f16", "subgroups", "timestamp-query"] as const),
  ...[SUBGROUP_SIZE_CONTROL, SUBGROUP_MATRIX],
];

const INT8_DOT = "packed_4x8_integer_dot_product";
const SOFTWARE = /llvmpipe|lavapipe|swiftshader|basic render/i;

/**
 * Opens the adapter's device with every useful feature and its own limits for memory; all other limits stay
 * at WebGPU's defaults, so a kernel that works here works everywhere.
 *
 * @throws DeviceError  when there is no WebGPU, no adapter, or no device
 */
export async function openGpu(gpu: GPU | undefined, options: GpuOptions = {}): Promise<Gpu> {
  if (!gpu) {
    throw new DeviceError("no-webgpu", t("This browser does not offer WebGPU."), {
      hint: t(
        "Use a current Chrome or Edge (127 or later), Safari 26 or later, or Firefox 141 or later on Windows.",
      ),
    });
  }
  const { powerPreference = "high-performance" } = options;
  const adapter = await gpu.requestAdapter({ powerPreference });
  if (!adapter) {
    throw new DeviceError(
      "no-adapter",
      t("The browser has WebGPU but found no graphics adapter it may use."),
      {
        hint: t(
          "Turn on hardware acceleration in the browser's settings, update the graphics driver, and restart the browser.",
        ),
      },
    );
  }
  const features = wanted.filter((name) => adapter.features.has(name) && !options.without?.includes(name));
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({
      requiredFeatures: [...features],
      requiredLimits: {
        maxStorageBufferBindingSize: adapter.limits.maxStorageBufferBindingSize,
        maxBufferSize: adapter.limits.maxBufferSize,
      },
    });
  } catch (cause) {
    throw new DeviceError(
      "no-adapter",
      t("The graphics adapter gave no device: {cause}", { cause: String(cause) }),
      {
        hint: t("Restart the browser; if that does not help, update the graphics driver."),
        cause,
      },
    );
  }
  // A mistake of ours that validation caught: nothing waits for it, so it is at least told.
  device.addEventListener("uncapturederror", ({ error }) => console.error(`WebGPU: ${error.message}`));
  const { vendor, architecture, description } = adapter.info;
  const bindable = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
  return {
    device,
    adapter,
    info: { vendor, architecture, description },
    hasF16: device.features.has("shader-f16") && (await compiles(device, probeF16)),
    hasSubgroups: device.features.has("subgroups"),
    hasTimestamps: device.features.has("timestamp-query"),
    subgroupMatrices: subgroupMatricesOf(adapter, device),
    // Not every stand-in for navigator.gpu has this set.
    hasInt8Dot: (gpu as Partial<GPU>).wgslLanguageFeatures?.has(INT8_DOT) ?? false,
    isSoftware: adapter.info.isFallbackAdapter || SOFTWARE.test(`${architecture} ${description}`),
    maxBindingBytes: Math.floor(Math.min(bindable, options.maxBindingBytes ?? Infinity) / 256) * 256,
    memory: new GpuMemory(device),
    compiler: new KernelCompiler(device, usualSubgroupSize(subgroupSizesOf(adapter, device))),
    lost: new Promise((resolve) => {
      void device.lost.then(({ reason, message }) => {
        if (reason !== "destroyed") resolve(lostError(message));
      });
    }),
  };
}

async function compiles(device: GPUDevice, code: string): Promise<boolean> {
  device.pushErrorScope("validation");
  const info = await device.createShaderModule({ label: "probe", code }).getCompilationInfo();
  const refused = await device.popErrorScope();
  return refused === null && !info.messages.some((message) => message.type === "error");
}

function lostError(message: string): DeviceError {
  return new DeviceError(
    "device-lost",
    message ? t("The graphics device was lost: {message}", { message }) : t("The graphics device was lost."),
    {
      hint: t(
        "Load the model again. If it keeps happening, choose a smaller model or context, or update the graphics driver.",
      ),
    },
  );
}
