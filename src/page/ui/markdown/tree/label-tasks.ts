import { textOf, type TreeNode } from "./nodes";

/** A rehype plugin: the box of a task has the task's text for a label. */
export function labelTasks(): (tree: TreeNode) => void {
  const visit = (node: TreeNode, item: TreeNode | undefined) => {
    if (node.tagName === "input")
      node.properties = { ...node.properties, ariaLabel: labelOf(item) || "Task" };
    node.children?.forEach((child) => visit(child, node.tagName === "li" ? node : item));
  };
  return (tree) => visit(tree, undefined);
}

/** The item's own text, without the lists in it. */
function labelOf(item: TreeNode | undefined): string {
  const own = item?.children?.filter(({ tagName }) => tagName !== "ul" && tagName !== "ol") ?? [];
  return own.map(textOf).join("").trim();
}
