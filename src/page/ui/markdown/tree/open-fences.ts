import type { TreeNode } from "./nodes";

const closed = /\n[ \t>]*(?:`{3,}|~{3,})[ \t]*$/;

/** A remark plugin: marks fenced code without an end, since what it says may go on. */
export function openFences(source: string): (tree: TreeNode) => void {
  const visit = (node: TreeNode) => {
    const { start, end } = node.position ?? {};
    if (node.type === "code" && !closed.test(source.slice(start?.offset ?? 0, end?.offset)))
      node.data = { ...node.data, hProperties: { ...node.data?.hProperties, dataOpen: "" } };
    node.children?.forEach(visit);
  };
  return visit;
}
