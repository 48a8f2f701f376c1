import { Search } from "lucide-react";
import type { FormEvent } from "react";
import { closeLookup, lookUp, useHub } from "../../../stores/models/hub";
import { useHubAccess } from "../../../stores/models/hub-settings";
import { ErrorNotice } from "../../parts/notices/ErrorNotice";
import { HubFiles } from "./HubFiles";
import { Button } from "../../parts/buttons/Button";
import { TextInput } from "../../parts/fields/Input";
import { Hint } from "../../parts/fields/Hint";
import { TransferAt } from "../TransferAt";
import { t } from "../../../../language/language";
import styles from "./Hub.module.css";

/** A box for a repository, link or file, and what was found there. */
export function FindModel() {
  const lookup = useHub((s) => s.lookup);
  const host = useHubAccess((s) => URL.parse(s.hubUrl)?.host ?? s.hubUrl);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const box = event.currentTarget.elements.namedItem("reference") as HTMLInputElement;
    if (box.value.trim() === "") return box.focus();
    void lookUp(box.value);
  };
  return (
    <div className={styles.findModel}>
      <form className={styles.findModelForm} role="search" onSubmit={submit} noValidate>
        <label htmlFor="model-reference">{t("Model repository, link or file")}</label>
        <TextInput
          id="model-reference"
          name="reference"
          inputMode="url"
          aria-describedby="model-reference-hint"
          placeholder={t("owner/name")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Button type="submit" disabled={lookup.phase === "asking"}>
          <Search size={16} aria-hidden /> {t("Look up")}
        </Button>
        <Hint id="model-reference-hint">
          {t(
            "A repository on {host} as owner/name, the address of its page, or a link to a .gguf file anywhere.",
            { host },
          )}
        </Hint>
      </form>
      <div aria-live="polite">
        {lookup.phase === "asking" && <p>{t("Asking for “{text}”…", { text: lookup.text.trim() })}</p>}
      </div>
      {lookup.phase === "failed" && (
        <ErrorNotice error={lookup.error}>
          <Button onClick={closeLookup}>{t("Dismiss")}</Button>
        </ErrorNotice>
      )}
      <TransferAt place="find" />
      {lookup.phase === "found" && <HubFiles repository={lookup.repository} />}
    </div>
  );
}
