import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

const compressible = /^text\/|javascript|json|svg|wasm/;
/** Below, the answer fits a packet either way; above, waiting for the whole would cost more than it saves. */
const [LEAST_BYTES, MOST_BYTES] = [1024, 8 << 20];

const coders = {
  // 5 of 11: 9 took seven times as long for 2 % of the bytes, and the first visit waits for it.
  br: (bytes) =>
    brotliAsync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  gzip: (bytes) => gzipAsync(bytes, { level: 9 }),
};

/**
 * The coding to answer in: the best that the reader takes, or undefined for the bytes as they are.
 *
 * @param {string | undefined} accepted  the header Accept-Encoding
 * @returns {"br" | "gzip" | undefined}
 */
export function chooseCoding(accepted, type, sizeBytes) {
  if (!compressible.test(type) || sizeBytes < LEAST_BYTES || sizeBytes > MOST_BYTES) return undefined;
  const taken = (accepted ?? "").split(",").map((part) => part.trim().split(/\s*;\s*q=/));
  const takes = (name) => taken.some(([coding, quality = "1"]) => coding === name && Number(quality) > 0);
  return ["br", "gzip"].find(takes);
}

/** A function that compresses a file once for each version of it and coding, and remembers the result. */
export function createCompressor() {
  /** @type {Map<string, { version: string, bytes: Promise<Buffer> }>} */
  const done = new Map();
  return (path, version, coding) => {
    const key = `${coding} ${path}`;
    const known = done.get(key);
    if (known?.version === version) return known.bytes;
    const bytes = readFile(path).then(coders[coding]);
    done.set(key, { version, bytes });
    bytes.catch(() => done.delete(key));
    return bytes;
  };
}
