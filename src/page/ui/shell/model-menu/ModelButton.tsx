import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { t } from "../../../../language/language";
import { useEngine } from "../../../stores/models/engine";
import styles from "./ModelButton.module.css";

/** Says which model is in use, or on its way. */
export function ModelButton(props: Omit<ComponentProps<"button">, "className" | "children">) {
  const status = useEngine((s) => s.status);
  const name = "model" in status ? status.model?.name : undefined;
  return (
    <button
      type="button"
      className={styles.modelButton}
      aria-label={t("Models: {name}", { name: name ?? t("Choose a model") })}
      {...props}
    >
      <span className={styles.modelDot} data-phase={status.phase} />
      <span className={styles.modelName}>{name ?? t("Choose a model")}</span>
      <ChevronDown size={15} aria-hidden />
    </button>
  );
}
