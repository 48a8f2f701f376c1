import { languageNames, type LanguageId } from "../../../language/languages";
import { t } from "../../../language/language";
import { changeSettings, useSettings } from "../../stores/settings/settings";
import { Field } from "../parts/fields/Field";
import { Select } from "../parts/fields/Input";

export function LanguageField() {
  const language = useSettings((s) => s.language);
  return (
    <Field
      label={t("Language")}
      hint={t("The page's words. A model answers in the language of the question.")}
    >
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={language ?? ""}
          onChange={({ target }) => changeSettings({ language: (target.value || null) as LanguageId | null })}
        >
          <option value="">{t("As the browser")}</option>
          {Object.entries(languageNames).map(([value, name]) => (
            <option key={value} value={value} lang={value}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
