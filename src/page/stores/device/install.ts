import { create } from "zustand";

/** Chromium's event, which the library of types does not know. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** True while the browser offers to install the page as an app. */
export const useInstall = create<{ readonly isOffered: boolean }>(() => ({ isOffered: false }));

let offer: InstallOffer | null = null;

const show = (next: InstallOffer | null) => {
  offer = next;
  useInstall.setState({ isOffered: next !== null });
};

/** From now on, keeps the browser's offer for the page's own button. */
export function watchInstall(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault(); // Chromium's own bar
    show(event as InstallOffer);
  });
  addEventListener("appinstalled", () => show(null));
}

/** Has the browser ask the person. An offer can be used once. */
export async function install(): Promise<void> {
  const used = offer;
  show(null);
  await used?.prompt();
}
