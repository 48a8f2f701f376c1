import { openDocument } from "../../../stores/documents/document-view";
import { useAttachments } from "../../../stores/documents/attachments";
import {
  attachAlone,
  leaveOutWhatDoesNotFit,
  stopFolder,
  tickFiles,
} from "../../../stores/documents/folders/folder-reader";
import {
  totalsOf,
  type AttachedFolder,
  type FolderFile,
} from "../../../stores/documents/folders/attached-folder";
import { Button } from "../../parts/buttons/Button";
import { Meter } from "../../parts/charts/Meter";
import { Sheet } from "../../parts/Sheet";
import { counted, formatCount } from "../../parts/words/format";
import { t, tn } from "../../../../language/language";
import { FileTree } from "./FileTree";
import { LeftOut } from "./LeftOut";
import styles from "./FolderSheet.module.css";

interface Props {
  folder: AttachedFolder;
  /** Tokens that the chat and what else is attached leave; null while no model says it. */
  freeTokens: number | null;
  onClose: () => void;
}

/** The files of a folder as a tree to tick, with the tokens of each and of all, and what was left out. */
export function FolderSheet({ folder, freeTokens, onClose }: Props) {
  const { key, name, phase, files, left } = folder;
  const { nTicked, tokens } = totalsOf(files);
  const isOver = freeTokens !== null && tokens > freeTokens;
  const show = ({ id }: FolderFile) => {
    const one = useAttachments.getState().list.find(({ folder: of }) => of?.key === key && of.id === id);
    if (one?.reading.phase !== "read") return;
    onClose();
    void openDocument({ id: one.reading.info.id, name: one.name });
  };
  const total =
    freeTokens === null
      ? t("{files}: {tokens}", { files: counted(nTicked, "file"), tokens: counted(tokens, "token") })
      : t("{files}: {tokens} of {free} that are free", {
          files: counted(nTicked, "file"),
          tokens: formatCount(tokens),
          free: counted(Math.max(0, freeTokens), "token"),
        });
  return (
    <Sheet
      title={t("Files of “{name}”", { name })}
      description={t(
        "What is ticked goes with the next message. Space ticks, Enter shows what the model reads.",
      )}
      isOpen
      onClose={onClose}
    >
      <div className={styles.total}>
        <p role="status">
          {total}
          {isOver &&
            ` — ${t("{tokens} too many", { tokens: counted(tokens - Math.max(0, freeTokens), "token") })}`}
        </p>
        {freeTokens !== null && (
          <Meter
            role="meter"
            label={t("Tokens of what is ticked")}
            valueText={total}
            value={tokens}
            max={Math.max(1, freeTokens)}
            isOver={isOver}
          />
        )}
        <div className={styles.actions}>
          {isOver && (
            <Button onClick={() => void leaveOutWhatDoesNotFit(key)}>
              {t("Leave out what does not fit")}
            </Button>
          )}
          {phase === "reading" && <Button onClick={() => stopFolder(key)}>{t("Stop reading files")}</Button>}
        </div>
      </div>
      {files.length > 0 && (
        <FileTree
          files={files}
          label={t("{files} that can be read", { files: counted(files.length, "file") })}
          onTick={(ids, isTicked) => tickFiles(key, ids, isTicked)}
          onShow={show}
        />
      )}
      {left.length > 0 && (
        <section className={styles.left} aria-label={t("Left out")}>
          <h3>
            {tn(
              left.length,
              "Left out: {count} file that is not offered",
              "Left out: {count} files that are not offered",
            )}
          </h3>
          <LeftOut left={left} onAttach={(id) => attachAlone(key, id)} />
        </section>
      )}
    </Sheet>
  );
}
