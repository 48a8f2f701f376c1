/** A node of Markdown's or HTML's tree, as far as the plugins of this room read it. */
export interface TreeNode {
  type: string;
  value?: string;
  url?: string;
  title?: string | null;
  alt?: string | null;
  label?: string | null;
  lang?: string | null;
  meta?: string | null;
  tagName?: string;
  properties?: Record<string, unknown>;
  data?: { hName?: string; hProperties?: Record<string, unknown> };
  position?: { start: { offset?: number }; end: { offset?: number } };
  children?: TreeNode[];
}

export const textNode = (value: string): TreeNode => ({ type: "text", value });

/** A node of Markdown that becomes the HTML element of that name. */
export const elementNode = (
  hName: string,
  children: TreeNode[],
  hProperties: Record<string, unknown> = {},
): TreeNode => ({ type: "element-of-html", data: { hName, hProperties }, children });

/** The text of a node and all below it. */
export function textOf(node: TreeNode): string {
  return node.value ?? (node.children ?? []).map(textOf).join("");
}
