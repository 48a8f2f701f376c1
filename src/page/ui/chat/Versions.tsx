import { ChevronLeft, ChevronRight } from "lucide-react";
import { openVersion, useChat } from "../../stores/chat/chat";
import { formatCount } from "../parts/words/format";
import { IconButton } from "../parts/buttons/IconButton";
import { VisuallyHidden } from "../parts/VisuallyHidden";
import { t } from "../../../language/language";
import styles from "./Versions.module.css";

interface Props {
  id: string;
  parentId: string;
}

/** Walks between the versions of a message: questions that were edited, answers that were made anew. */
export function Versions({ id, parentId }: Props) {
  const versions = useChat((s) => (s.openId === null ? undefined : s.trees[s.openId]?.children[parentId]));
  if (!versions || versions.length < 2) return null;
  const at = versions.indexOf(id);
  const open = (index: number) => {
    const { openId } = useChat.getState();
    const version = versions[index];
    if (openId !== null && version !== undefined) openVersion(openId, version);
  };
  // Not disabled at the ends, which would take the focus away from who walks by keyboard.
  return (
    <div className={styles.versions} role="group" aria-label={t("Versions")}>
      <IconButton
        label={t("Previous version")}
        icon={ChevronLeft}
        isSided
        aria-disabled={at === 0}
        onClick={() => open(at - 1)}
      />
      <span aria-hidden>
        {formatCount(at + 1)} / {formatCount(versions.length)}
      </span>
      <VisuallyHidden role="status">
        {t("Version {at} of {nVersions}", { at: at + 1, nVersions: versions.length })}
      </VisuallyHidden>
      <IconButton
        label={t("Next version")}
        icon={ChevronRight}
        isSided
        aria-disabled={at === versions.length - 1}
        onClick={() => open(at + 1)}
      />
    </div>
  );
}
