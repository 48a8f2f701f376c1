import { Files, Folder, FileArchive, Mail, X } from "lucide-react";
import { removeFolder, stopFolder } from "../../../stores/documents/folders/folder-reader";
import {
  totalsOf,
  type AttachedFolder,
  type FolderKind,
} from "../../../stores/documents/folders/attached-folder";
import { Button } from "../../parts/buttons/Button";
import { IconButton } from "../../parts/buttons/IconButton";
import { Meter } from "../../parts/charts/Meter";
import { VisuallyHidden } from "../../parts/VisuallyHidden";
import { t } from "../../../../language/language";
import { folderFacts } from "./folder-words";
import item from "../attach/AttachmentItem.module.css";
import styles from "./FolderItem.module.css";

const icons = { folder: Folder, archive: FileArchive, mail: Mail, mailbox: Mail, files: Files } as const;

const labels: Readonly<Record<FolderKind, (name: string) => string>> = {
  folder: (name) => t("Folder: {name}", { name }),
  archive: (name) => t("Zip archive: {name}", { name }),
  mail: (name) => t("Files that came with the mail: {name}", { name }),
  mailbox: (name) => t("Mailbox: {name}", { name }),
  files: (name) => t("Files picked together: {name}", { name }),
};

interface Props {
  folder: AttachedFolder;
  onChoose: () => void;
}

/** Files that came together, in a row: what of them is in, what was left out, and the reading of them. */
export function FolderItem({ folder, onChoose }: Props) {
  const { key, name, kind, phase, files, left } = folder;
  const Icon = icons[kind];
  const label = labels[kind](name);
  const facts = folderFacts(folder);
  const isFailed = phase === "failed";
  const isBusy = phase === "sorting" || phase === "reading";
  const { nTicked, nRead } = totalsOf(files);
  return (
    <li
      className={`${item.attachment} ${styles.folder}`}
      aria-label={label}
      data-failed={isFailed || undefined}
    >
      <Icon size={16} aria-hidden />
      <div className={item.text}>
        <span className={item.name} title={label}>
          {name}
        </span>
        <span className={`${item.facts} ${styles.facts}`} title={facts} role={isFailed ? "alert" : undefined}>
          {facts}
        </span>
      </div>
      {phase === "reading" && (
        <Button look="quiet" onClick={() => stopFolder(key)}>
          {t("Stop")}
        </Button>
      )}
      {!isFailed && files.length + left.length > 0 && (
        <Button look="quiet" aria-label={t("Choose files of {name}", { name })} onClick={onChoose}>
          {t("Choose…")}
        </Button>
      )}
      <IconButton
        className={item.remove}
        label={isBusy ? t("Stop and remove {name}", { name }) : t("Remove {name}", { name })}
        icon={X}
        onClick={() => removeFolder(key)}
      />
      {isBusy && (
        <div className={item.progress}>
          <Meter
            role="progressbar"
            label={t("Reading {name}", { name })}
            valueText={facts}
            value={nRead}
            max={phase === "sorting" ? null : nTicked}
          />
        </div>
      )}
      <VisuallyHidden as="p" role="status">
        {phase === "done" ? t("{name} is read. {facts}", { name, facts }) : ""}
      </VisuallyHidden>
    </li>
  );
}
