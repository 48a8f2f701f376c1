import { engine } from "../../../worker/rpc/client";
import { draftChatId, useChat } from "./chat";
import { follow } from "../follow";
import { useEngine } from "../models/engine";

/** A look at another chat and back should not cost reading from storage. */
const GRACE_MS = 10_000;

/**
 * From now on, has the engine give back the memory of a chat a while after another one, or a new one, was
 * opened.
 */
export function giveBackLeftChats(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLeft = false;
  const giveBackSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // An answer under way, perhaps of the chat that was left, has its memory until it ends.
      if (useChat.getState().generation.phase !== "none") return;
      isLeft = false;
      giveBack();
    }, GRACE_MS);
  };
  follow(
    useChat,
    ({ openId }) => openId,
    () => {
      isLeft = true;
      giveBackSoon();
    },
  );
  follow(
    useChat,
    ({ generation }) => generation.phase,
    (phase) => {
      if (isLeft && phase === "none") giveBackSoon();
    },
  );
}

function giveBack(): void {
  if (useEngine.getState().status.phase !== "ready") return;
  // If it fails the memory stays, and the next question finds room in it.
  void engine.call("leaveOthers", [useChat.getState().openId ?? draftChatId()]).catch(() => undefined);
}
