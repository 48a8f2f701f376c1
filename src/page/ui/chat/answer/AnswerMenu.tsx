import { CircleStop, Ellipsis, FilePen, RefreshCw, Sprout, Volume2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { answerWithModel, repeatAnswer } from "../../../stores/chat/answer";
import { useChat, type AnswerMessage } from "../../../stores/chat/chat";
import { useEngine } from "../../../stores/models/engine";
import { canReadAloud, readAloud, stopReadingAloud, useReadAloud } from "../../../stores/speech/read-aloud";
import { useModels } from "../../../stores/models/models";
import { IconButton } from "../../parts/buttons/IconButton";
import { t } from "../../../../language/language";
import menu from "../../parts/Menu.module.css";

interface Props {
  message: AnswerMessage;
  onEdit: () => void;
}

/** The rarer actions on an answer; each leaves the answer there is as another version. */
export function AnswerMenu({ message, onEdit }: Props) {
  const { id, drawnWith, figures, modelName } = message;
  const act = (run: (conversationId: string) => void) => () => {
    const { openId } = useChat.getState();
    if (openId !== null) run(openId);
  };
  // Another model draws other numbers from the same seed.
  const isSameModel = useEngine(({ status }) => status.phase === "ready" && status.model.name === modelName);
  const isRead = useReadAloud((s) => s.id === id);
  return (
    <>
      {isRead && <IconButton label={t("Stop reading")} icon={CircleStop} onClick={stopReadingAloud} />}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <IconButton label={t("More for this answer")} icon={Ellipsis} data-more />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className={menu.menu} align="start" collisionPadding={8}>
            <DropdownMenu.Item className={menu.item} onSelect={onEdit}>
              <FilePen size={15} aria-hidden /> {t("Edit the answer")}
            </DropdownMenu.Item>
            {canReadAloud && message.text !== "" && (
              <DropdownMenu.Item className={menu.item} onSelect={() => void readAloud(id, message.text)}>
                <Volume2 size={15} aria-hidden /> {t("Read aloud")}
              </DropdownMenu.Item>
            )}
            {drawnWith && figures && isSameModel && (
              <DropdownMenu.Item
                className={menu.item}
                onSelect={act((chatId) => repeatAnswer(chatId, message))}
              >
                <Sprout size={15} aria-hidden /> {t("Again with this seed")}
              </DropdownMenu.Item>
            )}
            <OtherModels onChoose={(model) => act((chatId) => void answerWithModel(chatId, id, model))()} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </>
  );
}

type StoredModel = ReturnType<typeof useModels.getState>["models"][number];

function OtherModels({ onChoose }: { onChoose: (model: StoredModel) => void }) {
  const models = useModels((s) => s.models);
  const loadedId = useEngine(({ status }) => ("model" in status ? status.model?.id : undefined));
  const others = models.filter(({ id }) => id !== loadedId);
  if (others.length === 0) return null;
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className={menu.item}>
        <RefreshCw size={15} aria-hidden /> {t("Again with another model")}
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className={menu.menu} collisionPadding={8}>
          {others.map((model) => (
            <DropdownMenu.Item key={model.id} className={menu.item} onSelect={() => onChoose(model)}>
              {model.name}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}
