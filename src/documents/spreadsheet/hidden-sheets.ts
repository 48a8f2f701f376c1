import { formatCount } from "../../ground/figures";

/** Says which sheets were left out; some workbooks have hundreds. */
export function hiddenSheets(titles: readonly string[]): string {
  const shown = titles.slice(0, 5).map((title) => `“${title}”`);
  if (titles.length > shown.length) shown.push(`${formatCount(titles.length - shown.length)} more`);
  const list = new Intl.ListFormat("en").format(shown);
  return titles.length === 1
    ? `The hidden sheet ${list} was left out. Show it in a spreadsheet program and save the file, and it is read.`
    : `The hidden sheets ${list} were left out. Show them in a spreadsheet program and save the file, and they are read.`;
}
