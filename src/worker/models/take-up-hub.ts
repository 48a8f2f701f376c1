import { readHubAccess, type HubAccess } from "../../storage/hub-access";
import { setHubToken } from "../../engine/weights/hub/connections";
import { usualHubUrl } from "../../ground/model-origin";

/**
 * Takes up the hub and the token that the person set. Read anew before each connection, so that a worker that
 * was started again, and every tab, has them; messages to the worker never hold the token.
 */
export async function takeUpHubAccess(): Promise<HubAccess> {
  const access = (await readHubAccess()) ?? { hubUrl: usualHubUrl, token: null };
  setHubToken(access.hubUrl, access.token ?? undefined);
  return access;
}
