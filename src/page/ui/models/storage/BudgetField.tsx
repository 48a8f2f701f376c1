import { useState } from "react";
import { limitStoredReading, useStorage } from "../../../stores/models/storage";
import { budgetChoices } from "../../../stores/models/usage";
import { Button } from "../../parts/buttons/Button";
import { Field } from "../../parts/fields/Field";
import { formatBytes, formatRoundBytes } from "../../parts/words/format";
import { t } from "../../../../language/language";
import styles from "./Storage.module.css";

interface Props {
  budgetBytes: number;
  usedBytes: number;
}

/** The room for saved reading, within what the browser grants. One that deletes something asks first. */
export function BudgetField({ budgetBytes, usedBytes }: Props) {
  const freeBytes = useStorage((s) => s.room?.freeBytes ?? Infinity);
  const [wanted, setWanted] = useState<number | null>(null);
  const choices = budgetChoices(budgetBytes, usedBytes + freeBytes);
  const shown = wanted ?? Math.round(budgetBytes);
  const choose = (bytes: number) => {
    if (bytes < usedBytes) return setWanted(bytes);
    setWanted(null);
    void limitStoredReading(bytes);
  };
  return (
    <>
      <Field
        label={t("Room for saved reading")}
        hint={t("When it is full, what was used longest ago is deleted first.")}
        value={describe(shown)}
      >
        {(id, hintId) => (
          <input
            id={id}
            type="range"
            aria-describedby={hintId}
            aria-valuetext={describe(shown)}
            min={0}
            max={choices.length - 1}
            value={Math.max(0, choices.indexOf(shown))}
            onChange={({ target }) => choose(choices[target.valueAsNumber]!)}
          />
        )}
      </Field>
      {wanted !== null && (
        <div className={styles.rowActions} role="status">
          <p>
            {t("{usedBytes} are in use, so some of it would be deleted.", {
              usedBytes: formatBytes(usedBytes),
            })}
          </p>
          <Button
            look="danger"
            onClick={() => {
              setWanted(null);
              void limitStoredReading(wanted);
            }}
          >
            {t("Delete what does not fit")}
          </Button>
          <Button onClick={() => setWanted(null)}>{t("Keep it")}</Button>
        </div>
      )}
    </>
  );
}

const describe = (bytes: number) => (bytes === 0 ? t("Save nothing") : formatRoundBytes(bytes));
