// Prints, as one line of JSON, what the adapter that Vulkan offers this process is, or what is wrong.
import { create } from "webgpu";

const adapter = await create(["enable-dawn-features=allow_unsafe_apis"]).requestAdapter();
if (adapter) {
  const { description, architecture } = adapter.info;
  const hasF16 = adapter.features.has("shader-f16");
  const hasMatrices = adapter.features.has("chromium-experimental-subgroup-matrix");
  console.log(JSON.stringify({ description: description || architecture, hasF16, hasMatrices }));
} else {
  console.log(JSON.stringify({ problem: "Vulkan finds no device with its driver" }));
}
process.exit(0); // Dawn's threads would keep the process alive
