import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { FolderFile } from "../../../stores/documents/folders/attached-folder";
import { Button } from "../../parts/buttons/Button";
import { t } from "../../../../language/language";
import { FileTreeRow } from "./FileTreeRow";
import { nodeAfterKey, openAtFirst, treeOf, visibleNodes, type TreeNode } from "./file-tree";
import styles from "./FileTree.module.css";

/** Rows that are made at a time: a folder of 20,000 files in one would hold up the page. */
const rowsAtATime = 200;

interface Props {
  files: readonly FolderFile[];
  label: string;
  onTick: (ids: ReadonlySet<number>, isTicked: boolean) => void;
  onShow: (file: FolderFile) => void;
}

/** Files as a tree to tick, by pointer or keyboard: arrows move, Space ticks, Enter opens. */
export function FileTree({ files, label, onTick, onShow }: Props) {
  const tree = useMemo(() => treeOf(files), [files]);
  const [open, setOpen] = useState(() => openAtFirst(tree));
  const [mostRows, setMostRows] = useState(rowsAtATime);
  const [current, setCurrent] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const all = useMemo(() => visibleNodes(tree, open), [tree, open]);
  const visible = all.slice(0, mostRows);
  const focusable = visible.find(({ path }) => path === current) ?? visible[0];

  const toggle = ({ path }: TreeNode) =>
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(path)) after.add(path);
      return after;
    });
  const tick = ({ files: inIt, nTicked }: TreeNode) =>
    onTick(new Set(inIt.map(({ id }) => id)), nTicked < inIt.length);
  const goTo = ({ path }: TreeNode) => {
    setCurrent(path);
    const rows = box.current?.querySelectorAll<HTMLElement>("[data-path]") ?? [];
    [...rows].find((row) => row.dataset["path"] === path)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, node: TreeNode) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isOpen = open.has(node.path);
    const isFolder = node.file === undefined;
    const next = nodeAfterKey(visible, node, event.key, isOpen);
    if (next) goTo(next);
    else if (event.key === " ") tick(node);
    else if (event.key === "Enter" && node.file) onShow(node.file);
    else if (isFolder && (event.key === "Enter" || event.key === (isOpen ? "ArrowLeft" : "ArrowRight")))
      toggle(node);
    else if (!/^(Arrow|Home|End)/.test(event.key)) return;
    event.preventDefault();
  };

  return (
    <>
      <div ref={box} className={styles.tree} role="tree" aria-label={label} aria-multiselectable>
        {visible.map((node) => (
          <FileTreeRow
            key={node.path}
            node={node}
            isOpen={open.has(node.path)}
            isFocusable={node === focusable}
            onTick={() => {
              setCurrent(node.path);
              tick(node);
            }}
            onToggle={() => toggle(node)}
            onShow={onShow}
            onKeyDown={(event) => onKeyDown(event, node)}
          />
        ))}
      </div>
      {all.length > mostRows && (
        <Button look="quiet" onClick={() => setMostRows(mostRows + rowsAtATime)}>
          {t("Show more rows")}
        </Button>
      )}
    </>
  );
}
