import { create } from "zustand";

/** A short message at the edge of the page, which goes by itself unless it `stays`. */
export interface Notice {
  readonly id: string;
  readonly text: string;
  readonly tone: "plain" | "warning";
  readonly actionLabel: string | null;
  readonly stays: boolean;
}

// Actions of the notices' buttons; beside the store, which holds plain data only.
const actions = new Map<string, () => void>();

export const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

interface NoticeOptions {
  readonly tone?: Notice["tone"];
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly stays?: boolean;
}

/** Shows a notice; one of the same text is shown once. */
export function notify(text: string, { tone = "plain", action, stays = false }: NoticeOptions = {}): void {
  const id = crypto.randomUUID();
  if (action) actions.set(id, action.run);
  useNotices.setState(({ notices }) => ({
    notices: [
      ...notices.filter((n) => n.text !== text),
      { id, text, tone, actionLabel: action?.label ?? null, stays },
    ].slice(-3),
  }));
}

export function dismissNotice(id: string): void {
  actions.delete(id);
  useNotices.setState(({ notices }) => ({ notices: notices.filter((n) => n.id !== id) }));
}

export function actOnNotice(id: string): void {
  const run = actions.get(id);
  dismissNotice(id);
  run?.();
}
