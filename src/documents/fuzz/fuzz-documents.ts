import { formatBytes } from "../../ground/figures";
import * as fc from "fast-check";
import { strToU8, unzipSync, zipSync } from "fflate";
import { AppError } from "../../ground/errors";
import { joined } from "../archive/unpack";
import { isZip, unpackFiles } from "../containers";
import { readDocument } from "../read-document";
import type { Seed } from "./seeds";

/** The time that one case may take: a small file takes some milliseconds, the first of PDF a second. */
const usualMaxMs = 5000;
/** The memory that the process may grow by. */
const maxGrownBytes = 1.5e9;

type Mutation = (bytes: Uint8Array) => Uint8Array;

const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (bytes: Uint8Array, share: number) => Math.floor(share * bytes.length);
const span = fc.tuple(place, fc.double({ min: 0, max: 0.2, noNaN: true }));
const spanOf = (bytes: Uint8Array, [from, share]: readonly [number, number]) =>
  [at(bytes, from), Math.min(bytes.length, at(bytes, from + share) + 1)] as const;

/** Pieces that mean something to one reader or another. */
const words = [
  ..."< > </ <!-- ]]> & &amp; &#x110000; &#0; \" ' { } [ ] \\ \\' \\u-1? \\bin999999999 \\u55296? % ( )".split(
    " ",
  ),
  ..."-1 0 1 2147483648 99999999999 1e999 NaN null true \u0000 \ud800 \ufffe".split(" "),
  ...[
    '<a b="c">',
    "</w:p>",
    "<w:p>",
    "<table>",
    "</table>",
    "<text:p>",
    "<text:list>",
    "<!ENTITY x 'y'>",
    "&x;",
  ],
  ...[
    "\r\n\r\n",
    "--b\r\n",
    "obj",
    "endobj",
    "stream",
    "/Kids",
    "/Parent",
    "/Length",
    "/Prev",
    "q ",
    "BT ",
    "Tj ",
  ],
  ...['":', '{"cells":', "--> ", "Content-Type: ", "=?utf-8?b?", '="999999"', '="-1"', '="1000000000"'],
];

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(([share, value]): Mutation => (bytes) => {
    const changed = bytes.slice();
    if (changed.length > 0) changed[Math.min(at(bytes, share), bytes.length - 1)] = value;
    return changed;
  }),
  fc.tuple(place, fc.constantFrom(...words)).map(
    ([share, word]): Mutation =>
      (bytes) =>
        concat(bytes.subarray(0, at(bytes, share)), strToU8(word), bytes.subarray(at(bytes, share))),
  ),
  // In the place of a number, where counts and references are.
  fc
    .tuple(place, fc.constantFrom("0", "-1", "7", "65536", "1000000000", "99999999999999999999"))
    .map(([share, value]): Mutation => (bytes) => {
      const start = bytes.findIndex((byte, n) => n >= at(bytes, share) && isDigit(byte));
      if (start < 0) return bytes;
      const length = bytes.subarray(start).findIndex((byte) => !isDigit(byte));
      return concat(bytes.subarray(0, start), strToU8(value), bytes.subarray(start + Math.max(1, length)));
    }),
  span.map((chosen): Mutation => (bytes) => {
    const [from, to] = spanOf(bytes, chosen);
    return concat(bytes.subarray(0, from), bytes.subarray(to));
  }),
  // Deep in itself, or many times over.
  fc.tuple(span, fc.integer({ min: 2, max: 3000 })).map(([chosen, times]): Mutation => (bytes) => {
    const [from, to] = spanOf(bytes, chosen);
    const piece = bytes.subarray(from, to);
    const most = Math.max(1, Math.min(times, Math.floor(300_000 / Math.max(1, piece.length))));
    return concat(bytes.subarray(0, from), ...Array.from({ length: most }, () => piece), bytes.subarray(to));
  }),
  fc.tuple(span, place).map(([chosen, share]): Mutation => (bytes) => {
    const [from, to] = spanOf(bytes, chosen);
    return concat(
      bytes.subarray(0, at(bytes, share)),
      bytes.subarray(from, to),
      bytes.subarray(at(bytes, share)),
    );
  }),
  place.map(
    (share): Mutation =>
      (bytes) =>
        bytes.slice(0, at(bytes, share)),
  ),
);

const concat = (...parts: readonly Uint8Array[]) => joined(parts);
const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;

/** Mutates a part of an archive, which its compression would hide, or else the bytes as they are. */
function mutated(seed: Seed, mutations: readonly Mutation[], share: number, isInside: boolean): Uint8Array {
  const mutate = (bytes: Uint8Array) => mutations.reduce((changed, change) => change(changed), bytes);
  if (!isInside || !isZip(seed.bytes)) return mutate(seed.bytes);
  const parts = Object.entries(unzipSync(seed.bytes)).filter(([path]) => !path.endsWith("/"));
  const chosen = Math.min(parts.length - 1, Math.floor(share * parts.length));
  return zipSync(
    Object.fromEntries(parts.map(([path, part], n) => [path, n === chosen ? mutate(part) : part])),
    { level: 1 },
  );
}

/**
 * Reads `nCases` of a mutated real file. Each must end in a text or in an error that says what is so and what
 * to do, in time and without much memory.
 *
 * @param onCase  told of each before it is read: one that does not end is the last that was told
 */
export async function fuzzDocuments(
  seed: Seed,
  nCases: number,
  randomSeed: number,
  onCase?: (n: number, bytes: Uint8Array) => void,
  maxMs = usualMaxMs,
): Promise<{ readonly refused: number; readonly slowestMs: number }> {
  let [n, refused, slowestMs] = [0, 0, 0];
  // The seed as it is, first: the time to load its reader is not the first case's.
  await readAll(seed.bytes, seed.name);
  const startBytes = process.memoryUsage().rss;
  const cases = fc.tuple(fc.array(mutation, { minLength: 1, maxLength: 4 }), place, fc.boolean());
  await fc.assert(
    fc.asyncProperty(cases, async ([mutations, share, isInside]) => {
      const bytes = Uint8Array.from(mutated(seed, mutations, share, isInside));
      onCase?.(n++, bytes);
      // CPU time: on a machine with other work a case of 0.7 s took 8 by the clock.
      const before = process.cpuUsage();
      const error = await readAll(bytes, seed.name);
      const { user, system } = process.cpuUsage(before);
      const elapsedMs = (user + system) / 1000;
      slowestMs = Math.max(slowestMs, elapsedMs);
      if (error) refused++;
      if (elapsedMs > maxMs)
        throw new Error(`One case took ${elapsedMs.toFixed(0)} ms of CPU; ${maxMs} are allowed.`);
      const grown = process.memoryUsage().rss - startBytes;
      if (grown > maxGrownBytes) throw new Error(`The process grew by ${formatBytes(grown)}.`);
    }),
    { numRuns: nCases, seed: randomSeed, endOnFailure: true },
  );
  return { refused, slowestMs };
}

/** Reads a file and what is in it. @returns what it was refused with */
async function readAll(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<AppError | undefined> {
  try {
    const file = new File([bytes], name);
    const { document } = await readDocument({ kind: "file", file, name });
    if (document.starts.length === 0 || document.starts.some((start) => start > document.text.length))
      throw new Error(`Parts begin beyond the text: ${document.starts.slice(-3).join(", ")}`);
    await unpackFiles(bytes, name);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "document-archive") {
      await unpackFiles(bytes, name).catch((cause: unknown) => checked(cause));
      return error;
    }
    return checked(error);
  }
}

/** An error for people: of this app, with what to do, and without the inside of a program. */
function checked(error: unknown): AppError {
  if (!(error instanceof AppError)) throw error;
  if (error.hint === "") throw new Error(`The error says nothing to do: ${error.message}`, { cause: error });
  if (
    /undefined|NaN|\[object|is not a function|Cannot read|stack size/.test(error.message) ||
    error.message.length > 500
  )
    throw new Error(`The error is no sentence for people: ${error.message.slice(0, 300)}`, { cause: error });
  return error;
}
