import type { ReactNode } from "react";
import { Button } from "../parts/buttons/Button";
import { t, type Key } from "../../../language/language";
import styles from "./Invitation.module.css";

interface Props {
  title: string;
  /** The things that the tab will show. */
  shows: readonly Key[];
  /** The cost of making them, or what is missing. */
  children: ReactNode;
  action: string;
  onAction: () => void;
}

/** Stands in a tab that has nothing to show yet: what it would show, and the one button that gets there. */
export function Invitation({ title, shows, children, action, onAction }: Props) {
  return (
    <section className={styles.invitation} aria-label={title}>
      <h2>{title}</h2>
      <p>{t("This tab shows")}</p>
      <ul>
        {shows.map((one) => (
          <li key={one}>{t(one)}</li>
        ))}
      </ul>
      <p>{children}</p>
      <Button look="solid" onClick={onAction}>
        {action}
      </Button>
    </section>
  );
}
