import type { Page } from "@playwright/test";

/**
 * The faults of where things lie: text that its box cuts off, controls outside of the window, and
 * controls over one another. What scrolls, and what ends in dots on purpose, may be longer than its box.
 */
export const layoutFaults = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const faults: string[] = [];
    const isSeen = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.getBoundingClientRect().width > 2 &&
      element.getBoundingClientRect().height > 2;
    const name = (element: Element) => {
      const words = (element.getAttribute("aria-label") ?? element.textContent).replace(/\s+/g, " ").trim();
      return `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${words.slice(0, 60)}`;
    };
    const scrolls = (element: Element) =>
      /auto|scroll/.test(getComputedStyle(element).overflowX + getComputedStyle(element).overflowY);
    const inScroller = (element: Element): boolean =>
      element.parentElement !== null && (scrolls(element.parentElement) || inScroller(element.parentElement));

    const panelOf = (element: Element) => element.closest("aside, nav, [role=complementary]");
    /** The part of its box that what scrolls around it leaves to be seen. */
    const shownBox = (element: Element) => {
      let { left, top, right, bottom } = element.getBoundingClientRect();
      for (let up = element.parentElement; up; up = up.parentElement) {
        if (!scrolls(up)) continue;
        const view = up.getBoundingClientRect();
        left = Math.max(left, view.left);
        top = Math.max(top, view.top);
        right = Math.min(right, view.right);
        bottom = Math.min(bottom, view.bottom);
      }
      return { left, top, right, bottom };
    };

    const dialog = [...document.querySelectorAll('[role="dialog"],[role="alertdialog"]')]
      .filter(isSeen)
      .at(-1);
    const root = dialog ?? document.body;
    for (const element of root.querySelectorAll("*")) {
      if (!isSeen(element) || element.closest("svg, .katex, [aria-hidden=true]")) continue;
      const style = getComputedStyle(element);
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === 3 && node.textContent!.trim() !== "",
      );
      const isCut = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const isCutBelow =
        /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 2;
      const hasDots = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
      if (hasText && (isCut || isCutBelow) && !hasDots) faults.push(`cut off: ${name(element)}`);
    }
    const controls = [
      ...root.querySelectorAll("button, a[href], input, select, textarea, [role=tab]"),
    ].filter((element) => isSeen(element) && getComputedStyle(element).pointerEvents !== "none");
    for (const control of controls) {
      const { left, right } = control.getBoundingClientRect();
      if ((left < -1 || right > innerWidth + 1) && !inScroller(control))
        faults.push(`outside: ${name(control)}`);
    }
    for (const [at, one] of controls.entries())
      for (const other of controls.slice(at + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        // the document lies over the page and over the list of chats
        if (panelOf(one) !== panelOf(other)) continue;
        const [a, b] = [shownBox(one), shownBox(other)];
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (width <= 3 || height <= 3) continue;
        // of two that lie on each other, only what can be pressed there counts
        const x = (Math.max(a.left, b.left) + Math.min(a.right, b.right)) / 2;
        const y = (Math.max(a.top, b.top) + Math.min(a.bottom, b.bottom)) / 2;
        const pressed = document.elementFromPoint(x, y);
        const isReal = (element: Element) => element === pressed || element.contains(pressed);
        if (isReal(one) || isReal(other)) faults.push(`on each other: ${name(one)} and ${name(other)}`);
      }
    return faults;
  });
