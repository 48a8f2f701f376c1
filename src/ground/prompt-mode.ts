/** Levels of reasoning effort that chat templates name, the least first. */
export const efforts = ["minimal", "low", "medium", "high", "xhigh", "max"] as const;
export type Effort = (typeof efforts)[number];

/** The way in which a prompt asks for thoughts. What is absent is left to the model's template. */
export interface PromptMode {
  readonly thinking: boolean;
  /** The amount of thought; only of a template that names the level. */
  readonly effort?: Effort;
  /** Thoughts of earlier answers stay in the prompt. */
  readonly keepsThoughts?: boolean;
}

/** The parts of a {@link PromptMode} that a model's template knows, besides thinking. */
export interface KnownModes {
  /** Levels that give prompts of their own, the least first; empty where the template knows none. */
  readonly efforts: readonly Effort[];
  /** The level that a prompt without one has; `null` where that is none of `efforts`. */
  readonly usualEffort: Effort | null;
  /** Earlier thoughts stay while nothing is said of them; `null` where the template decides alone. */
  readonly keepsThoughts: boolean | null;
}

/** The mode alone, of a request that has more. */
export const modeOf = ({ thinking, effort, keepsThoughts }: PromptMode): PromptMode => ({
  thinking,
  ...(effort !== undefined && { effort }),
  ...(keepsThoughts !== undefined && { keepsThoughts }),
});
