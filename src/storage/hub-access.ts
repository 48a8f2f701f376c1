import { get, set } from "idb-keyval";
import { openStore } from "./memory/open-store";

/** Which hub is asked, and as whom. */
export interface HubAccess {
  readonly hubUrl: string;
  /** For that hub alone; `null` without one. */
  readonly token: string | null;
}

/** A database of its own: nothing that lists, exports or logs what the app keeps comes across the token. */
const store = () => openStore("hub", "access");
const key = "access";

/** @returns undefined when nothing was stored yet, or the browser stores nothing */
export async function readHubAccess(): Promise<HubAccess | undefined> {
  try {
    return await get<HubAccess>(key, store());
  } catch {
    return undefined;
  }
}

/** Rejects when the browser stores nothing. */
export function writeHubAccess(access: HubAccess): Promise<void> {
  return set(key, access, store());
}
