import { Check, ChevronDown, ChevronRight, Eye, Minus } from "lucide-react";
import type { KeyboardEvent } from "react";
import type { FolderFile } from "../../../stores/documents/folders/attached-folder";
import { counted, formatCount } from "../../parts/words/format";
import { t } from "../../../../language/language";
import type { TreeNode } from "./file-tree";
import styles from "./FileTree.module.css";

interface Props {
  node: TreeNode;
  isOpen: boolean;
  isFocusable: boolean;
  onTick: () => void;
  onToggle: () => void;
  onShow: (file: FolderFile) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** A file, or a folder that opens, with its box to tick and its tokens. */
export function FileTreeRow(props: Props) {
  const { node, isOpen, isFocusable, onTick, onToggle, onShow, onKeyDown } = props;
  const { path, name, level, file, files, nTicked } = node;
  const isAll = nTicked === files.length;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <div
      className={styles.row}
      role="treeitem"
      aria-level={level}
      aria-checked={isAll ? true : nTicked > 0 ? "mixed" : false}
      aria-expanded={file ? undefined : isOpen}
      aria-selected={isFocusable}
      tabIndex={isFocusable ? 0 : -1}
      aria-label={`${name}, ${factsOf(node)}`}
      data-path={path}
      style={{ paddingInlineStart: `${(level - 1) * 1.25}rem` }}
      onClick={onTick}
      onKeyDown={onKeyDown}
    >
      {file ? (
        <span className={styles.chevron} />
      ) : (
        <button
          type="button"
          className={styles.chevron}
          tabIndex={-1}
          aria-label={isOpen ? t("Close {name}", { name }) : t("Open {name}", { name })}
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          <Chevron size={16} aria-hidden />
        </button>
      )}
      <span className={styles.box} data-ticked={nTicked > 0 || undefined} aria-hidden>
        {isAll ? <Check size={13} /> : nTicked > 0 ? <Minus size={13} /> : null}
      </span>
      <span className={styles.name}>{name}</span>
      <span className={styles.facts}>{factsOf(node)}</span>
      {file?.isTicked && file.state === "read" && (
        <button
          type="button"
          className={styles.show}
          tabIndex={-1}
          aria-label={t("Show what the model reads of {name}", { name })}
          title={t("Show what the model reads")}
          onClick={(event) => {
            event.stopPropagation();
            onShow(file);
          }}
        >
          <Eye size={15} aria-hidden />
        </button>
      )}
    </div>
  );
}

function factsOf({ file, files, nTicked, tokens }: TreeNode): string {
  // Before it is read the tokens of a file are known by its size only.
  const words = counted(tokens, "token");
  const length = files.some(({ state }) => state !== "read") ? t("about {tokens}", { tokens: words }) : words;
  if (file) return file.state === "reading" ? t("reading…") : length;
  return `${t("{count} of {files}", { count: formatCount(nTicked), files: counted(files.length, "file") })} · ${length}`;
}
