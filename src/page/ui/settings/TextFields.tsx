import { t } from "../../../language/language";
import { changeSettings, textSizes, useSettings, type ColumnWidth } from "../../stores/settings/settings";
import { Field } from "../parts/fields/Field";
import { Select } from "../parts/fields/Input";
import { formatShare } from "../parts/words/format";

export function TextSizeField() {
  const textSize = useSettings((s) => s.textSize);
  return (
    <Field label={t("Text size")} hint={t("Of the conversation. The browser's zoom changes the whole page.")}>
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={textSize}
          onChange={({ target }) => changeSettings({ textSize: Number(target.value) })}
        >
          {textSizes.map((size) => (
            <option key={size} value={size}>
              {size === 1 ? t("Usual") : formatShare(size)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

export function ColumnWidthField() {
  const columnWidth = useSettings((s) => s.columnWidth);
  return (
    <Field
      label={t("Width of the conversation")}
      hint={t("Lines of 60 to 80 characters are the easiest to read; tables and code like more.")}
    >
      {(id, hintId) => (
        <Select
          id={id}
          aria-describedby={hintId}
          value={columnWidth}
          onChange={({ target }) => changeSettings({ columnWidth: target.value as ColumnWidth })}
        >
          <option value="narrow">{t("Narrow")}</option>
          <option value="usual">{t("Usual")}</option>
          <option value="wide">{t("Wide")}</option>
          <option value="full">{t("As wide as the window")}</option>
        </Select>
      )}
    </Field>
  );
}
