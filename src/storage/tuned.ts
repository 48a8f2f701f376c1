import { get, set } from "idb-keyval";
import { openStore } from "./memory/open-store";

const store = () => openStore("tuned", "choices");

/**
 * The tuner's choices on this device, kept from visit to visit. Where nothing can be stored they are found
 * anew each time.
 */
export const tunedStore = {
  async get(key: string): Promise<unknown> {
    return tried(() => get<unknown>(key, store()));
  },
  async set(key: string, value: unknown): Promise<void> {
    await tried(() => set(key, value, store()));
  },
};

async function tried<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined; // a private window, or no space: tuning again costs a second
  }
}
