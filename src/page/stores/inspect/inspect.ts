import { create } from "zustand";

export type InspectTab = "memory" | "time" | "state" | "engine";

/** The tab that the debug panel shows; the panel is open while the address says `#inspect`. */
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
