import { t } from "../../../../language/language";
import { printedKeys, type ShortcutName } from "./shortcuts";
import styles from "./Keys.module.css";

/** The keys of a shortcut, the first way to press it unless all are asked for. */
export function Keys({ of: name, all = false }: { of: ShortcutName; all?: boolean }) {
  const ways = printedKeys(name).slice(0, all ? undefined : 1);
  return (
    <span className={styles.keys}>
      {ways.map((keys, i) => (
        <span key={keys.join()}>
          {i > 0 && t(" or ")}
          {keys.map((key) => (
            <kbd key={key} className={styles.key}>
              {key}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
