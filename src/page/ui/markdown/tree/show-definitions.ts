import { textNode, textOf, type TreeNode } from "./nodes";

/**
 * A remark plugin: definitions of links are shown as the sources that they are. Those from other blocks,
 * which stand from `end` on, only define.
 */
export function showDefinitions(end: number): (tree: TreeNode) => void {
  const visit = (node: TreeNode) => {
    if (!node.children) return;
    node.children = node.children.flatMap((child) => {
      const isOwn = (child.position?.start.offset ?? 0) < end;
      if (child.type === "definition") return isOwn ? [child, shown(child)] : [child];
      // A number in brackets is how a model cites.
      if (child.type === "linkReference" && /^\d+$/.test(textOf(child)) && child.label === textOf(child))
        child.children = [textNode(`[${child.label}]`)];
      if (isOwn) visit(child);
      return isOwn ? [child] : [];
    });
  };
  return visit;
}

function shown({ label, url = "", title }: TreeNode): TreeNode {
  const link: TreeNode = { type: "link", url, children: [textNode(url)] };
  const rest = title ? [textNode(` ${title}`)] : [];
  return { type: "paragraph", children: [textNode(`[${label ?? ""}]: `), link, ...rest] };
}
