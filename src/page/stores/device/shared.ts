import { addModelFiles } from "../models/models";
import { holdsModel } from "../models/picked-files";
import { attachFiles } from "../documents/attach-files";
import { insertIntoDraft } from "../chat/draft";
import { notify } from "../notices";
import { t } from "../../../language/language";
import { readShared } from "./shared-items";

/** The names that the service worker (public/service-worker-share.js) uses too. */
const cacheName = "shared-with-the-app";
const parameter = "shared";

/**
 * Takes up what another app shared with this one: text goes into the message box, files beside it. A failure
 * is told by a notice.
 */
export async function takeShared(): Promise<void> {
  const address = new URL(location.href);
  const shared = address.searchParams.get(parameter);
  if (shared === null) return;
  address.searchParams.delete(parameter);
  history.replaceState(history.state, "", address);
  if (shared === "failed") sayLost();
  else await putInPlace().catch(sayLost);
}

const sayLost = () =>
  notify(t("What was shared could not be taken over: there may be no room for it. Attach it here instead."), {
    tone: "warning",
    stays: true,
  });

async function putInPlace(): Promise<void> {
  const { text, files } = await readShared(await caches.open(cacheName));
  if (text !== "") insertIntoDraft(text);
  if (files.length === 0) return;
  if (await holdsModel(files)) addModelFiles(files);
  else attachFiles(files);
}
