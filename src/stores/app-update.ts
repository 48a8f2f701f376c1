/// <reference types="vite-plugin-pwa/vanillajs" />
import { registerSW } from "virtual:pwa-register";
import { isAnswering } from "./answer";
import { notify } from "./notices";

/** Registers the service worker, which keeps the app for offline use, and offers new versions; it never reloads unasked. */
export function watchForUpdates(): void {
  let isAsked = false;
  const update = registerSW({
    onNeedRefresh: () =>
      offer("A new version of the app is ready.", () => {
        isAsked = true;
        void update(true);
      }),
    // The new version serves all tabs from when one of them takes it; the others go on with what they have loaded.
    onNeedReload: () =>
      isAsked
        ? location.reload()
        : offer("Another tab runs a new version of the app now.", () => location.reload()),
  });
}

function offer(text: string, reload: () => void): void {
  const run = () => {
    if (isAnswering())
      offer(text, reload); // the answer comes first; the offer stays
    else reload();
  };
  notify(text, { stays: true, action: { label: "Reload", run } });
}
