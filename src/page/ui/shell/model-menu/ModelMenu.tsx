import { Boxes, Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useRef } from "react";
import { t } from "../../../../language/language";
import { changeModel } from "../../../stores/chat/answer";
import { useChat } from "../../../stores/chat/chat";
import { useEngine } from "../../../stores/models/engine";
import { useModels } from "../../../stores/models/models";
import { orderStored } from "../../../stores/models/order-models";
import { openModelPanel } from "../../../stores/models/plans";
import { formatBytes } from "../../parts/words/format";
import { ModelButton } from "./ModelButton";
import styles from "./ModelMenu.module.css";
import menu from "../../parts/Menu.module.css";

/** The models that are here, each a click away; where none is, the button opens the panel. */
export function ModelMenu() {
  const stored = useModels((s) => s.models);
  const status = useEngine((s) => s.status);
  const budgetBytes = useEngine((s) => s.device?.budgetBytes ?? Infinity);
  const isAnswering = useChat((s) => s.generation.phase === "running");
  const button = useRef<HTMLButtonElement>(null);
  const opensPanel = useRef(false);
  const chosenId = "model" in status ? (status.model?.id ?? null) : null;
  const models = orderStored(stored, chosenId, budgetBytes);
  if (models.length === 0) return <ModelButton onClick={openModelPanel} aria-haspopup="dialog" />;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <ModelButton ref={button} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={menu.menu}
          align="start"
          collisionPadding={8}
          // The button has the focus again before the panel takes it, which gives it back when it is closed.
          onCloseAutoFocus={(event) => {
            if (!opensPanel.current) return;
            opensPanel.current = false;
            event.preventDefault();
            button.current?.focus();
            openModelPanel();
          }}
        >
          {isAnswering && (
            <DropdownMenu.Label className={styles.note}>
              {t("An answer is being written. Another model ends it where it is.")}
            </DropdownMenu.Label>
          )}
          <DropdownMenu.RadioGroup value={chosenId ?? ""} aria-label={t("Models that are here")}>
            {models.map((model) => (
              <DropdownMenu.RadioItem
                key={model.id}
                value={model.id}
                className={`${menu.item} ${styles.model}`}
                onSelect={() => {
                  if (model.id !== chosenId || status.phase !== "ready") void changeModel(model, null);
                }}
              >
                <span className={styles.mark}>
                  <DropdownMenu.ItemIndicator>
                    <Check size={15} aria-hidden />
                  </DropdownMenu.ItemIndicator>
                </span>
                <span className={styles.name}>{model.name}</span>
                <span className={styles.size}>{formatBytes(model.sizeBytes)}</span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className={styles.line} />
          <DropdownMenu.Item
            className={menu.item}
            onSelect={() => {
              opensPanel.current = true;
            }}
          >
            <Boxes size={15} aria-hidden /> {t("More models…")}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
