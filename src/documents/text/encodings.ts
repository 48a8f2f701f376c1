/**
 * The encodings a text file can be read in, by TextDecoder's label (UTF-32, IBM855 and ISO-2022-KR by code of
 * ours), with the words people know them by. The page offers them where the right one was not found.
 */
export const encodings = {
  "utf-8": "Unicode (UTF-8)",
  "utf-16le": "Unicode (UTF-16, little endian)",
  "utf-16be": "Unicode (UTF-16, big endian)",
  "utf-32le": "Unicode (UTF-32, little endian)",
  "utf-32be": "Unicode (UTF-32, big endian)",
  "windows-1252": "Western European (Windows-1252)",
  "iso-8859-15": "Western European (ISO 8859-15)",
  macintosh: "Western European (Mac Roman)",
  "windows-1250": "Central European (Windows-1250)",
  "iso-8859-2": "Central European (ISO 8859-2)",
  "windows-1251": "Cyrillic (Windows-1251)",
  "koi8-r": "Cyrillic (KOI8-R)",
  "koi8-u": "Ukrainian (KOI8-U)",
  "iso-8859-5": "Cyrillic (ISO 8859-5)",
  "x-mac-cyrillic": "Cyrillic (Mac)",
  ibm866: "Cyrillic (DOS 866)",
  ibm855: "Cyrillic (DOS 855)",
  "windows-1253": "Greek (Windows-1253)",
  "iso-8859-7": "Greek (ISO 8859-7)",
  "windows-1254": "Turkish (Windows-1254)",
  "iso-8859-3": "Esperanto, Maltese (ISO 8859-3)",
  "windows-1255": "Hebrew (Windows-1255)",
  "iso-8859-8": "Hebrew, as displayed (ISO 8859-8)",
  "iso-8859-8-i": "Hebrew (ISO 8859-8)",
  "windows-1256": "Arabic (Windows-1256)",
  "iso-8859-6": "Arabic (ISO 8859-6)",
  "windows-1257": "Baltic (Windows-1257)",
  "iso-8859-4": "Baltic (ISO 8859-4)",
  "iso-8859-10": "Nordic (ISO 8859-10)",
  "iso-8859-13": "Baltic (ISO 8859-13)",
  "iso-8859-14": "Celtic (ISO 8859-14)",
  "windows-1258": "Vietnamese (Windows-1258)",
  "windows-874": "Thai (Windows-874)",
  gbk: "Simplified Chinese (GBK)",
  gb18030: "Simplified Chinese (GB 18030)",
  big5: "Traditional Chinese (Big5)",
  shift_jis: "Japanese (Shift JIS)",
  "euc-jp": "Japanese (EUC-JP)",
  "iso-2022-jp": "Japanese (ISO-2022-JP)",
  "euc-kr": "Korean (EUC-KR)",
  "iso-2022-kr": "Korean (ISO-2022-KR)",
} as const;

export type Encoding = keyof typeof encodings;

export const isEncoding = (name: string): name is Encoding => Object.hasOwn(encodings, name);

/** The encoding that a file calls `label`, by the Encoding Standard's list of labels. */
export function encodingOf(label: string): Encoding | undefined {
  const name = label.trim().toLowerCase();
  if (isEncoding(name)) return name;
  if (/^(?:cp|ibm)?-?855$/.test(name)) return "ibm855";
  try {
    const { encoding } = new TextDecoder(name);
    return isEncoding(encoding) ? encoding : undefined;
  } catch {
    return undefined; // a name that no browser knows
  }
}

/** The text of `bytes`. What is not of the encoding becomes U+FFFD. */
export function decodeAs(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === "utf-32le" || encoding === "utf-32be") return decodeUtf32(bytes, encoding === "utf-32le");
  if (encoding === "iso-2022-kr") return decodeIso2022Kr(bytes);
  return encoding === "ibm855" ? decodeIbm855(bytes) : new TextDecoder(encoding).decode(bytes);
}

function decodeUtf32(bytes: Uint8Array, isLittleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += 32_768) {
    const end = Math.min(start + 32_768, bytes.length);
    const points: number[] = [];
    for (let at = start; at + 4 <= end; at += 4) {
      const point = view.getUint32(at, isLittleEndian);
      points.push(point <= 0x10ffff ? point : 0xfffd);
    }
    pieces.push(String.fromCodePoint(...points));
  }
  if (bytes.length % 4 !== 0) pieces.push("\ufffd");
  return pieces.join("").replace(/^\ufeff/, "");
}

/** Bytes 0x80 to 0xff of IBM's code page 855, as the Unicode consortium maps them. */
const ibm855 =
  "ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪ" +
  "аАбБцЦдДеЕфФгГ«»░▒▓│┤хХиИ╣║╗╝йЙ┐" +
  "└┴┬├─┼кК╚╔╩╦╠═╬¤лЛмМнНоОп┘┌█▄Пя▀" +
  "ЯрРсСтТуУжЖвВьЬ№\u00adыЫзЗшШэЭщЩчЧ§■\u00a0";

function decodeIbm855(bytes: Uint8Array): string {
  const units = Uint16Array.from(bytes, (byte) => (byte < 0x80 ? byte : ibm855.charCodeAt(byte - 0x80)));
  return new TextDecoder("utf-16le").decode(units);
}

const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;

/** Korean mail of before Unicode: the letters of EUC-KR in seven bits, between "shift out" and "shift in". */
function decodeIso2022Kr(bytes: Uint8Array): string {
  const eightBits = new Uint8Array(bytes.length);
  let [length, isShifted] = [0, false];
  for (const byte of bytes) {
    if (byte === SHIFT_OUT || byte === SHIFT_IN) isShifted = byte === SHIFT_OUT;
    else {
      if (byte === 0x0a) isShifted = false; // each line begins in ASCII
      eightBits[length++] = isShifted && byte > 0x20 ? byte | 0x80 : byte;
    }
  }
  const text = new TextDecoder("euc-kr").decode(eightBits.subarray(0, length));
  return text.replaceAll("\x1b$)C", "");
}
