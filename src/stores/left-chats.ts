import { engine } from "../worker/client";
import { draftChatId, useChat } from "./chat";
import { useEngine } from "./engine";

/** A look at another chat and back should not cost reading from storage. */
const GRACE_MS = 10_000;

/** From now on, has the engine give back the memory of a chat a while after another one, or a new one, was opened. */
export function giveBackLeftChats(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  useChat.subscribe(({ openId }, before) => {
    if (openId === before.openId) return;
    clearTimeout(timer);
    timer = setTimeout(giveBack, GRACE_MS);
  });
}

function giveBack(): void {
  const [{ status }, { openId, generation }] = [useEngine.getState(), useChat.getState()];
  // Whatever is being answered has taken the memory already.
  if (status.phase !== "ready" || generation.phase !== "none") return;
  // Where it fails the memory stays, which the next question finds room in.
  void engine.call("leaveOthers", [openId ?? draftChatId()]).catch(() => undefined);
}
