import { DropdownMenu } from "radix-ui";
import { withChange } from "../../../../ground/answer-settings";
import { efforts } from "../../../../ground/prompt-mode";
import { t } from "../../../../language/language";
import { editAnswers, nearestLayer } from "../../../stores/chat/chat-answers";
import { followPreset } from "../../../stores/chat/follow-preset";
import { loadedModelId } from "../../../stores/models/engine";
import { openSettings } from "../../../stores/open-settings";
import { effectiveAnswers } from "../../../stores/settings/answer-layers";
import { presetOf } from "../../../stores/settings/presets";
import { useSettings } from "../../../stores/settings/settings";
import { useChatAnswers, useLayers } from "../../parts/hooks/use-answers";
import menu from "../../parts/Menu.module.css";
import { effortNames } from "../../parts/words/effort-names";

interface Props {
  chatId: string | null;
}

/** The preset that a chat follows, the effort of its thoughts, and the way to all its settings. */
export function PresetMenu({ chatId }: Props) {
  const presets = useSettings((s) => s.presets);
  const { preset } = useChatAnswers(chatId);
  const followed = preset ? (presetOf(preset.id)?.id ?? "") : "";
  return (
    <>
      {presets.length > 0 && (
        <>
          <DropdownMenu.RadioGroup
            aria-label={t("Preset")}
            value={followed}
            onValueChange={(id) => followPreset(chatId, presetOf(id) ?? null)}
          >
            <Choice value="" name={t("Your usual settings")} />
            {presets.map(({ id, name, model }) => (
              <Choice key={id} value={id} name={name} detail={model?.name} />
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className={menu.separator} />
        </>
      )}
      <Efforts chatId={chatId} />
      <DropdownMenu.Item
        className={menu.item}
        onSelect={() => openSettings(loadedModelId(), { kind: "chat", id: chatId })}
      >
        {chatId === null ? t("Settings of the new chat…") : t("Settings of this chat…")}
      </DropdownMenu.Item>
      <DropdownMenu.Item
        className={menu.item}
        onSelect={() =>
          openSettings(loadedModelId(), followed ? { kind: "preset", id: followed } : { kind: "usual" })
        }
      >
        {t("Presets…")}
      </DropdownMenu.Item>
    </>
  );
}

/** Levels of effort, where the model's template knows them and the chat's answers begin with thinking. */
function Efforts({ chatId }: Props) {
  const { model, ...layers } = useLayers({ kind: "chat", id: chatId });
  if (!model || model.modes.efforts.length === 0) return null;
  const { thinking, effort } = effectiveAnswers({ model, ...layers });
  if (!thinking) return null;
  return (
    <>
      <DropdownMenu.Label className={menu.label}>{t("Reasoning effort")}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup
        aria-label={t("Reasoning effort")}
        value={effort ?? model.modes.usualEffort ?? ""}
        onValueChange={(value) =>
          editAnswers(nearestLayer(chatId), (answers) =>
            withChange(answers, { effort: efforts.find((one) => one === value) }),
          )
        }
      >
        {model.modes.efforts.map((one) => (
          <Choice key={one} value={one} name={t(effortNames[one])} />
        ))}
      </DropdownMenu.RadioGroup>
      <DropdownMenu.Separator className={menu.separator} />
    </>
  );
}

function Choice({ value, name, detail }: { value: string; name: string; detail?: string | undefined }) {
  return (
    <DropdownMenu.RadioItem className={menu.item} value={value}>
      <span className={menu.check} aria-hidden>
        <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
      </span>
      <span dir="auto">{name}</span>
      {detail !== undefined && <small className={menu.detail}>{detail}</small>}
    </DropdownMenu.RadioItem>
  );
}
