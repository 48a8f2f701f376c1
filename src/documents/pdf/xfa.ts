import type { PageLine } from "./layout/page-layout";

/** A node of the tree that pdf.js makes of an XFA form, as HTML. */
export interface XfaNode {
  readonly name?: string;
  readonly value?: string | null;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly children?: readonly (XfaNode | null)[];
}

const MOST_NODES = 1e6;

/** The lines of a page that is an XFA form: its captions with the values of their fields. */
export function xfaLines(root: XfaNode): PageLine[] {
  const lines: string[] = [];
  let line = "";
  const end = () => {
    if (line.trim() !== "") lines.push(line.replace(/\s+/g, " ").trim());
    line = "";
  };
  const todo: (XfaNode | (() => void))[] = [root];
  for (let nNodes = 0; todo.length > 0 && nNodes < MOST_NODES; nNodes++) {
    const node = todo.pop()!;
    if (typeof node === "function") {
      node();
      continue;
    }
    const { name = "", value, attributes = {}, children = [] } = node;
    const isBlock = /^(?:div|p|br|li|tr)$/.test(name) && !isInField(attributes);
    if (isBlock) end();
    const own = textOf(name, value, attributes);
    if (own) line += (line !== "" && name !== "#text" ? " " : "") + own;
    if (name === "select") {
      const chosen = children.find((option) => option?.attributes?.["selected"]);
      if (chosen?.value) line += ` ${chosen.value}`;
      continue;
    }
    if (isBlock) todo.push(end);
    for (let at = children.length - 1; at >= 0; at--) if (children[at]) todo.push(children[at]!);
  }
  end();
  return lines.map((text) => ({
    text,
    size: 10,
    isApart: false,
    top: null,
    bottom: null,
    left: 0,
    isFootnote: false,
  }));
}

/** A caption and its value are parts of one field, and one line. */
const isInField = ({ class: classes }: Readonly<Record<string, unknown>>): boolean =>
  Array.isArray(classes) &&
  classes.some((one) =>
    /^xfa(?:Left|Right|Top|Bottom|Caption.*|Textfield|Select|Wrapped|Wrapper)$/.test(String(one)),
  );

function textOf(
  name: string,
  value: string | null | undefined,
  attributes: Readonly<Record<string, unknown>>,
): string {
  if (name === "input") {
    const type = attributes["type"];
    if (type === "checkbox" || type === "radio") return attributes["checked"] ? "[x]" : "[ ]";
    if (type === "button" || type === "password") return "";
    return wordsOf(attributes["value"]);
  }
  if (name === "textarea") return value ?? "";
  if (name === "button" || name === "option") return "";
  return wordsOf(attributes["textContent"]) || (value ?? "");
}

const wordsOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
