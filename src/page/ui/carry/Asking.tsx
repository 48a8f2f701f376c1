import { t } from "../../../language/language";
import { attachChosen, closeCarry, takeChosenIn, type FoundFile } from "../../stores/carry/carry";
import { Button } from "../parts/buttons/Button";
import { counted, formatBytes } from "../parts/words/format";
import { sourceName } from "./describe";
import { focusFirst } from "./focus-first";
import styles from "./Carry.module.css";

interface Props {
  files: readonly FoundFile[];
  /** They were dropped, and may have been meant as documents. */
  canAttach: boolean;
}

/** Says what was found in the chosen files, and asks before anything is taken in. */
export function Asking({ files, canAttach }: Props) {
  const hasChats = files.some(({ found }) => found !== null && "source" in found);
  return (
    <>
      <ul className={styles.files}>
        {files.map((file, at) => (
          <li key={`${at} ${file.name}`} className={styles.file}>
            <strong dir="auto">{file.name}</strong> <small>{formatBytes(file.sizeBytes)}</small>
            <Found file={file} />
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        {hasChats && (
          <Button look="solid" ref={focusFirst} onClick={() => void takeChosenIn()}>
            {t("Import the chats")}
          </Button>
        )}
        {canAttach && <Button onClick={attachChosen}>{t("Attach as a document")}</Button>}
        <Button look="quiet" onClick={closeCarry}>
          {t("Cancel")}
        </Button>
      </div>
    </>
  );
}

function Found({ file: { found } }: { file: FoundFile }) {
  if (found === null)
    return (
      <p className={styles.problem}>
        {t(
          "There are no chats in it that can be read here: it is no export, or of another program than this app, ChatGPT, Open WebUI and llama.cpp.",
        )}
      </p>
    );
  if ("code" in found)
    return (
      <p className={styles.problem}>
        {found.message} {found.hint}
      </p>
    );
  return (
    <p>
      {t("{chats}, from {source}.", {
        chats: counted(found.nChats, "chat"),
        source: sourceName(found.source),
      })}
    </p>
  );
}
