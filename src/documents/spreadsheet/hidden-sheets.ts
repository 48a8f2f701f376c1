import { formatCount } from "../../ground/figures";
import { listed, t, tn, type Sentence } from "../../language/language";

/** Says which sheets were left out; some workbooks have hundreds. */
export function hiddenSheets(titles: readonly string[]): Sentence {
  const shown = titles.slice(0, 5).map((title) => `“${title}”`);
  if (titles.length > shown.length)
    shown.push(t("{nMore} more", { nMore: formatCount(titles.length - shown.length) }));
  const list = listed(shown);
  return tn(
    titles.length,
    "The hidden sheet {list} was left out. Show it in a spreadsheet program and save the file, and it is read.",
    "The hidden sheets {list} were left out. Show them in a spreadsheet program and save the file, and they are read.",
    { list },
  );
}
