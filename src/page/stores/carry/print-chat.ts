import { useChat } from "../chat/chat";
import { openStoredChat } from "../documents/quotations";

/** Prints a chat as the page draws it, or saves it as PDF: the browser's own dialog offers both. */
export async function printChat(id: string): Promise<void> {
  if (useChat.getState().openId !== id && !(await openStoredChat(id))) return;
  await drawn(useChat.getState().threads[id]?.length ?? 0);
  const { title } = document;
  // The name that the browser offers for the file.
  document.title = useChat.getState().summaries.find((chat) => chat.id === id)?.title ?? title;
  print();
  document.title = title;
}

/** The chat is drawn in slices, and its Markdown after them. */
async function drawn(nMessages: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 50) {
    const isWhole = document.querySelectorAll("[data-message]").length >= nMessages;
    if (isWhole && waitedMs >= 300) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
