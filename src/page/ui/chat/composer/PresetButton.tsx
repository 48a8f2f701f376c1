import { SlidersHorizontal } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { isEmpty } from "../../../../ground/answer-settings";
import { t } from "../../../../language/language";
import { useChat } from "../../../stores/chat/chat";
import type { ChatAnswers } from "../../../stores/chat/new-chat-answers";
import { presetOf } from "../../../stores/settings/presets";
import { useChatAnswers } from "../../parts/hooks/use-answers";
import menu from "../../parts/Menu.module.css";
import { PresetMenu } from "./PresetMenu";
import styles from "./PresetButton.module.css";

/** Says in a word what the chat's answers follow, and opens a menu to choose it. */
export function PresetButton() {
  const openId = useChat((s) => s.openId);
  const words = describeAnswers(useChatAnswers(openId));
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className={styles.button}
        title={t("Preset and settings of this chat")}
        aria-label={
          words ? t("Preset of this chat: {settings}", { settings: words }) : t("Preset of this chat")
        }
      >
        <SlidersHorizontal size={15} aria-hidden />
        {words && <span className={styles.words}>{words}</span>}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menu.menu} side="top" align="start" collisionPadding={8}>
          <PresetMenu chatId={openId} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** "Translator · own settings"; "" for a chat that follows the usual settings alone. */
function describeAnswers({ preset, answers = {} }: ChatAnswers): string {
  // A preset has its present name; one that was deleted, the one it had.
  const followed = preset ? presetOf(preset.id) : undefined;
  const name = followed?.name ?? (preset ? t("{name} (deleted)", { name: preset.name }) : null);
  return [name, isEmpty(answers) ? null : t("own settings")].filter(Boolean).join(" · ");
}
