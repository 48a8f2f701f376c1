import { addModelFiles } from "../models/models";
import { holdsModel } from "../models/picked-files";
import { attachFiles } from "../documents/attach-files";
import { insertIntoDraft } from "../chat/draft";
import { readShared } from "./shared-items";

/** The names that the service worker (public/service-worker-share.js) uses too. */
const cacheName = "shared-with-the-app";
const parameter = "shared";

/** Takes up what another app shared with this one: text goes into the message box, files beside it. */
export async function takeShared(): Promise<void> {
  const address = new URL(location.href);
  if (!address.searchParams.has(parameter)) return;
  address.searchParams.delete(parameter);
  history.replaceState(history.state, "", address);
  const { text, files } = await readShared(await caches.open(cacheName));
  if (text !== "") insertIntoDraft(text);
  if (files.length === 0) return;
  if (await holdsModel(files)) addModelFiles(files);
  else attachFiles(files);
}
