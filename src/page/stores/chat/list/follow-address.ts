import { addressOf, readAddress } from "../../address";
import { openStoredChat } from "../../documents/quotations";
import { follow } from "../../follow";
import { newChat, setOpening, useChat } from "../chat";

/**
 * From now on, keeps the open chat and the address the same: a reload comes back to the chat, Back and
 * Forward walk through those that were open.
 *
 * @returns a function that opens the chat of the address the page was loaded with, once the list is known
 */
export function followAddress(): () => Promise<void> {
  follow(useChat, ({ openId }) => openId, writeAddress);
  addEventListener("hashchange", () => void takeAddress());
  const { id } = { id: null, ...readAddress(location.hash) };
  // Known before the page is drawn, which then greets nobody who has come back to a chat.
  setOpening(id);
  return async () => {
    await takeAddress();
    setOpening(null);
  };
}

function writeAddress(openId: string | null, before: string | null): void {
  const at = readAddress(location.hash);
  if (at.kind === "page") return;
  const address = addressOf(openId, at.isInspected);
  if (address === location.hash || (openId === null && location.hash === "")) return;
  const { summaries, threads } = useChat.getState();
  const isGone = before !== null && !summaries.some(({ id }) => id === before);
  const hasBegun = before === null && openId !== null && threads[openId]?.length === 0;
  // An address that leads nowhere any more, or to the new chat that has just become this one.
  if (isGone || hasBegun) history.replaceState(history.state, "", address);
  else location.hash = address;
}

async function takeAddress(): Promise<void> {
  const at = readAddress(location.hash);
  const { openId } = useChat.getState();
  switch (at.kind) {
    case "page":
      return;
    case "open":
      if (openId !== null) history.replaceState(history.state, "", addressOf(openId, at.isInspected));
      return;
    case "chat":
      if (at.id === openId) return;
      if (at.id === null) return newChat();
      if (await openStoredChat(at.id)) return;
      // The chat is not here; the notice says so. The address may be another one by now.
      if (location.hash !== addressOf(at.id, at.isInspected)) return;
      history.replaceState(history.state, "", addressOf(openId, at.isInspected));
      return;
    default:
      at satisfies never;
      throw new Error("unreachable");
  }
}
