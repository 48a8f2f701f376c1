import type { LeftFile } from "../../../stores/documents/folders/attached-folder";
import { Button } from "../../parts/buttons/Button";
import { formatCount } from "../../parts/words/format";
import { t } from "../../../../language/language";
import { leftGroups } from "./folder-words";
import styles from "./LeftOut.module.css";

/** Paths that are listed of a reason: more are not read by anybody. */
const mostListed = 200;

interface Props {
  left: readonly LeftFile[];
  /** Attaches one by itself, where it can be given the word it needs. */
  onAttach: (id: number) => void;
}

/** Files that were left out, by reason; each reason opens to its files. */
export function LeftOut({ left, onAttach }: Props) {
  return (
    <ul className={styles.reasons}>
      {leftGroups(left).map(({ why, words, files }) => (
        <li key={why}>
          <details>
            <summary>{words}</summary>
            <ul className={styles.files}>
              {files.slice(0, mostListed).map(({ path, sentence, id }) => (
                <li key={path}>
                  <span className={styles.path}>{path}</span>
                  {sentence && <span className={styles.sentence}>{sentence}</span>}
                  {id !== undefined && (
                    <Button
                      look="quiet"
                      aria-label={t("Attach {path} by itself", { path })}
                      onClick={() => onAttach(id)}
                    >
                      {t("Attach it by itself")}
                    </Button>
                  )}
                </li>
              ))}
              {files.length > mostListed && (
                <li>{t("and {count} more", { count: formatCount(files.length - mostListed) })}</li>
              )}
            </ul>
          </details>
        </li>
      ))}
    </ul>
  );
}
