import { elementNode, textNode, type TreeNode } from "./nodes";

const lineBreak = /^<br\s*\/?>$/i;
const tag = /^<(\/?)(sub|sup|kbd)>$/i;

/**
 * A remark plugin: `<br>`, `<sub>`, `<sup>` and `<kbd>` without attributes do what they say. All other HTML
 * is text.
 */
export function inlineHtml(): (tree: TreeNode) => void {
  const visit = (node: TreeNode) => {
    if (!node.children) return;
    if (node.children.some(({ type }) => type === "html")) node.children = readTags(node.children);
    node.children.forEach(visit);
  };
  return visit;
}

interface Open {
  readonly name: string;
  readonly source: string;
  readonly children: TreeNode[];
}

function readTags(nodes: readonly TreeNode[]): TreeNode[] {
  const open: Open[] = [{ name: "", source: "", children: [] }];
  const put = (...children: TreeNode[]) => open.at(-1)!.children.push(...children);
  for (const node of nodes) {
    const source = node.type === "html" ? node.value! : "";
    const [, slash, name = ""] = tag.exec(source) ?? [];
    if (lineBreak.test(source)) put({ type: "break" });
    else if (slash === "" && open.length < 20) open.push({ name: name.toLowerCase(), source, children: [] });
    else if (slash === "/" && open.at(-1)!.name === name.toLowerCase()) {
      const { children } = open.pop()!;
      put(elementNode(name.toLowerCase(), children));
    } else put(node.type === "html" ? textNode(source) : node);
  }
  // One that does not close is text.
  while (open.length > 1) {
    const { source, children } = open.pop()!;
    put(textNode(source), ...children);
  }
  return open[0]!.children;
}
