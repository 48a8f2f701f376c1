/**
 * Mends the list of pages of a damaged PDF: each page that is named there and not in the file becomes
 * an empty one. pdf.js
 * gives up at the first, and with it all pages after it.
 *
 * @returns `null` when there is nothing that can be mended like this
 */
export function withoutMissingPages(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  // A byte a character: offsets in the text are offsets in the file.
  const file = new TextDecoder("latin1").decode(bytes);
  // Pages that are packed into streams are not seen here, so none of them may be called missing.
  if (file.includes("/ObjStm")) return null;
  const there = new Set<string>();
  for (const [, number] of file.matchAll(/(?<!\d)(\d{1,10}) \d{1,5} obj\s*(?=<<|%)/g)) there.add(number!);
  const mended = Uint8Array.from(bytes);
  let nMended = 0;
  for (const kids of file.matchAll(/\/Kids\s*\[([^\]]{1,10000000})\]/g)) {
    const from = kids.index + kids[0].indexOf("[") + 1;
    for (const reference of kids[1]!.matchAll(/(?<!\d)(\d{1,10}) \d{1,5} R/g)) {
      if (there.has(reference[1]!)) continue;
      // A page may stand in the list itself; spaces keep all that follows in its place.
      const page = "<<>>".padEnd(reference[0].length);
      for (let at = 0; at < page.length; at++) mended[from + reference.index + at] = page.charCodeAt(at);
      nMended++;
    }
  }
  return nMended > 0 ? mended : null;
}
