import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { errorTitles, type WireError } from "../../../../ground/errors";
import { stepsFor } from "../words/advice";
import styles from "./ErrorNotice.module.css";
import { t } from "../../../../language/language";

interface Props {
  error: WireError;
  /** Buttons for what can be done. */
  children?: ReactNode;
}

export function ErrorNotice({ error, children }: Props) {
  const steps = stepsFor(error.code, navigator.userAgent, isSecureContext);
  return (
    <div className={styles.errorNotice} role="alert">
      <TriangleAlert size={18} aria-hidden />
      <div className={styles.body}>
        <p className={styles.title}>{t(errorTitles[error.code])}</p>
        <p className={styles.message}>{error.message}</p>
        {error.hint !== "" && <p>{error.hint}</p>}
        {steps.length > 0 && (
          <ul>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        )}
        {children && <div className={styles.actions}>{children}</div>}
      </div>
    </div>
  );
}
