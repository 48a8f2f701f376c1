/// <reference types="vite-plugin-pwa/vanillajs" />
import { registerSW } from "virtual:pwa-register";
import { isAnswering } from "./chat/answer";
import { notify } from "./notices";
import { t } from "../../language/language";

/** The time that a waiting new version may take to come; where none does, it is here already. */
const COMES_MS = 3000;

/**
 * Registers the service worker, which keeps the app for offline use, and offers new versions; it never
 * reloads unasked.
 */
export function watchForUpdates(): void {
  let isAsked = false;
  const update = registerSW({
    onNeedRefresh: () =>
      offer(t("A new version of the app is ready."), () => {
        isAsked = true;
        void update(true);
        setTimeout(() => {
          isAsked = false;
          reloadUnlessAnswering();
        }, COMES_MS);
      }),
    // The new version serves all tabs from when one of them takes it; the others go on with what they have
    // loaded.
    onNeedReload: () => {
      if (isAsked) reloadUnlessAnswering();
      else offer(t("Another tab runs a new version of the app now."), reloadUnlessAnswering);
    },
  });
}

function reloadUnlessAnswering(): void {
  if (!isAnswering()) location.reload();
  else offer(t("A new version of the app is ready."), reloadUnlessAnswering);
}

function offer(text: string, reload: () => void): void {
  const run = () => {
    if (isAnswering())
      offer(text, reload); // the answer comes first; the offer stays
    else reload();
  };
  notify(text, { stays: true, action: { label: t("Reload"), run } });
}
