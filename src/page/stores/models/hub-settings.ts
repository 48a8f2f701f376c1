import { usualHubUrl } from "../../../ground/model-origin";
import { create } from "zustand";
import { readHubAccess, writeHubAccess } from "../../../storage/hub-access";
import { forgetLookups } from "./hub";
import { readModelUrl } from "./model-url";
import { t } from "../../../language/language";

/** The hub that is asked. The token itself stays in storage: the page need not hold it, only know of it. */
interface HubAccessState {
  readonly hubUrl: string;
  readonly hasToken: boolean;
}

export const useHubAccess = create<HubAccessState>(() => ({ hubUrl: usualHubUrl, hasToken: false }));

/** Takes up what the last visit stored. */
export async function readAccess(): Promise<void> {
  const stored = await readHubAccess();
  if (stored) useHubAccess.setState({ hubUrl: stored.hubUrl, hasToken: stored.token !== null });
}

/**
 * Changes the hub; "" goes back to the usual one. A token is for one hub, so another hub begins without.
 *
 * @returns why it can not be used, or `null`
 */
export async function changeHubUrl(text: string): Promise<string | null> {
  const read = readModelUrl(text.trim() === "" ? usualHubUrl : text);
  if (read.kind === "refused") return read.reason;
  const hubUrl = read.url.replace(/[?#].*$/, "").replace(/\/+$/, "");
  if (hubUrl === useHubAccess.getState().hubUrl) return null;
  const before = await readHubAccess();
  const isSameOrigin = before !== undefined && new URL(before.hubUrl).origin === new URL(hubUrl).origin;
  return store(hubUrl, isSameOrigin ? before.token : null);
}

/** @param token  `null` forgets it. @returns why it could not be kept, or `null` */
export async function changeToken(token: string | null): Promise<string | null> {
  const plain = token?.replace(/^\s*Bearer\s+/i, "").trim() ?? null;
  // A browser refuses to send anything else, and the hub would seem to be out of reach.
  if (plain !== null && !/^[\x21-\x7e]+$/.test(plain))
    return t("An access token has letters, digits and signs only, without spaces. Copy it once more.");
  return store(useHubAccess.getState().hubUrl, plain);
}

async function store(hubUrl: string, token: string | null): Promise<string | null> {
  try {
    await writeHubAccess({ hubUrl, token });
  } catch {
    return t(
      "This browser does not let the page store it. In a private window, or with site data blocked, it can not be kept.",
    );
  }
  useHubAccess.setState({ hubUrl, hasToken: token !== null });
  forgetLookups();
  return null;
}
