import { Mic, MicOff } from "lucide-react";
import { t } from "../../../../language/language";
import { startDictation, stopDictation, useDictation } from "../../../stores/speech/dictate";
import { IconButton } from "../../parts/buttons/IconButton";
import styles from "./DictateButton.module.css";

/** Writes what is said into the message box; says so while it listens, and where the words are understood. */
export function DictateButton() {
  const dictation = useDictation();
  if (dictation.phase !== "listening")
    return (
      <IconButton
        label={t("Dictate")}
        icon={Mic}
        disabled={dictation.phase === "asking"}
        onClick={() => void startDictation()}
      />
    );
  return (
    <span className={styles.listening} data-away={!dictation.isOnDevice || undefined}>
      <IconButton label={t("Stop dictating")} icon={MicOff} onClick={stopDictation} />
      <span role="status">
        {dictation.isOnDevice ? t("Listening, on this device") : t("Listening, not on this device")}
      </span>
    </span>
  );
}
