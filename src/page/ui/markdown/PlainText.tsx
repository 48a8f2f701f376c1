import { useState } from "react";
import styles from "./PlainText.module.css";
import { counted } from "../parts/words/format";
import { t } from "../../../language/language";
import { rich } from "../parts/words/rich";

// A browser lays out this much within a frame or two.
const mostAtOnce = 50_000;

/** Markdown shown as it is written; of very long text a part, until all is asked for. */
export function PlainText({ text }: { text: string }) {
  const [isWhole, setIsWhole] = useState(false);
  if (isWhole || text.length <= mostAtOnce) return <p className={styles.plain}>{text}</p>;
  return (
    <>
      <p className={styles.plain}>{text.slice(0, mostAtOnce)}</p>
      <p className={styles.more}>
        {rich("This part has {characters}; the first 50,000 are shown. {button}", {
          characters: counted(text.length, "character"),
          button: (
            <button type="button" className={styles.all} onClick={() => setIsWhole(true)}>
              {t("Show all")}
            </button>
          ),
        })}
      </p>
    </>
  );
}
