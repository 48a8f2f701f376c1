import { restore, splitAtMarks, type Piece } from "../source/marks";
import { elementNode, textNode, type TreeNode } from "./nodes";

interface Options {
  readonly pieces: readonly Piece[];
  /** Numbers of footnotes by their labels. */
  readonly notes: ReadonlyMap<string, number>;
}

/** Names of the elements that stand for formulas and for references to notes. */
export const formulaName = "formula";
export const noteName = "note-reference";

/**
 * A remark plugin: in text, marks become formulas and references to notes; anywhere else, as in code and
 * addresses, what was written.
 */
export function unmark({ pieces, notes }: Options): (tree: TreeNode) => void {
  const nodeOf = (part: string | Piece): TreeNode => {
    if (typeof part === "string") return textNode(part);
    if (part.kind === "formula") {
      const { source, tex, isDisplay } = part;
      const properties = { dataSource: source, dataTex: tex, dataDisplay: isDisplay ? "" : undefined };
      return elementNode(formulaName, [textNode(source)], properties);
    }
    const number = part.kind === "note" ? notes.get(part.label) : undefined;
    if (number === undefined) return textNode(part.source);
    return elementNode(noteName, [], { dataNumber: String(number) });
  };
  const visit = (node: TreeNode) => {
    for (const key of ["url", "title", "alt", "label", "lang", "meta"] as const)
      if (node[key]) node[key] = restore(node[key], pieces);
    if (node.value !== undefined) node.value = restore(node.value, pieces);
    if (!node.children) return;
    node.children = node.children.flatMap((child) =>
      child.type === "text" ? splitAtMarks(child.value!, pieces).map(nodeOf) : [child],
    );
    for (const child of node.children) if (child.type !== "element-of-html") visit(child);
  };
  return visit;
}
