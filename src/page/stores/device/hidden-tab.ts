import { t } from "../../../language/language";
import { useChat } from "../chat/chat";
import { openStoredChat } from "../documents/quotations";
import { useReadingAhead } from "../documents/reading-ahead";
import { notify } from "../notices";
import { useSettings } from "../settings/settings";
import { noteAsked, wasAsked } from "./asked-once";

/** Shorter than this, a person has hardly turned to something else. */
const LONG_MS = 10_000;

/**
 * From now on, tells when something long ends in a tab that is out of sight. The browser is asked for leave
 * once: the first time that it would have helped, when the person is back, and by their click.
 */
export function watchHiddenTab(): void {
  let answering: { readonly id: string; readonly since: number } | null = null;
  useChat.subscribe(({ generation }) => {
    if (generation.phase === "running") answering ??= { id: generation.conversationId, since: Date.now() };
    else if (answering) {
      const { id, since } = answering;
      answering = null;
      const title = useChat.getState().summaries.find((chat) => chat.id === id)?.title ?? "";
      ended(since, t("The answer is there."), title, id);
    }
  });
  let readingSince: number | null = null;
  useReadingAhead.subscribe(({ phase }) => {
    if (phase === "reading") readingSince ??= Date.now();
    else {
      if (phase === "read" && readingSince !== null)
        ended(readingSince, t("The documents are read."), t("Your question can be answered now."), null);
      readingSince = null;
    }
  });
}

function ended(since: number, title: string, body: string, chatId: string | null): void {
  if (!document.hidden || Date.now() - since < LONG_MS || !("Notification" in globalThis)) return;
  if (!useSettings.getState().notifications) return;
  if (Notification.permission === "granted") void tell(title, body, chatId);
  else if (Notification.permission === "default" && !wasAsked("notifications"))
    document.addEventListener("visibilitychange", ask, { once: true });
}

/** The browser lets a page ask by a click only. */
function ask(): void {
  if (document.hidden || wasAsked("notifications")) return;
  noteAsked("notifications");
  notify(t("That ended while you were elsewhere. A notification can tell you the next time."), {
    stays: true,
    action: { label: t("Notify me"), run: () => void askBrowser() },
  });
}

export type Leave = NotificationPermission | "none";

/** The browser's leave to notify; "none" where it has no notifications. */
export const notificationLeave = (): Leave =>
  "Notification" in globalThis ? Notification.permission : "none";

/** Asks the browser for leave, by a click of the person. */
export async function askBrowser(): Promise<Leave> {
  noteAsked("notifications");
  return notificationLeave() === "none" ? "none" : Notification.requestPermission();
}

async function tell(title: string, body: string, chatId: string | null): Promise<void> {
  const options = { body, tag: chatId ?? "reading", icon: `${import.meta.env.BASE_URL}icons/icon-192.png` };
  try {
    const notification = new Notification(title, options);
    notification.onclick = () => {
      window.focus();
      if (chatId !== null) void openStoredChat(chatId);
      notification.close();
    };
  } catch {
    // Phones show a notification through the service worker alone; service-worker-share.js takes its click.
    const worker = await navigator.serviceWorker?.getRegistration();
    await worker?.showNotification(title, options);
  }
}
