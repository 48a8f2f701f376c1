import { DownloadError, ModelFormatError } from "../errors";
import type { ByteSource } from "./byte-source";
import { allowedUrl, connect, fileNameOf, isWebPage, piecesOf } from "./connections";

const magic = "GGUF";
const firstRangeBytes = 1 << 20;
const longestRangeBytes = 16 << 20;

export interface RemoteFile {
  readonly fileName: string;
  readonly host: string;
  readonly sizeBytes: number;
}

/** The beginning of a file on a server, as much of it as is read. `close` it when done. */
export interface HttpSource extends ByteSource, RemoteFile {
  close(): Promise<void>;
}

/**
 * Opens a model file on a server to read its header. Asks for ranges that grow; from a server that has none it takes the
 * stream's beginning.
 *
 * @throws DownloadError     when there is no such file, or a web page in its place
 * @throws ModelFormatError  when it does not start as a GGUF file
 */
export async function openHttp(address: string, signal?: AbortSignal): Promise<HttpSource> {
  const url = allowedUrl(address);
  const response = await connect(url, { range: [0, firstRangeBytes], signal });
  const totalBytes = response.status === 206 ? totalOf(response) : undefined;
  if (totalBytes === undefined) return openStream(url, response, signal);
  const pieces = rangesOf(url, response, totalBytes, signal);
  return open(url, response, totalBytes, pieces);
}

/** For a server that does not know ranges, or does not tell other pages how long the whole is. */
async function openStream(url: URL, response: Response, signal?: AbortSignal): Promise<HttpSource> {
  if (response.status === 206) {
    await response.body?.cancel();
    response = await connect(url, { signal });
  }
  const sizeBytes = declaredSize(response) ?? (await refuseSizeless(url, response));
  return open(url, response, sizeBytes, piecesOf(response, url, signal));
}

async function open(
  url: URL,
  response: Response,
  sizeBytes: number,
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
): Promise<HttpSource> {
  const beginning = new Beginning(url, sizeBytes, pieces);
  const start = await beginning.read(0, Math.min(magic.length, sizeBytes));
  try {
    checkStart(url, response, start);
  } catch (error) {
    await beginning.close();
    throw error;
  }
  return beginning;
}

class Beginning implements HttpSource {
  readonly fileName: string;
  readonly host: string;
  readonly sizeBytes: number;
  readonly #pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>;
  #bytes = new Uint8Array(firstRangeBytes);
  #receivedBytes = 0;

  constructor(url: URL, sizeBytes: number, pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>) {
    this.fileName = fileNameOf(url);
    this.host = url.host;
    this.sizeBytes = sizeBytes;
    this.#pieces = pieces;
  }

  async read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#receivedBytes < offset + length) {
      const next = await this.#pieces.next();
      if (next.done) throw endedEarly(this.host, this.#receivedBytes, this.sizeBytes);
      this.#keep(next.value);
    }
    return this.#bytes.slice(offset, offset + length);
  }

  async close(): Promise<void> {
    await this.#pieces.return(undefined);
  }

  #keep(piece: Uint8Array): void {
    const needed = this.#receivedBytes + piece.length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(piece, this.#receivedBytes);
    this.#receivedBytes = needed;
  }
}

/** The file from its beginning, a range at a time; each is asked for only when it is wanted. */
async function* rangesOf(
  url: URL,
  first: Response,
  totalBytes: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  let at = 0;
  let rangeBytes = firstRangeBytes;
  for (let response = first; ;) {
    const start = at;
    for await (const piece of piecesOf(response, url, signal)) {
      at += piece.length;
      yield piece;
    }
    if (at >= totalBytes) return;
    if (at === start) throw endedEarly(url.host, at, totalBytes);
    rangeBytes = Math.min(2 * rangeBytes, longestRangeBytes);
    response = await connect(url, { range: [at, Math.min(at + rangeBytes, totalBytes)], signal });
    if (response.status !== 206) {
      await response.body?.cancel();
      throw new DownloadError(`${url.host} gave the whole file in place of bytes from ${at} on.`, {
        hint: "Try again, or download the file yourself and open it here from the disk.",
      });
    }
  }
}

/** A whole file on its way. `close` it, also when `pieces` was never read. */
export interface Download extends RemoteFile {
  readonly pieces: AsyncIterable<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/**
 * Starts to download a model file. Its first bytes have been looked at when this resolves.
 *
 * @throws DownloadError     when there is no such file, a web page in its place, or the server does not tell its size;
 *   from `pieces`, when it ends before its size
 * @throws ModelFormatError  when it does not start as a GGUF file
 */
export async function openDownload(address: string, signal?: AbortSignal): Promise<Download> {
  const url = allowedUrl(address);
  const response = await connect(url, { signal });
  const sizeBytes =
    declaredSize(response) ?? (await rangedSize(url, signal)) ?? (await refuseSizeless(url, response));
  const incoming = piecesOf(response, url, signal);
  const start = await firstBytes(incoming, magic.length);
  const close = async () => void (await incoming.return());
  try {
    checkStart(url, response, start);
  } catch (error) {
    await close();
    throw error;
  }
  async function* pieces() {
    yield start;
    let receivedBytes = start.length;
    for await (const piece of incoming) {
      receivedBytes += piece.length;
      yield piece;
    }
    if (receivedBytes < sizeBytes) throw endedEarly(url.host, receivedBytes, sizeBytes);
  }
  return { fileName: fileNameOf(url), host: url.host, sizeBytes, pieces: pieces(), close };
}

/** At least `length` bytes, or all there are. */
async function firstBytes(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
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

function declaredSize(response: Response): number | undefined {
  const isCoded = (response.headers.get("Content-Encoding") ?? "identity") !== "identity";
  const length = isCoded ? null : response.headers.get("Content-Length"); // coded, it counts other bytes
  return length === null ? undefined : Number(length);
}

/** A server that packs what it sends does not say how large it is unpacked; parts it sends as they are, and tells of what. */
async function rangedSize(url: URL, signal?: AbortSignal): Promise<number | undefined> {
  const response = await connect(url, { range: [0, 1], signal });
  await response.body?.cancel();
  return response.status === 206 ? totalOf(response) : undefined;
}

async function refuseSizeless(url: URL, response: Response): Promise<never> {
  if (isWebPage(response)) throw webPage(url);
  await response.body?.cancel().catch(() => undefined); // it may have broken meanwhile; it is refused anyway
  throw new DownloadError(`${url.host} does not tell how large “${fileNameOf(url)}” is.`, {
    hint: "Download the file yourself, then open it here from the disk.",
  });
}

/** Of "Content-Range: bytes 0-99/1234": 1234. A server may keep the header from other pages. */
function totalOf(response: Response): number | undefined {
  const match = /\/(\d+)$/.exec(response.headers.get("Content-Range") ?? "");
  return match ? Number(match[1]) : undefined;
}

function checkStart(url: URL, response: Response, start: Uint8Array): void {
  const found = String.fromCharCode(...start.subarray(0, magic.length));
  if (found === magic) return;
  if (isWebPage(response) || /^\s*<[!?a-z]/i.test(found)) throw webPage(url);
  throw new ModelFormatError(`“${fileNameOf(url)}” starts with ${JSON.stringify(found)}, not "${magic}".`, {
    hint: 'This is no GGUF file. Choose one whose name ends in ".gguf".',
  });
}

function webPage(url: URL): DownloadError {
  return new DownloadError(`${url.host} answered with a web page, not with a model file.`, {
    hint: 'Use the link of the file itself. On Hugging Face it holds "/resolve/", not "/blob/" or "/tree/".',
  });
}

function endedEarly(host: string, receivedBytes: number, sizeBytes: number): DownloadError {
  return new DownloadError(`The file from ${host} ended after ${receivedBytes} of ${sizeBytes} bytes.`, {
    hint: "Check the network, then try again.",
  });
}
