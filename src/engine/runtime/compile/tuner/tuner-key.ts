import type { Gpu } from "../../../gpu/device";

/** Names all that a choice depends on: device, browser, the text of the kernels, and what was tried on. */
export async function tunerKey(gpu: Gpu, shape: string, source: string): Promise<string> {
  const { vendor, architecture, description } = gpu.info;
  const browser = (globalThis as { navigator?: Partial<Navigator> }).navigator?.userAgent ?? "";
  const bytes = new TextEncoder().encode(source);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, 8);
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [vendor, architecture, description, browser, hex, shape].join(" | ");
}
