import { create } from "zustand";
import { addressOf } from "../address";
import { useChat } from "../chat/chat";

export type InspectTab = "memory" | "time" | "state" | "engine";

/** The tab that the debug panel shows; the panel is open while the address ends in `inspect`. */
export const useInspect = create<{ readonly tab: InspectTab }>(() => ({ tab: "memory" }));

export function showTab(tab: InspectTab): void {
  useInspect.setState({ tab });
}

export function openInspect(): void {
  location.hash = addressOf(useChat.getState().openId, true);
}

export function closeInspect(): void {
  location.hash = addressOf(useChat.getState().openId, false);
}
