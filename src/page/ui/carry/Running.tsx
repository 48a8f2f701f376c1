import { t } from "../../../language/language";
import { stopCarrying, type CarryProgress } from "../../stores/carry/carry";
import { Button } from "../parts/buttons/Button";
import { Meter } from "../parts/charts/Meter";
import { counted, formatCount } from "../parts/words/format";
import styles from "./Carry.module.css";

interface Props {
  way: "in" | "out";
  progress: CarryProgress | null;
}

/** Chats on their way, with their number. What came in before a stop stays. */
export function Running({ way, progress }: Props) {
  const title = way === "in" ? t("Chats are being imported") : t("The file is being written");
  const figures =
    progress === null
      ? t("The file is being read")
      : t("{done} of {chats}", {
          done: formatCount(progress.nDone),
          chats: counted(progress.nChats, "chat"),
        });
  return (
    <>
      <p>
        {title}: {figures}
      </p>
      <Meter
        role="progressbar"
        label={title}
        valueText={figures}
        value={progress?.nDone ?? 0}
        max={progress?.nChats ?? null}
      />
      <div className={styles.buttons}>
        <Button onClick={stopCarrying}>{t("Stop")}</Button>
      </div>
    </>
  );
}
