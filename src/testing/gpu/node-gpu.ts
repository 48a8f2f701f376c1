import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DeviceError } from "../../ground/errors";
import { openGpu, type Gpu, type GpuOptions } from "../../engine/gpu/device";
import { verbatim } from "../../language/language";

/** `wgpu` is the adapter of the runtime's own `navigator.gpu`: Deno's, which is wgpu's, as Firefox has it. */
export type NodeAdapter = "default" | "swiftshader" | "lavapipe" | "wgpu";

const icdFolders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
const swiftshaderPlaces = [
  process.env["SWIFTSHADER_ICD"],
  "/usr/lib/chromium/vk_swiftshader_icd.json",
  process.env["CHROMIUM_PATH"] && join(dirname(process.env["CHROMIUM_PATH"]), "vk_swiftshader_icd.json"),
  "/opt/google/chrome/vk_swiftshader_icd.json",
];

const findSwiftshader = () => swiftshaderPlaces.find((path) => path && existsSync(path));

function icdOf(adapter: "swiftshader" | "lavapipe"): string {
  const found =
    adapter === "swiftshader"
      ? findSwiftshader()
      : icdFolders
          .filter((folder) => existsSync(folder))
          .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
          .find((path) => /lvp_icd.*\.json$/.test(path));
  if (found) return found;
  const [what, how] =
    adapter === "swiftshader"
      ? [
          "SwiftShader (vk_swiftshader_icd.json, beside Chromium)",
          "apt-get install chromium, or set SWIFTSHADER_ICD to its path.",
        ]
      : [
          "lavapipe (lvp_icd*.json)",
          "apt-get install -t bookworm-backports mesa-vulkan-drivers, or run npm test, which does it.",
        ];
  throw new DeviceError("no-adapter", verbatim(`Found no Vulkan driver for ${what}.`), {
    hint: verbatim(how),
  });
}

/**
 * The error where Dawn finds no adapter, which says what to do. `openGpu` speaks to a person with a browser;
 * here nobody has one.
 *
 * @param hasLoader  whether the library is there through which every Vulkan driver is found
 */
export function noAdapterError(hasLoader: boolean): DeviceError {
  if (!hasLoader)
    return new DeviceError("no-adapter", verbatim("This machine has no Vulkan loader (libvulkan.so.1)."), {
      hint: verbatim(
        "Install it and a driver (Debian: apt-get install libvulkan1 mesa-vulkan-drivers), or run npm test as root, which does it.",
      ),
    });
  return new DeviceError("no-adapter", verbatim("Vulkan finds no graphics adapter on this machine."), {
    hint: verbatim(
      "Install your card's driver, or Mesa's software one (Debian: apt-get install mesa-vulkan-drivers).",
    ),
  });
}

/** Only Linux needs one: elsewhere Dawn speaks Metal or Direct3D. */
const hasVulkanLoader = () => process.platform !== "linux" || hasLibrary("libvulkan.so.1");

/** Returns whether the system's linker finds the library. */
export function hasLibrary(name: string): boolean {
  try {
    // A library that is no addon is refused too, but with other words than one that is not there.
    process.dlopen({ exports: {} }, name);
  } catch (error) {
    return !/cannot open shared object file|no such file|could not be found/i.test(String(error));
  }
  return true;
}

/**
 * Workgroup memory is zeroed by a loop of the shader's instead of by the driver. SwiftShader's zeroing is a
 * store for each number, compiled one by one: five times the compile time of `matmul`, and paid again by
 * every four lanes that run. docs/decisions/compilers-and-drivers.md
 */
const SWIFTSHADER_OPTIONS = ["disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension"];

/** Subgroup matrices are an experiment: without this, no adapter says that it has them. */
const OPTIONS = ["enable-dawn-features=allow_unsafe_apis"];

let instance: GPU | null = null; // kept: the device dies when what create() returned is collected

/**
 * Opens a WebGPU device in Node over Dawn, with the safety checks a page has. One adapter per process: Vulkan
 * reads its environment once. `default` is a real GPU if the machine has one, else lavapipe, else
 * SwiftShader.
 */
export async function openNodeGpu(adapter: NodeAdapter = "default", options: GpuOptions = {}): Promise<Gpu> {
  if (!process.env["XDG_RUNTIME_DIR"]) {
    const folder = join(tmpdir(), `xdg-runtime-${process.getuid?.() ?? 0}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    process.env["XDG_RUNTIME_DIR"] = folder;
  }
  if (!hasVulkanLoader()) throw noAdapterError(false);
  if (adapter === "wgpu") return watched(await openGpu(globalThis.navigator?.gpu, options));
  if (adapter !== "default") process.env["VK_ICD_FILENAMES"] = icdOf(adapter);
  const { create, globals } = await import("webgpu");
  Object.assign(globalThis, globals);
  instance ??= create(adapter === "swiftshader" ? SWIFTSHADER_OPTIONS : OPTIONS);
  const swiftshader = findSwiftshader();
  if (adapter === "default" && swiftshader && !(await instance.requestAdapter())) {
    // No driver that Dawn takes by itself: SwiftShader lies outside the loader's path.
    process.env["VK_ICD_FILENAMES"] = swiftshader;
    instance = create(SWIFTSHADER_OPTIONS);
  }
  if (!(await instance.requestAdapter())) throw noAdapterError(true);
  return watched(await openGpu(instance, options));
}

/** Throws what validation finds, where nothing waits for it. */
function watched(opened: Gpu): Gpu {
  void opened.lost.then((error) => console.error(error.message));
  opened.device.onuncapturederror = (event) => {
    throw event.error instanceof Error ? event.error : new Error(event.error.message);
  };
  return opened;
}
