import { create } from "zustand";

export type InspectTab = "memory" | "time" | "state" | "engine";

/** What of the debug panel is shown; it is open while the address says `#inspect`. */
export const useInspect = create<{ readonly tab: InspectTab }>(() => ({ tab: "memory" }));

export function showTab(tab: InspectTab): void {
  useInspect.setState({ tab });
}

export function openInspect(): void {
  location.hash = "inspect";
}

export function closeInspect(): void {
  location.hash = "chat";
}
