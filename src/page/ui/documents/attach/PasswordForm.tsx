import { openWithPassword } from "../../../stores/documents/attachments";
import { Button } from "../../parts/buttons/Button";
import { t } from "../../../../language/language";
import styles from "./PasswordForm.module.css";

interface Props {
  attachmentKey: string;
  name: string;
}

/** Asks for the password of a protected file; it is used once and not kept. */
export function PasswordForm({ attachmentKey, name }: Props) {
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const password = new FormData(event.currentTarget).get("password");
        if (typeof password === "string" && password !== "") openWithPassword(attachmentKey, password);
      }}
    >
      <input
        name="password"
        type="password"
        aria-label={t("Password of {name}", { name })}
        placeholder={t("Password")}
        autoComplete="off"
        required
      />
      <Button look="quiet" type="submit">
        {t("Open")}
      </Button>
    </form>
  );
}
