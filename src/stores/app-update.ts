/// <reference types="vite-plugin-pwa/vanillajs" />
import { registerSW } from "virtual:pwa-register";
import { isAnswering } from "./answer";
import { notify } from "./notices";

/** Registers the service worker, which keeps the app for offline use, and offers new versions; it never reloads unasked. */
export function watchForUpdates(): void {
  const update = registerSW({ onNeedRefresh: offer });

  function offer() {
    notify("A new version of the app is ready.", { stays: true, action: { label: "Reload", run: reload } });
  }

  function reload() {
    if (isAnswering()) return offer(); // the answer comes first; the offer stays
    void update(true);
  }
}
