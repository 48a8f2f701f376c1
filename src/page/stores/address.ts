/** The place that the address names after "#". */
export type Address =
  /** A chat, with the debug panel beside it or without; `null`: the new chat. */
  | { readonly kind: "chat"; readonly id: string | null; readonly isInspected: boolean }
  /** The chat that is open, whichever it is. */
  | { readonly kind: "open"; readonly isInspected: boolean }
  /** A page of its own, which shows no chat. */
  | { readonly kind: "page"; readonly name: "lab" | "bench" };

/**
 * Reads `#/chat/ID`, `#/chat/ID/inspect`, `#/`, `#inspect`, `#lab` and `#bench`. With any other the chat
 * stays.
 */
export function readAddress(hash: string): Address {
  if (hash === "#lab" || hash === "#bench") return { kind: "page", name: hash === "#lab" ? "lab" : "bench" };
  if (hash === "" || hash === "#" || hash === "#/") return { kind: "chat", id: null, isInspected: false };
  const chat = /^#\/chat\/([\w-]{1,64})(\/inspect)?$/.exec(hash);
  if (chat) return { kind: "chat", id: chat[1]!, isInspected: chat[2] !== undefined };
  return { kind: "open", isInspected: hash === "#inspect" };
}

/** The address of a chat, `null` for the new one. */
export function addressOf(id: string | null, isInspected: boolean): string {
  if (id === null) return isInspected ? "#inspect" : "#/";
  return `#/chat/${id}${isInspected ? "/inspect" : ""}`;
}
