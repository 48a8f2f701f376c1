import type { MemoryPlan } from "../../../../worker/rpc/protocol/load";
import { formatBytes } from "../../parts/words/format";
import { Meter } from "../../parts/charts/Meter";
import { t } from "../../../../language/language";
import styles from "./MemoryMeter.module.css";

interface Props {
  plan: MemoryPlan;
}

/** The share of the memory budget that a plan takes, with a warning if it takes more. */
export function MemoryMeter({ plan: { totalBytes, budgetBytes } }: Props) {
  const isOver = totalBytes > budgetBytes;
  return (
    <>
      <Meter
        role="meter"
        label={t("Planned GPU memory")}
        valueText={t("{totalBytes} of {budgetBytes}", {
          totalBytes: formatBytes(totalBytes),
          budgetBytes: formatBytes(budgetBytes),
        })}
        value={totalBytes}
        max={budgetBytes}
        isOver={isOver}
      />
      {isOver && (
        <p className={styles.warning} role="alert">
          {t(
            "This is {totalBytes} over the budget. Choose a shorter context or a smaller model, or say in the settings how much your card has. You may try all the same; if the GPU refuses, nothing is lost.",
            { totalBytes: formatBytes(totalBytes - budgetBytes) },
          )}
        </p>
      )}
    </>
  );
}
