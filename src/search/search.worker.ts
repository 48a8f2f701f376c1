import { ConversationStorage } from "../storage/chats/conversations";
import { ChatTexts } from "./chat-texts";
import { findChats } from "./find-chats";
import type { SearchReply, SearchRequest } from "./protocol";

/** Searches the texts of stored chats: megabytes that the page's own thread neither reads nor keeps. */

const texts = new ChatTexts(new ConversationStorage());
let latest = 0;

// The page and other tabs tell here what they stored.
if (typeof BroadcastChannel !== "undefined")
  new BroadcastChannel("chats").onmessage = ({ data }: MessageEvent<{ readonly id: string }>) =>
    texts.forget(data.id);

self.addEventListener("message", ({ data: { id, query } }: MessageEvent<SearchRequest>) => {
  latest = id;
  void texts
    .all()
    .catch(() => []) // the list on the page says why
    .then((chats) => {
      if (id !== latest) return; // a later one is on its way
      self.postMessage({ id, found: findChats(chats, query) } satisfies SearchReply);
    });
});
