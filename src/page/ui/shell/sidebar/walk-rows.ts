/**
 * Moves the focus through the rows of a list by a key: ↑ and ↓ to the row beside, Home and End to the ends, →
 * to what stands behind a row and ← back to it.
 *
 * @returns whether the key was one of these
 */
export function walkRows(list: HTMLElement, key: string): boolean {
  const { rows, at, line } = rowsOf(list);
  if (at === -1) return false;
  switch (key) {
    case "ArrowDown":
      rows[at + 1]?.focus();
      return true;
    case "ArrowUp":
      rows[Math.max(0, at - 1)]?.focus();
      return true;
    case "Home":
      rows[0]?.focus();
      return true;
    case "End":
      rows.at(-1)?.focus();
      return true;
    case "ArrowRight":
      line?.querySelector<HTMLElement>("[data-row] ~ button")?.focus();
      return true;
    case "ArrowLeft":
      rows[at]?.focus();
      return true;
    default:
      return false;
  }
}

/** Moves the focus to a row beside, before the one that has it goes. */
export function leaveRow(list: HTMLElement): void {
  const { rows, at } = rowsOf(list);
  (rows[at + 1] ?? rows[at - 1])?.focus();
}

/** The rows of a list, the place of the one that has the focus in it, or -1, and the line it stands in. */
function rowsOf(list: HTMLElement) {
  const line = document.activeElement?.parentElement;
  const rows = [...list.querySelectorAll<HTMLElement>("[data-row]")];
  return { rows, at: rows.findIndex((row) => row.parentElement === line), line };
}
