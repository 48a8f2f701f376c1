import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./buttons/Button";
import { t } from "../../../language/language";
import styles from "./Sheet.module.css";

interface Props {
  /** The button that asks. */
  trigger: ReactNode;
  title: string;
  text: string;
  /** The label of the button that goes on. */
  action: string;
  onConfirm: () => void;
}

/** Asks before something that can not be taken back. */
export function Confirm({ trigger, title, text, action, onConfirm }: Props) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <div className={styles.scrim} />
        <AlertDialog.Content className={`${styles.sheet} ${styles.small}`}>
          <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
          <AlertDialog.Description>{text}</AlertDialog.Description>
          <div className={styles.actions}>
            <AlertDialog.Cancel asChild>
              <Button>{t("Keep it")}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look="danger" onClick={onConfirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
