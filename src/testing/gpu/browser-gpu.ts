import { create } from "webgpu";
import { vi } from "vitest";
import "./gpu"; // chooses the adapter of this process

/**
 * Gives what runs in a browser's worker Dawn's GPU as `navigator.gpu`. @param prepare sees each device before
 * who asked for it
 */
export function stubBrowserGpu(prepare: (device: GPUDevice) => void = () => undefined): void {
  const instance = create([]);
  const requestAdapter = async (options: GPURequestAdapterOptions) => {
    const adapter = (await instance.requestAdapter(options))!;
    const requestDevice = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (descriptor) => {
      const device = await requestDevice(descriptor);
      prepare(device);
      return device;
    };
    return adapter;
  };
  const { wgslLanguageFeatures } = instance;
  vi.stubGlobal("navigator", { gpu: { requestAdapter, wgslLanguageFeatures } });
}
