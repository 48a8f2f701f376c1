import type { FolderFile } from "../../../stores/documents/folders/attached-folder";

/** A file, or a folder with all that is in it. */
export interface TreeNode {
  readonly path: string;
  readonly name: string;
  readonly level: number;
  readonly parent: string | undefined;
  /** Absent of a folder. */
  readonly file?: FolderFile;
  readonly children: readonly TreeNode[];
  /** Files in it, at any depth; the file itself. */
  readonly files: readonly FolderFile[];
  readonly nTicked: number;
  /** Tokens of all files in it, ticked or not. */
  readonly tokens: number;
}

/** Files in the order of their paths as a tree; the folder that holds them all is not in it. */
export function treeOf(files: readonly FolderFile[]): readonly TreeNode[] {
  return nodesOf(files, sharedFolders(files).length, 1, undefined);
}

/** The folders that all files are in: "a/b/", or "". */
function sharedFolders(files: readonly FolderFile[]): string {
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
  let shared = folderOf(files[0]?.path ?? "");
  for (const { path } of files) while (!path.startsWith(shared)) shared = folderOf(shared.slice(0, -1));
  return shared;
}

/** @param start  the place in all of the paths at which the names of this level begin */
function nodesOf(
  files: readonly FolderFile[],
  start: number,
  level: number,
  parent: string | undefined,
): readonly TreeNode[] {
  const byName = new Map<string, FolderFile[]>();
  for (const file of files) {
    const end = file.path.indexOf("/", start);
    // A file and a folder may have one name: that of a mail and of the files that came with it.
    const name = file.path.slice(start, end < 0 ? undefined : end + 1);
    const same = byName.get(name);
    if (same) same.push(file);
    else byName.set(name, [file]);
  }
  return [...byName].map(([name, inIt]) => {
    const isFolder = name.endsWith("/");
    const next = start + name.length;
    const path = inIt[0]!.path.slice(0, next);
    return {
      path,
      name: isFolder ? name.slice(0, -1) : name,
      level,
      parent,
      ...(!isFolder && { file: inIt[0]! }),
      children: isFolder ? nodesOf(inIt, next, level + 1, path) : [],
      files: inIt,
      nTicked: inIt.filter(({ isTicked }) => isTicked).length,
      tokens: inIt.reduce((sum, { tokens }) => sum + tokens, 0),
    };
  });
}

/** The nodes that are seen, from above to below. */
export function visibleNodes(nodes: readonly TreeNode[], open: ReadonlySet<string>): readonly TreeNode[] {
  return nodes.flatMap((node) => [node, ...(open.has(node.path) ? visibleNodes(node.children, open) : [])]);
}

/** Folders that are open at first: all of a tree that is short so, else none. */
export function openAtFirst(nodes: readonly TreeNode[], mostRows = 60): ReadonlySet<string> {
  const folders = (some: readonly TreeNode[]): string[] =>
    some.flatMap(({ path, file, children }) => (file ? [] : [path, ...folders(children)]));
  const all = new Set(folders(nodes));
  return visibleNodes(nodes, all).length <= mostRows ? all : new Set();
}

/** The node that a key leads to, from one; undefined for keys that lead nowhere. */
export function nodeAfterKey(
  visible: readonly TreeNode[],
  from: TreeNode,
  key: string,
  isOpen: boolean,
): TreeNode | undefined {
  const at = visible.findIndex(({ path }) => path === from.path);
  switch (key) {
    case "ArrowDown":
      return visible[at + 1];
    case "ArrowUp":
      return visible[at - 1];
    case "Home":
      return visible[0];
    case "End":
      return visible.at(-1);
    case "ArrowLeft":
      return isOpen ? undefined : visible.find(({ path }) => path === from.parent);
    case "ArrowRight":
      return isOpen ? visible[at + 1] : undefined;
    default:
      return undefined;
  }
}
