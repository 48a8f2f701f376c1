import type { PieceMemory } from "../../../ground/read-blob";
import { DownloadError, FileChangedError } from "../../../ground/errors";
import { allowedUrl, connect, fileNameOf, isWebPage, piecesOf, refuse, request } from "./connections";
import {
  checkRange,
  checkStart,
  declaredSize,
  endedEarly,
  refuseSizeless,
  totalOf,
  versionOf,
  webPage,
} from "./http-answers";
import { recognisedBytes } from "../bytes/not-a-model";
import type { RemoteFile } from "./http-source";
import { pauseBeforeRetry } from "./retry-pause";
import { t } from "../../../language/language";

export type Pieces = AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;

/** A file on a server that is about to come. */
export interface Download extends RemoteFile {
  /** The server's name for this state of the file; null where it does not tell other pages. */
  readonly version: string | null;
  /** True when the server gives ranges; if not, only one reader at a time makes sense. */
  readonly hasRanges: boolean;
  /**
   * Bytes [start, end), each piece to be used before the next is asked for. A connection that breaks is made
   * again, and goes on where it stopped.
   *
   * Rejects with DownloadError when that did not help, FileChangedError when the server has another file now,
   * CancelledError.
   */
  pieces(start: number, end: number, signal?: AbortSignal, memory?: PieceMemory): Pieces;
  /** Ends what is still on its way without being read. */
  close(): Promise<void>;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called when a connection is to be made again after a pause, and with false once bytes come again. */
  readonly onRetry?: ((isWaiting: boolean) => void) | undefined;
  /** The pauses after failures in a row, about half a minute in all; then it is given up. */
  readonly retryDelaysMs?: readonly number[];
  /**
   * The number of pauses that are made to open it: 2 unless said otherwise, as an address that is wrong fails
   * in the same way. Infinity: all.
   */
  readonly openingRetries?: number;
}

const LONGEST_OPENING_MS = 5000;
const usualDelaysMs = [500, 1000, 2000, 4000, 8000, 16_000];

/**
 * Opens a model file on a server, at a second or third try where a failure may pass. Its first bytes have
 * been looked at when this resolves.
 *
 * @throws DownloadError     when there is no such file, a web page in its place, or the server does not tell
 *   its size
 * @throws ModelFormatError  when it does not start as a model file
 */
export async function openDownload(address: string, options: DownloadOptions = {}): Promise<Download> {
  const { onRetry, retryDelaysMs = usualDelaysMs, openingRetries = 2, signal } = options;
  const url = allowedUrl(address);
  const startedAt = performance.now();
  /** A person waits, and can try again: not where that would take long. */
  const isTooLong = ({ retryAfterMs }: DownloadError) =>
    openingRetries !== Infinity &&
    (retryAfterMs > LONGEST_OPENING_MS ||
      performance.now() - startedAt > LONGEST_OPENING_MS ||
      (globalThis.navigator as Partial<Navigator> | undefined)?.onLine === false);
  for (let failures = 0; ;) {
    try {
      const download = await openOnce(url, options);
      if (failures > 0) onRetry?.(false);
      return download;
    } catch (error) {
      const delayMs = retryDelaysMs.slice(0, openingRetries)[failures++];
      if (error instanceof DownloadError && isTooLong(error)) throw error;
      await pauseAfter(error, delayMs, onRetry, signal);
    }
  }
}

/**
 * Waits until it may be tried again. Throws the error instead where it does not pass, or no pause is left.
 */
async function pauseAfter(
  error: unknown,
  delayMs: number | undefined,
  onRetry: DownloadOptions["onRetry"],
  signal: AbortSignal | undefined,
): Promise<void> {
  if (delayMs === undefined || !(error instanceof DownloadError && error.mayPass)) throw error;
  onRetry?.(true);
  await pauseBeforeRetry(delayMs, error.retryAfterMs, signal);
}

async function openOnce(url: URL, options: DownloadOptions): Promise<Download> {
  const abort = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, abort.signal]) : abort.signal;
  try {
    const first = await request(url, { range: [0, recognisedBytes], signal });
    const total = first.status === 206 ? totalOf(first) : undefined;
    if (total !== undefined) {
      await checkRange(url, first, 0);
      const beginning = piecesOf(first, url, signal);
      checkStart(url, first, await firstBytes(beginning, recognisedBytes), total);
      await beginning.return();
      return new HttpDownload(url, total, versionOf(first), undefined, options);
    }
    if (!first.ok && first.status !== 416) await refuse(url, first);
    // It knows no ranges, gives none of an empty file, or does not tell other pages how long the whole is.
    const isWhole = first.status === 200;
    if (!isWhole) await first.body?.cancel();
    const whole = isWhole ? first : await connect(url, { signal });
    const sizeBytes = declaredSize(whole) ?? (await refuseSizeless(url, whole));
    const rest = piecesOf(whole, url, signal);
    const start = await firstBytes(rest, recognisedBytes);
    checkStart(url, whole, start, sizeBytes);
    return new HttpDownload(url, sizeBytes, versionOf(whole), { start, rest, abort }, options);
  } catch (error) {
    abort.abort();
    throw error;
  }
}

/** The whole file on its way, its first bytes already taken. */
interface Stream {
  readonly start: Uint8Array<ArrayBuffer>;
  readonly rest: Pieces;
  readonly abort: AbortController;
}

class HttpDownload implements Download {
  readonly fileName: string;
  readonly host: string;
  readonly sizeBytes: number;
  readonly version: string | null;
  readonly hasRanges: boolean;
  readonly #url: URL;
  readonly #options: DownloadOptions;
  /** From a server without ranges. */
  readonly #stream: Stream | undefined;
  #isStreamTaken = false;

  constructor(
    url: URL,
    sizeBytes: number,
    version: string | null,
    stream: Stream | undefined,
    options: DownloadOptions,
  ) {
    this.fileName = fileNameOf(url);
    this.host = url.host;
    this.sizeBytes = sizeBytes;
    this.version = version;
    this.hasRanges = stream === undefined;
    this.#url = url;
    this.#stream = stream;
    this.#options = options;
  }

  async *pieces(start: number, end: number, signal?: AbortSignal, memory?: PieceMemory): Pieces {
    const { onRetry, retryDelaysMs = usualDelaysMs } = this.#options;
    let failures = 0;
    for (let at = start; at < end;) {
      try {
        for await (const piece of this.#connection(at, end, signal, memory)) {
          at += piece.length;
          if (failures > 0) onRetry?.(false);
          failures = 0;
          yield piece;
        }
        if (at < end) throw endedEarly(this.host, at, this.sizeBytes);
      } catch (error) {
        await pauseAfter(error, retryDelaysMs[failures++], onRetry, signal);
      }
    }
  }

  close(): Promise<void> {
    this.#stream?.abort.abort();
    return Promise.resolve();
  }

  /** Bytes from `at` on, as far as one connection brings them, but not beyond `end`. */
  async *#connection(at: number, end: number, signal?: AbortSignal, memory?: PieceMemory): Pieces {
    const { pieces, start } = await this.#connect(at, end, signal, memory);
    let from = start;
    for await (const piece of pieces) {
      const wanted = piece.subarray(Math.max(0, at - from), end - from);
      from += piece.length;
      if (wanted.length > 0) yield wanted;
      // A range is read to the end of its stream: Chromium (156) gives the memory of one that is cancelled
      // just before it back much later, 8 MB for each (docs/benchmarks.md).
      if (from > end || (from === end && !this.hasRanges)) return;
    }
  }

  /** @returns pieces that begin at `start`, which is `at` or, of a server without ranges, 0 */
  async #connect(at: number, end: number, signal?: AbortSignal, memory?: PieceMemory) {
    if (this.#stream && !this.#isStreamTaken) {
      this.#isStreamTaken = true;
      const { start, rest, abort } = this.#stream;
      signal?.addEventListener("abort", () => abort.abort());
      return { pieces: withStart(start, rest), start: 0 };
    }
    const range = this.hasRanges ? ([at, end] as const) : undefined;
    const response = await request(this.#url, {
      ...(range && { range, isRangeNeeded: true }),
      signal,
    });
    const isRange = response.status === 206;
    // Some servers call every file a page; one of another size is a page.
    if (response.status === 200 && isWebPage(response) && declaredSize(response) !== this.sizeBytes) {
      await response.body?.cancel().catch(() => undefined);
      throw webPage(this.#url, true);
    }
    const sizeBytes = isRange || response.status === 416 ? totalOf(response) : declaredSize(response);
    const version = response.ok ? versionOf(response) : this.version;
    const isOther =
      (sizeBytes !== undefined && sizeBytes !== this.sizeBytes && (response.ok || response.status === 416)) ||
      (version !== null && this.version !== null && version !== this.version);
    if (isOther) {
      await response.body?.cancel();
      throw changed(this);
    }
    if (!response.ok) await refuse(this.#url, response);
    if (isRange) await checkRange(this.#url, response, at);
    return { pieces: piecesOf(response, this.#url, signal, memory), start: isRange ? at : 0 };
  }
}

/** The error of a file that is not the one whose parts are stored. */
export function changed({ fileName, host }: RemoteFile): FileChangedError {
  return new FileChangedError(
    t("“{fileName}” on {host} is another file now than when its download began.", { fileName, host }),
    {
      hint: t(
        "Start over to get the new one. What came of the old one is then deleted; nothing of the two is mixed.",
      ),
    },
  );
}

/** At least `length` bytes, or all there are. */
async function firstBytes(pieces: Pieces, length: number): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = new Uint8Array(0);
  while (bytes.length < length) {
    const next = await pieces.next();
    if (next.done) break;
    const joined = new Uint8Array(bytes.length + next.value.length);
    joined.set(bytes);
    joined.set(next.value, bytes.length);
    bytes = joined;
  }
  return bytes;
}

async function* withStart(start: Uint8Array<ArrayBuffer>, rest: Pieces): Pieces {
  yield start;
  yield* rest;
}
