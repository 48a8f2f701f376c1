import { textOf, type TreeNode } from "./nodes";

const ownDirection = new Set(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"]);
/** Their parts have a direction of their own, which `dir="auto"` does not look into. */
const ofTheirText = new Set(["ul", "ol", "blockquote", "table"]);
const leftToRight = new Set(["code", "pre", "formula"]);

const firstStrong = /[\p{L}]/u;
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A rehype plugin: every block has the direction of its text, code and formulas run left to right. */
export function directions(): (tree: TreeNode) => void {
  const visit = (node: TreeNode) => {
    const name = node.tagName ?? "";
    const properties = (node.properties ??= {});
    if (ownDirection.has(name)) properties["dir"] = "auto";
    else if (ofTheirText.has(name)) properties["dir"] = directionOf(textOf(node));
    else if (leftToRight.has(name)) properties["dir"] = "ltr";
    node.children?.forEach((child) => {
      if (child.type === "element") visit(child);
    });
  };
  return (tree) => tree.children?.forEach(visit);
}

function directionOf(text: string): "ltr" | "rtl" {
  const [letter = ""] = firstStrong.exec(text) ?? [];
  return rightToLeft.test(letter) ? "rtl" : "ltr";
}
