import { closeDialog } from "../../stores/view";
import { Keys } from "../parts/keys/Keys";
import { shortcuts, type ShortcutName } from "../parts/keys/shortcuts";
import { Sheet } from "../parts/Sheet";
import { t } from "../../../language/language";
import styles from "./ShortcutList.module.css";

const names = Object.keys(shortcuts) as ShortcutName[];
const groups = [...new Set(names.map((name) => shortcuts[name].group))];

/** Every shortcut of the page, by where it holds. */
export function ShortcutList() {
  return (
    <Sheet
      title={t("Keyboard shortcuts")}
      description={t("The Tab key reaches everything else.")}
      isOpen
      isText
      onClose={closeDialog}
    >
      {groups.map((group) => (
        <section key={group} className={styles.group} aria-label={t(group)}>
          <h3 className={styles.name}>{t(group)}</h3>
          <dl className={styles.list}>
            {names
              .filter((name) => shortcuts[name].group === group)
              .map((name) => (
                <div key={name} className={styles.row}>
                  <dt>{t(shortcuts[name].does)}</dt>
                  <dd>
                    <Keys of={name} all />
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </Sheet>
  );
}
