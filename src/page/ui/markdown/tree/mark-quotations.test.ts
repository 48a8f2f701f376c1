import { expect, it } from "vitest";
import { markQuotations } from "./mark-quotations";

interface Tree {
  type: string;
  value?: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Tree[];
}

const text = (value: string): Tree => ({ type: "text", value });
const element = (tagName: string, ...children: Tree[]): Tree => ({
  type: "element",
  tagName,
  properties: {},
  children,
});

/** The tree as tags, quotations in brackets with their number. */
function show(node: Tree): string {
  if (node.value !== undefined) return node.value;
  const inner = (node.children ?? []).map((child) => show(child)).join("");
  const index = node.properties?.["dataQuotation"] as string | undefined;
  if (index !== undefined) return `[${index}: ${inner}]`;
  return node.tagName === "span" ? inner : `<${node.tagName}>${inner}</${node.tagName}>`;
}

it.each([
  [element("p", text("He said “one two” and “three”.")), "<p>He said “[0: one two]” and “[1: three]”.</p>"],
  [
    element("p", text("“one "), element("strong", text("two")), text("”")),
    "<p>“[0: one ]<strong>[0: two]</strong>”</p>",
  ],
  [
    element("ul", element("li", text("a "), element("p", text("three!")))),
    "<ul><li>a <p>[1: three]!</p></li></ul>",
  ],
  [element("p", element("code", text("one two"))), "<p><code>one two</code></p>"],
  [element("p", text("nothing of it")), "<p>nothing of it</p>"],
])("%# is marked where it is shown", (tree, expected) => {
  markQuotations([
    { text: "one **two**", index: 0 },
    { text: "three", index: 1 },
  ])(tree);
  expect(show(tree)).toBe(expected);
});

it("words that are quoted twice are marked twice, behind their marks, over the end of a line too", () => {
  const tree = element("p", text("same words: “same words” and\n“same\nwords”"));
  markQuotations([
    { text: "same words", index: 0 },
    { text: "same words", index: 1 },
  ])(tree);
  expect(show(tree)).toBe("<p>same words: “[0: same words]” and\n“[1: same\nwords]”</p>");
});
