import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { decodeText } from "../src/documents/text/decode-text";

/** Printed for --help, by run.mjs. */
export const usage = `npm run measure-encodings -- FOLDER

Reads every file of the folder's folders, which are named by encodings as those of chardet's tests are ("Big5",
"windows-1250-czech"), as the app does, and compares the text with what iconv makes of it (Debian's libc-bin). A text
is right if at most one letter in 200 is too many or lacks. Prints how many are right, and the files that are not.`;

const run = promisify(execFile);

/** Names that iconv has otherwise, and supersets under which files of a name are written. */
const iconvNames: Readonly<Record<string, string>> = {
  ascii: "UTF-8",
  big5: "BIG5-HKSCS",
  "euc-jp": "EUC-JP-MS",
  "euc-kr": "CP949",
  gb2312: "GB18030",
  maccyrillic: "MAC-CYRILLIC",
  macroman: "MACINTOSH",
  shift_jis: "CP932",
  "tis-620": "CP874",
  "utf-8-sig": "UTF-8",
};
/**
 * The share of letters in which a right text may differ: signs that tables of one encoding have otherwise.
 */
const MOST_DIFFERENT = 0.005;

export async function main([folder]: string[]): Promise<void> {
  if (folder === undefined) return console.log(usage);
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const nested = paths.filter((path) => dirname(path) !== folder).sort();
  let nRight = 0;
  for (const path of nested) {
    const wanted = await byIconv(path);
    const got = await decodeText(new Uint8Array(await readFile(path)), basename(path)).catch(
      (error: unknown) => ({ text: "", encoding: String(error) }),
    );
    if (wanted !== null && isSame(wanted, got.text)) nRight++;
    else
      console.log(
        `  ${path.slice(folder.length + 1)}: ${wanted === null ? "unknown to iconv" : got.encoding}`,
      );
  }
  const share = ((100 * nRight) / nested.length).toFixed(1);
  console.log(`${nRight} of ${nested.length} right, ${share} %`);
}

async function byIconv(path: string): Promise<string | null> {
  const name = basename(dirname(path)).toLowerCase();
  const encoding = name.replace(/^((?:windows|iso-8859)-\d+)-.*/, "$1");
  const from = iconvNames[encoding] ?? encoding;
  try {
    const { stdout } = await run("iconv", ["-c", "-f", from, "-t", "UTF-8", path], { maxBuffer: 2 ** 28 });
    return stdout;
  } catch (error) {
    // With -c it ends with 1 where letters were left out, and has printed the others.
    const { stdout } = error as { stdout?: string };
    return stdout ? stdout : null;
  }
}

/** Compares how often each letter is there: one that is left out by one side moves the others. */
function isSame(wanted: string, got: string): boolean {
  const left = new Map<string, number>();
  const count = (text: string, step: number) => {
    for (const letter of plain(text)) left.set(letter, (left.get(letter) ?? 0) + step);
  };
  count(wanted, 1);
  count(got, -1);
  const differing = [...left.values()].reduce((sum, n) => sum + Math.abs(n), 0);
  return differing <= MOST_DIFFERENT * wanted.length;
}

/** Bytes 0x80 to 0x9f of windows-1252, which Node 20 reads as controls and browsers as these. */
const c1 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** Text as browsers have it, without what decoders do with bytes that are no letters. */
const plain = (text: string): string =>
  text
    .replace(/^\ufeff/, "")
    .replace(/[\x80-\x9f]/g, (control) => c1[control.charCodeAt(0) - 0x80]!)
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[\ufffd\0]/g, "");
