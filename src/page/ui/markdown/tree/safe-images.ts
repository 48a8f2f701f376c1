import type { TreeNode } from "./nodes";

/**
 * A remark plugin: images become links with their alternative text, so that showing an answer fetches
 * nothing; inside a link, the text alone.
 */
export function safeImages(): (tree: TreeNode) => void {
  return (tree) => visit(tree, false);
}

function visit(node: TreeNode, isInLink: boolean): void {
  node.children?.forEach((child) => {
    if (child.type === "image" || child.type === "imageReference") {
      const text: TreeNode = { type: "text", value: child.alt || "image" };
      if (isInLink) Object.assign(child, text);
      else
        Object.assign(child, { type: child.type === "image" ? "link" : "linkReference", children: [text] });
    }
    visit(child, isInLink || child.type === "link" || child.type === "linkReference");
  });
}
