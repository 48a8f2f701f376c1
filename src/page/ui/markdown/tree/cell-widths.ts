import { textOf, type TreeNode } from "./nodes";

/**
 * A rehype plugin: a cell says how long its text is, so that a table which scrolls does not press its columns
 * to their longest words.
 */
export function cellWidths(): (tree: TreeNode) => void {
  const visit = (node: TreeNode) => {
    if (node.tagName === "td" || node.tagName === "th") {
      const { length } = textOf(node);
      if (length > 12) node.properties = { ...node.properties, dataLength: length > 40 ? "long" : "medium" };
    } else node.children?.forEach(visit);
  };
  return visit;
}
