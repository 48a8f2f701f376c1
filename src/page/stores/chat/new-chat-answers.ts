import { create } from "zustand";
import type { AnswerSettings } from "../../../ground/answer-settings";
import type { ChatFacts } from "../../../storage/chats/conversations";
import { presetOf } from "../settings/presets";
import { useSettings } from "../settings/settings";

export type ChatAnswers = Pick<ChatFacts, "preset" | "answers">;

interface NewChatAnswers {
  /** `undefined`: the preset that the settings name for new chats. */
  readonly preset: ChatFacts["preset"];
  readonly answers: AnswerSettings;
}

const untouched: NewChatAnswers = { preset: undefined, answers: {} };

/** The choices for the chat that begins with the next message; it takes them along. */
export const useNewChatAnswers = create<NewChatAnswers>(() => untouched);

export const forgetNewChatAnswers = (): void => useNewChatAnswers.setState(untouched, true);

/** The preset and the own settings that a new chat begins with. */
export function newChatAnswers(): ChatAnswers {
  const { preset, answers } = useNewChatAnswers.getState();
  const { newChatPreset } = useSettings.getState();
  const usual = newChatPreset === null ? undefined : presetOf(newChatPreset);
  const chosen = preset === undefined && usual ? { id: usual.id, name: usual.name } : preset;
  return {
    ...(chosen && { preset: chosen }),
    ...(Object.keys(answers).length > 0 && { answers }),
  };
}
