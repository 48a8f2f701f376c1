import { useState, type FormEvent } from "react";
import { isComposed } from "../parts/hooks/composed-keys";
import { usualHubUrl } from "../../../ground/model-origin";
import { changeHubUrl, changeToken, useHubAccess } from "../../stores/models/hub-settings";
import { Button } from "../parts/buttons/Button";
import { Field } from "../parts/fields/Field";
import { TextInput } from "../parts/fields/Input";
import { Problem } from "../parts/notices/Problem";
import { t } from "../../../language/language";
import { Section } from "./Section";
import styles from "./Settings.module.css";

/** The hub where models are looked up, and the token to ask with. */
export function HubSettings() {
  return (
    <Section name="hub" title={t("Where models come from")}>
      <HubAddressField />
      <TokenField />
    </Section>
  );
}

function HubAddressField() {
  const hubUrl = useHubAccess((s) => s.hubUrl);
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <Field
      label={t("Hub address")}
      hint={t("Hugging Face, a mirror of it, or your company's own server. Leave it empty for Hugging Face.")}
    >
      {(id, hintId) => (
        <>
          <TextInput
            key={hubUrl}
            id={id}
            type="url"
            aria-describedby={hintId}
            aria-invalid={problem !== null}
            defaultValue={hubUrl === usualHubUrl ? "" : hubUrl}
            placeholder={usualHubUrl}
            autoComplete="off"
            spellCheck={false}
            onBlur={({ target }) => void changeHubUrl(target.value).then(setProblem)}
            onKeyDown={({ key, currentTarget, nativeEvent }) =>
              key === "Enter" && !isComposed(nativeEvent) && currentTarget.blur()
            }
          />
          {problem !== null && <Problem>{problem}</Problem>}
        </>
      )}
    </Field>
  );
}

function TokenField() {
  const host = useHubAccess((s) => URL.parse(s.hubUrl)?.host ?? s.hubUrl);
  const hasToken = useHubAccess((s) => s.hasToken);
  const [problem, setProblem] = useState<string | null>(null);
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const box = event.currentTarget.elements.namedItem("token") as HTMLInputElement;
    const token = box.value.trim();
    if (token === "") return box.focus();
    box.value = "";
    void changeToken(token).then(setProblem);
  };
  return (
    <Field
      label={t("Access token")}
      hint={t("Only for models behind a licence or a login. Kept on this device and sent to {host} alone.", {
        host,
      })}
      value={hasToken ? "stored" : "none"}
    >
      {(id, hintId) => (
        <form className={styles.tokenForm} onSubmit={save}>
          <TextInput
            className={styles.tokenFormBox}
            id={id}
            name="token"
            type="password"
            aria-describedby={hintId}
            placeholder={hasToken ? t("•••••••• (stored)") : "hf_…"}
            autoComplete="off"
            spellCheck={false}
          />
          <Button type="submit">{t("Keep the token")}</Button>
          {hasToken && (
            <Button look="quiet" onClick={() => void changeToken(null).then(setProblem)}>
              {t("Forget it")}
            </Button>
          )}
          {problem !== null && <Problem>{problem}</Problem>}
        </form>
      )}
    </Field>
  );
}
