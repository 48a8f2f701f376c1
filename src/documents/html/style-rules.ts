/** The classes and ids that a page's own style sheets hide, as far as simple rules say it. */
export class StyleRules {
  readonly #hidden = new Set<string>();

  add(sheet: string): void {
    // Rules for print or for narrow windows are in blocks of their own, and say nothing of others.
    const plain = sheet
      .replace(/\/\*[^]*?\*\//g, "")
      .replace(/@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})/g, "");
    for (const [, selectors, declarations] of plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      const display = /(?:^|;)\s*display\s*:\s*([\w-]+)/i.exec(declarations!)?.[1];
      const visibility = /(?:^|;)\s*visibility\s*:\s*(\w+)/i.exec(declarations!)?.[1];
      if (display === undefined && visibility === undefined) continue;
      const hides = display === "none" || visibility === "hidden";
      for (const selector of selectors!.split(",").map((one) => one.trim())) {
        if (!/^[.#][\w-]+$/.test(selector)) continue;
        if (hides) this.#hidden.add(selector);
        else this.#hidden.delete(selector);
      }
    }
  }

  hides({ id, class: names }: Readonly<Record<string, string>>): boolean {
    if (this.#hidden.size === 0) return false;
    if (id !== undefined && this.#hidden.has(`#${id}`)) return true;
    return names !== undefined && names.split(/\s+/).some((name) => this.#hidden.has(`.${name}`));
  }
}
