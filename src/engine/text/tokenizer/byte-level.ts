/**
 * GPT-2's table between bytes and the characters that stand for them in byte-level tokens: printable Latin-1
 * stands for itself, the other 68 bytes are U+0100 and on, in order.
 */
export const charOfByte: readonly string[] = makeTable();

const byteOfChar: ReadonlyMap<string, number> = new Map(charOfByte.map((char, byte) => [char, byte]));

const utf8 = new TextEncoder();

/**
 * The bytes that a byte-level token stands for. A character outside the table, which no sound file has, is
 * its UTF-8.
 */
export function tokenBytes(token: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of token) {
    const byte = byteOfChar.get(char);
    if (byte === undefined) bytes.push(...utf8.encode(char));
    else bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

function makeTable(): string[] {
  const isPrintable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
}
