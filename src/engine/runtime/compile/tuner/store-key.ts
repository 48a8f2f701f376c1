import type { Gpu } from "../../../gpu/device";

/** The device and the browser, as they name themselves: what holds on one need not hold on another. */
export function deviceName({ info: { vendor, architecture, description } }: Gpu): string {
  const browser = (globalThis as { navigator?: Partial<Navigator> }).navigator?.userAgent ?? "";
  return [vendor, architecture, description, browser].join(" | ");
}

/** The first 8 bytes of a text's SHA-256, in hex. */
export async function digestOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash).slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
