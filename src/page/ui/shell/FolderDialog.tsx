import { useRef, type FormEvent } from "react";
import { changeChat, renameFolder } from "../../stores/chat/chat";
import { closeDialog, useView } from "../../stores/view";
import { Button } from "../parts/buttons/Button";
import { Field } from "../parts/fields/Field";
import { TextInput } from "../parts/fields/Input";
import { Sheet } from "../parts/Sheet";
import { t } from "../../../language/language";
import styles from "./FolderDialog.module.css";

/** Asks for the name of a new folder, or another name for one. */
export function FolderDialog() {
  const dialog = useView((s) => (s.dialog.kind === "folder" ? s.dialog : null));
  const box = useRef<HTMLInputElement>(null);
  const folder = dialog?.folder ?? null;
  const finish = (event: FormEvent) => {
    event.preventDefault();
    const name = box.current!.value.trim();
    if (!dialog || name === "") return;
    if (dialog.folder !== null) renameFolder(dialog.folder, name);
    else if (dialog.chatId !== null) changeChat(dialog.chatId, { folder: name });
    closeDialog();
  };
  return (
    <Sheet
      title={folder === null ? t("New folder") : t("Rename the folder")}
      description={t("Chats of a folder stand together in the list.")}
      isOpen={dialog !== null}
      onClose={closeDialog}
    >
      <form className={styles.form} onSubmit={finish}>
        <Field label={t("Name of the folder")} hint={t("A folder goes when its last chat leaves it.")}>
          {(id, hintId) => (
            <TextInput
              id={id}
              aria-describedby={hintId}
              ref={(element) => {
                box.current = element;
                element?.focus(); // the frame around it came first, and took the focus
              }}
              dir="auto"
              maxLength={80}
              defaultValue={folder ?? ""}
            />
          )}
        </Field>
        <Button type="submit" look="solid">
          {folder === null ? t("Move the chat there") : t("Rename")}
        </Button>
      </form>
    </Sheet>
  );
}
