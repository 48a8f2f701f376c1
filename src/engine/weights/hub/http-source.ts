import { DownloadError } from "../../../ground/errors";
import type { ByteSource } from "../bytes/byte-source";
import { allowedUrl, connect, fileNameOf, piecesOf } from "./connections";
import { recognisedBytes } from "../bytes/not-a-model";
import { checkRange, checkStart, declaredSize, endedEarly, refuseSizeless, totalOf } from "./http-answers";
import { t } from "../../../language/language";

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
 * Opens a model file on a server to read its header. Asks for ranges that grow; from a server that has none
 * it takes the stream's beginning.
 *
 * @throws DownloadError     when there is no such file, or a web page in its place
 * @throws ModelFormatError  when it does not start as a model file
 */
export async function openHttp(address: string, signal?: AbortSignal): Promise<HttpSource> {
  const url = allowedUrl(address);
  const response = await connect(url, { range: [0, firstRangeBytes], signal });
  const totalBytes = response.status === 206 ? totalOf(response) : undefined;
  if (totalBytes === undefined) return openStream(url, response, signal);
  await checkRange(url, response, 0);
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
  const start = await beginning.read(0, Math.min(recognisedBytes, sizeBytes));
  try {
    checkStart(url, response, start, sizeBytes);
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
      throw new DownloadError(
        t("{host} gave the whole file in place of bytes from {at} on.", { host: url.host, at }),
        {
          hint: t("Try again, or download the file yourself and open it here from the disk."),
        },
      );
    }
    await checkRange(url, response, at);
  }
}
