import { closeSync, openSync, readSync, writeSync } from "node:fs";

// The 0.8B's header, with a vocabulary of 248,320, is about 5 MB.
const headerBytes = 16 << 20;
const normal = 1;
const unused = 5;

/**
 * Makes a random model of make-model fit for reading ids off a page, by changing its tokenizer in place: the
 * padding tokens ("[PAD271]" is id 271) become ordinary ones, which an answer shows, and the chat template
 * becomes the message alone, so that a prompt can be a few tokens. Weights stay as they are.
 */
export function spellOutIds(path) {
  const file = openSync(path, "r+");
  try {
    const header = Buffer.alloc(headerBytes);
    readSync(file, header, 0, headerBytes, 0);

    // After a key: type (9, array), type of entries (5, i32), count.
    const types = after(header, "tokenizer.ggml.token_type");
    const nTokens = Number(header.readBigUInt64LE(types + 8));
    for (let at = types + 16; at < types + 16 + 4 * nTokens; at += 4)
      if (header.readInt32LE(at) === unused) header.writeInt32LE(normal, at);

    // After a key: type (8, text), length in bytes.
    const template = after(header, "tokenizer.chat_template");
    const length = Number(header.readBigUInt64LE(template + 4));
    const text = "{{- messages[0].content -}}{#- ";
    header.write(text.padEnd(length - 3) + "-#}", template + 12);

    writeSync(file, header, 0, headerBytes, 0);
  } finally {
    closeSync(file);
  }
}

/**
 * The place at which the key's value begins, with its type. A key is stored behind its length, so that no
 * other ends like it.
 */
function after(header, key) {
  const stored = Buffer.alloc(8 + key.length);
  stored.writeBigUInt64LE(BigInt(key.length));
  stored.write(key, 8);
  const at = header.indexOf(stored);
  if (at < 0) throw new Error(`The file's first ${headerBytes} bytes hold no ${key}.`);
  return at + stored.length;
}
