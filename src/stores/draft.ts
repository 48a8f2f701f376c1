import { create } from "zustand";

/** A text for the message box that comes from elsewhere; the box takes it, and it is `null` again. */
export const useDraft = create<{ readonly text: string | null }>(() => ({ text: null }));

export const offerDraft = (text: string): void => useDraft.setState({ text });

export const draftTaken = (): void => useDraft.setState({ text: null });
