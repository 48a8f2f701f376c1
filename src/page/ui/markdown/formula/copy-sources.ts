import type { ClipboardEvent } from "react";

/** Copies formulas as they were written: what is drawn would be copied letter by letter, and twice. */
export function copySources(event: ClipboardEvent<HTMLElement>): void {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
  const range = selection.getRangeAt(0).cloneRange();
  const first = formulaAround(range.startContainer);
  const last = formulaAround(range.endContainer);
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const fragment = range.cloneContents();
  const formulas = fragment.querySelectorAll<HTMLElement>("[data-formula]");
  if (formulas.length === 0) return;
  for (const formula of formulas) formula.replaceWith(formula.dataset["formula"]!);
  event.preventDefault();
  const box = document.createElement("div");
  box.append(fragment);
  event.clipboardData.setData("text/html", box.innerHTML);
  event.clipboardData.setData("text/plain", textOf(box));
}

function formulaAround(node: Node): Element | null {
  return (node instanceof Element ? node : node.parentElement)?.closest("[data-formula]") ?? null;
}

/** The text with the line breaks of its blocks, which only a box on the page has. */
function textOf(box: HTMLElement): string {
  box.style.cssText = "position: fixed; inset-inline-start: -9999px; white-space: pre-wrap";
  document.body.append(box);
  const text = box.innerText;
  box.remove();
  return text;
}
