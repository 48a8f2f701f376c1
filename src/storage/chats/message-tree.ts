/**
 * Which message of a conversation follows which. A question that was edited, or an answer that was made anew,
 * stands beside the one before it under the same parent; of those one is shown.
 */
export interface MessageTree {
  /** Under a message's id those that follow it, in the order they were made; under `ROOT` the first ones. */
  readonly children: Readonly<Record<string, readonly string[]>>;
  /** Under the same keys, the child that is shown. */
  readonly shown: Readonly<Record<string, string>>;
}

/** The id that the first messages stand under. */
export const ROOT = "";

export const emptyTree: MessageTree = { children: {}, shown: {} };

/** Each message follows the one before it, as in conversations stored before there were branches. */
export function linearTree(ids: readonly string[]): MessageTree {
  const links = ids.map((id, i) => [ids[i - 1] ?? ROOT, id] as const);
  return {
    children: Object.fromEntries(links.map(([parent, id]) => [parent, [id]])),
    shown: Object.fromEntries(links),
  };
}

/** Adds `id` under `parent` as the newest of its versions, and shows it. */
export function addChild(tree: MessageTree, parent: string, id: string): MessageTree {
  return {
    children: { ...tree.children, [parent]: [...(tree.children[parent] ?? []), id] },
    shown: { ...tree.shown, [parent]: id },
  };
}

/** Removes a message that nothing follows; the version before it is shown in its place. */
export function removeLeaf(tree: MessageTree, id: string): MessageTree {
  if (hasChildren(tree, id)) throw new RangeError(`Message ${id} is followed by others.`);
  const parent = parentOf(tree, id);
  if (parent === undefined) return tree;
  const rest = tree.children[parent]!.filter((child) => child !== id);
  const next = rest[Math.max(0, tree.children[parent]!.indexOf(id) - 1)];
  const { [parent]: _children, ...children } = tree.children;
  const { [parent]: before, ...shown } = tree.shown;
  if (next === undefined) return { children, shown };
  return {
    children: { ...children, [parent]: rest },
    shown: { ...shown, [parent]: before === id ? next : before! },
  };
}

/** Removes a message with all that follows it; the version before it is shown in its place. */
export function removeBranch(tree: MessageTree, id: string): MessageTree {
  const gone = idsBelow(tree, id);
  const kept = <Value>(entries: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(entries).filter(([parent]) => !gone.includes(parent)));
  return removeLeaf({ children: kept(tree.children), shown: kept(tree.shown) }, id);
}

/** The message and all that follow it, on every branch. */
export function idsBelow(tree: MessageTree, id: string): readonly string[] {
  const ids = [id];
  for (let at = 0; at < ids.length; at++) ids.push(...(tree.children[ids[at]!] ?? []));
  return ids;
}

/** `tree` with what `other` has besides; shows what `tree` shows where both have it. */
export function mergeTrees(tree: MessageTree, other: MessageTree): MessageTree {
  const children: Record<string, readonly string[]> = { ...tree.children };
  for (const [parent, below] of Object.entries(other.children))
    children[parent] = [...new Set([...(children[parent] ?? []), ...below])];
  return { children, shown: { ...other.shown, ...tree.shown } };
}

/** The same tree of messages that have other ids. */
export function renamed(tree: MessageTree, idOf: (id: string) => string): MessageTree {
  const key = (id: string) => (id === ROOT ? ROOT : idOf(id));
  return {
    children: Object.fromEntries(
      Object.entries(tree.children).map(([parent, below]) => [key(parent), below.map(idOf)]),
    ),
    shown: Object.fromEntries(Object.entries(tree.shown).map(([parent, id]) => [key(parent), idOf(id)])),
  };
}

/** Shows `id`, whichever versions have to be shown for it. */
export function showPathTo(tree: MessageTree, id: string): MessageTree {
  return [...pathTo(tree, id), id].reduce(showVersion, tree);
}

/** Shows `id` among its versions, with what was shown below it before. */
export function showVersion(tree: MessageTree, id: string): MessageTree {
  const parent = parentOf(tree, id);
  return parent === undefined ? tree : { ...tree, shown: { ...tree.shown, [parent]: id } };
}

/** The messages on screen, from the first to the last. */
export function shownPath(tree: MessageTree): readonly string[] {
  const path: string[] = [];
  for (let at = tree.shown[ROOT]; at !== undefined; at = tree.shown[at]) path.push(at);
  return path;
}

/** The messages before `id`, from the first on. */
export function pathTo(tree: MessageTree, id: string): readonly string[] {
  const path: string[] = [];
  for (let at = parentOf(tree, id); at !== undefined && at !== ROOT; at = parentOf(tree, at))
    path.unshift(at);
  return path;
}

export const allIds = (tree: MessageTree): readonly string[] => Object.values(tree.children).flat();

export const hasChildren = (tree: MessageTree, id: string): boolean => (tree.children[id]?.length ?? 0) > 0;

/** `undefined` for a message that is not in the tree. */
export function parentOf(tree: MessageTree, id: string): string | undefined {
  return Object.keys(tree.children).find((parent) => tree.children[parent]!.includes(id));
}
