/** Windows' numbers of code pages, as TextDecoder names them. */
const labels: Readonly<Record<number, string>> = {
  866: "ibm866",
  874: "windows-874",
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  950: "big5",
  10000: "macintosh",
  10007: "x-mac-cyrillic",
  20866: "koi8-r",
  20932: "euc-jp",
  21866: "koi8-u",
  50220: "iso-2022-jp",
  51949: "euc-kr",
  54936: "gb18030",
  65001: "utf-8",
};

/** A decoder for a code page; Western European for one that browsers do not know. */
export function decoderOf(codePage: number): TextDecoder {
  if (codePage >= 1250 && codePage <= 1258) return new TextDecoder(`windows-${codePage}`);
  if (codePage >= 28591 && codePage <= 28606) return new TextDecoder(`iso-8859-${codePage - 28590}`);
  return new TextDecoder(labels[codePage] ?? "windows-1252");
}

/** Text in a code page of Windows, as old formats keep it. */
export const decodeCodePage = (codePage: number, bytes: Uint8Array): string =>
  decoderOf(codePage).decode(bytes);
