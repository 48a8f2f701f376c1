/** Takes what stands in an RTF file, piece by piece. */
export interface RtfHandler {
  begin(): void;
  end(): void;
  /** A word such as `\par` or `\fs24`; signs such as `\~` come as words too. */
  word(name: string, value: number | undefined): void;
  /** A byte in the code page of the font. */
  byte(byte: number): void;
}

const BACKSLASH = 0x5c;
const isLetter = (byte: number) => (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90);
const isDigit = (byte: number) => byte >= 48 && byte <= 57;
/** Words of RTF are shorter. */
const LONGEST_WORD = 32;

/** Splits an RTF file into its groups, words and bytes, in one pass. */
export function readRtf(bytes: Uint8Array, handler: RtfHandler): void {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at++]!;
    if (byte === 0x7b) handler.begin();
    else if (byte === 0x7d) handler.end();
    else if (byte !== BACKSLASH) {
      if (byte >= 32 || byte === 9) handler.byte(byte);
    } else {
      const next = bytes[at++];
      if (next === undefined) return;
      if (next === 0x27) {
        const code = Number.parseInt(String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0), 16);
        if (Number.isNaN(code)) continue;
        handler.byte(code);
        at += 2;
      } else if (!isLetter(next)) handler.word(String.fromCharCode(next), undefined);
      else {
        let end = at;
        while (end < bytes.length && end - at < LONGEST_WORD && isLetter(bytes[end]!)) end++;
        const name = String.fromCharCode(...bytes.subarray(at - 1, end));
        at = end;
        if (bytes[end] === 0x2d || isDigit(bytes[end] ?? 0)) {
          end++;
          while (end < bytes.length && end - at < LONGEST_WORD && isDigit(bytes[end]!)) end++;
        }
        const digits = String.fromCharCode(...bytes.subarray(at, end));
        at = end;
        if (bytes[at] === 32) at++;
        const value = digits === "" ? undefined : Number.parseInt(digits, 10);
        if (name === "bin") at += Math.max(0, value ?? 0);
        else handler.word(name, value);
      }
    }
  }
}
