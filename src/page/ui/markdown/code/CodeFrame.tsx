import type { ReactNode } from "react";
import { t } from "../../../../language/language";
import styles from "./CodeBlock.module.css";

interface Props {
  language: string;
  buttons: ReactNode;
  children: ReactNode;
}

/** The box around code: its language and its buttons above. */
export function CodeFrame({ language, buttons, children }: Props) {
  return (
    <figure className={styles.block}>
      <figcaption className={styles.bar}>
        <span className={styles.language}>{language || t("text")}</span>
        {buttons}
      </figcaption>
      {children}
    </figure>
  );
}
