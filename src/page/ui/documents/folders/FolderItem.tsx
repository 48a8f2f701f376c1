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
import { folderFacts } from "./folder-words";
import item from "../attach/AttachmentItem.module.css";
import styles from "./FolderItem.module.css";

const icons = { folder: Folder, archive: FileArchive, mail: Mail, mailbox: Mail, files: Files } as const;

const kindNames: Readonly<Record<FolderKind, string>> = {
  folder: "Folder",
  archive: "Zip archive",
  mail: "Files that came with the mail",
  mailbox: "Mailbox",
  files: "Files picked together",
};

interface Props {
  folder: AttachedFolder;
  onChoose: () => void;
}

/** Files that came together, in a row: what of them is in, what was left out, and the reading of them. */
export function FolderItem({ folder, onChoose }: Props) {
  const { key, name, kind, phase, files, left } = folder;
  const Icon = icons[kind];
  const facts = folderFacts(folder);
  const isFailed = phase === "failed";
  const isBusy = phase === "sorting" || phase === "reading";
  const { nTicked, nRead } = totalsOf(files);
  return (
    <li
      className={`${item.attachment} ${styles.folder}`}
      aria-label={`${kindNames[kind]}: ${name}`}
      data-failed={isFailed || undefined}
    >
      <Icon size={16} aria-hidden />
      <div className={item.text}>
        <span className={item.name} title={`${kindNames[kind]}: ${name}`}>
          {name}
        </span>
        <span className={`${item.facts} ${styles.facts}`} title={facts} role={isFailed ? "alert" : undefined}>
          {facts}
        </span>
      </div>
      {phase === "reading" && (
        <Button look="quiet" onClick={() => stopFolder(key)}>
          Stop
        </Button>
      )}
      {!isFailed && files.length + left.length > 0 && (
        <Button look="quiet" aria-label={`Choose files of ${name}`} onClick={onChoose}>
          Choose…
        </Button>
      )}
      <IconButton
        className={item.remove}
        label={isBusy ? `Stop and remove ${name}` : `Remove ${name}`}
        icon={X}
        onClick={() => removeFolder(key)}
      />
      {isBusy && (
        <div className={item.progress}>
          <Meter
            role="progressbar"
            label={`Reading ${name}`}
            valueText={facts}
            value={nRead}
            max={phase === "sorting" ? null : nTicked}
          />
        </div>
      )}
      <VisuallyHidden as="p" role="status">
        {phase === "done" ? `${name} is read. ${facts}` : ""}
      </VisuallyHidden>
    </li>
  );
}
