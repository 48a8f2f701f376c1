import { isLoopback, toFileAddress } from "../../../ground/addresses";
import { type PieceMemory, byobReader } from "../../../ground/read-blob";
import { CancelledError, DownloadError } from "../../../ground/errors";
import { counted } from "../../../ground/figures";
import { t } from "../../../language/language";

const pieceBytes = 1 << 20;
// A connection that gives nothing for so long is taken for dead: some networks never say that they are gone.
const silenceMs = 30_000;

/**
 * The only module that opens connections, and so the one that says where to: https, this machine itself, and
 * the origin the app came from.
 *
 * A relative address is taken from the app's origin. A page about a file on Hugging Face becomes the file
 * itself.
 *
 * @throws DownloadError for any other address
 */
export function allowedUrl(address: string): URL {
  const appOrigin = (globalThis.location as Location | undefined)?.origin;
  let url: URL;
  try {
    url = new URL(address, appOrigin);
  } catch (cause) {
    throw new DownloadError(t("“{address}” is not a complete address.", { address }), {
      hint: t("Give the whole address of a .gguf file. It starts with https://."),
      cause,
    });
  }
  const isAllowed =
    url.protocol === "https:" ||
    (url.protocol === "http:" && (isLoopback(url.hostname) || url.origin === appOrigin));
  if (!isAllowed) {
    throw new DownloadError(
      t("“{protocol}//{host}” was not asked: only https may be.", { protocol: url.protocol, host: url.host }),
      {
        hint: t("Use an address that starts with https://, or http:// on this machine itself."),
      },
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new DownloadError(t("The address on {host} holds a user name or password.", { host: url.host }), {
      hint: t("Take it out of the address: a page can not send it."),
    });
  }
  toFileAddress(url);
  return url;
}

/** The hub's origin and its access token. The token is for that origin alone. */
let access: { readonly origin: string; readonly token: string } | undefined;

/**
 * From now on `token` goes out with every request to the hub's origin, and with no other; undefined takes it
 * back.
 */
export function setHubToken(hubUrl: string, token: string | undefined): void {
  access = token === undefined ? undefined : { origin: allowedUrl(hubUrl).origin, token };
}

export interface ConnectOptions {
  /** Asks for bytes [start, end) alone; a server may answer with the whole file. */
  readonly range?: readonly [start: number, end: number];
  /** Without it, the whole file is asked for where a request with a range does not get through. */
  readonly isRangeNeeded?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks for a file. @returns a response whose status says success
 *
 * @throws DownloadError   when the server can not be reached or refuses
 * @throws CancelledError  when `signal` aborts
 */
export async function connect(url: URL, options: ConnectOptions = {}): Promise<Response> {
  const response = await request(url, options);
  return response.ok ? response : refuse(url, response);
}

/** @throws DownloadError for an answer that is no success */
export async function refuse(url: URL, response: Response): Promise<never> {
  await response.body?.cancel();
  throw refused(url, response);
}

/**
 * Statuses of an absent file. A server that does not list its files answers 403 also for those it lacks (S3).
 */
const absentStatuses: readonly number[] = [403, 404, 410];

/**
 * Does what {@link connect} does, for a file that need not be there.
 *
 * @returns undefined when the server says that it has none, or gives a page for people in its place
 */
export async function connectIfThere(url: URL, signal?: AbortSignal): Promise<Response | undefined> {
  const response = await request(url, { signal });
  if (response.ok && !isWebPage(response)) return response;
  if (!response.ok && !absentStatuses.includes(response.status)) return refuse(url, response);
  await response.body?.cancel();
  return undefined;
}

export const isWebPage = (response: Response) =>
  /^text\/html\b/i.test(response.headers.get("Content-Type") ?? "");

/**
 * Does what {@link connect} does, whatever the response's status.
 *
 * A token is not passed on when the hub sends to another host: fetch drops it then (whatwg/fetch 1544; Chrome
 * from 119, Firefox from 111, Safari from 16.1, Node).
 */
export async function request(url: URL, { range, isRangeNeeded, signal }: ConnectOptions): Promise<Response> {
  const headers: Record<string, string> = {};
  if (range) headers["Range"] = `bytes=${range[0]}-${range[1] - 1}`;
  if (url.origin === access?.origin) headers["Authorization"] = `Bearer ${access.token}`;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), silenceMs);
  let response: Response;
  try {
    response = await fetch(url, {
      headers,
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
      referrerPolicy: "no-referrer",
    });
  } catch (cause) {
    if (signal?.aborted) throw new CancelledError();
    if (silence.signal.aborted) throw silent(url);
    // Some browsers ask the server whether it allows a Range header from other pages; not all that serve
    // files do.
    if (range && !isRangeNeeded) return request(url, { signal });
    throw unreachable(url, cause);
  } finally {
    clearTimeout(timer);
  }
  if (response.redirected) allowedUrl(response.url);
  return response;
}

/**
 * The pieces of a response's body as they come, each to be used before the next is asked for: they share
 * their memory. Leaving the loop early ends the connection.
 */
export async function* piecesOf(
  response: Response,
  url: URL,
  signal?: AbortSignal,
  memory: PieceMemory = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const reader = response.body && pieceReader(response.body, memory);
  let receivedBytes = 0;
  try {
    while (reader) {
      const { done, value } = await unlessSilent(reader.read(), url);
      if (done) return;
      receivedBytes += value.length;
      yield value;
    }
  } catch (cause) {
    if (signal?.aborted) throw new CancelledError();
    if (cause instanceof DownloadError) throw cause;
    throw new DownloadError(
      t("The connection to {host} broke off after {bytes}.", {
        host: url.host,
        bytes: counted(receivedBytes, "byte"),
      }),
      {
        hint: t("Check the network, then try again."),
        mayPass: true,
        cause,
      },
    );
  } finally {
    // A body that was read to its end, or failed, has nothing left to cancel.
    await reader?.cancel().catch(() => undefined);
  }
}

/**
 * Reads into the same memory again and again where the browser can: what it allocates by itself is given back
 * late.
 */
function pieceReader(body: ReadableStream<Uint8Array<ArrayBuffer>>, memory: PieceMemory): PieceReader {
  const reader = byobReader(body);
  if (!reader) return body.getReader();
  return {
    async read() {
      const buffer = memory.buffer ?? new ArrayBuffer(pieceBytes);
      delete memory.buffer; // gone with the read, unless that gives it back
      const result = await reader.read(new Uint8Array(buffer));
      if (result.value) memory.buffer = result.value.buffer;
      return result;
    },
    cancel: () => reader.cancel(),
  };
}

interface PieceReader {
  read(): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>>;
  cancel(): Promise<void>;
}

async function unlessSilent<T>(read: Promise<T>, url: URL): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(silent(url)), silenceMs);
  });
  try {
    return await Promise.race([read, silence]);
  } finally {
    clearTimeout(timer);
  }
}

const silent = (url: URL) =>
  new DownloadError(
    t("{host} has been silent for {silenceMs} seconds.", { host: url.host, silenceMs: silenceMs / 1000 }),
    {
      hint: t("Check the network, then try again."),
      mayPass: true,
    },
  );

function unreachable(url: URL, cause: unknown): DownloadError {
  const isOffline = (globalThis.navigator as Partial<Navigator> | undefined)?.onLine === false;
  if (isOffline) {
    return new DownloadError(t("{host} can not be reached: this device is offline.", { host: url.host }), {
      hint: t("Stored models work without a network. To add one, connect, then try again."),
      mayPass: true,
      cause,
    });
  }
  return new DownloadError(
    t("{host} can not be reached, or does not let other pages read its files.", { host: url.host }),
    {
      hint: t(
        "Check the address and the network. If the file downloads in a new tab, open it here from the disk instead.",
      ),
      mayPass: true,
      cause,
    },
  );
}

// Longer than this is for the person to wait, not for a page that seems to do nothing.
const maxRetryAfterMs = 120_000;

/**
 * The wait that "Retry-After" asks for, in seconds or as a date; 0 where a server does not say, or not to
 * other pages.
 */
function retryAfterMs({ headers }: Response): number {
  const value = headers.get("Retry-After");
  if (value === null) return 0;
  const ms = /^\d+$/.test(value) ? 1000 * Number(value) : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(maxRetryAfterMs, Math.max(0, ms)) : 0;
}

function refused(url: URL, response: Response): DownloadError {
  const { status } = response;
  const file = `“${fileNameOf(url)}”`;
  const from = response.redirected ? new URL(response.url) : url;
  // Links to another host expire; asked again, the hub gives a new one.
  if (status === 403 && from.origin !== url.origin)
    return new DownloadError(
      t("{host}, where {host2} keeps {file}, did not give it (status 403): its link may have expired.", {
        host: from.host,
        host2: url.host,
        file,
      }),
      {
        hint: t("Try again. If that does not help, accept the licence on the site if it has one."),
        mayPass: true,
      },
    );
  switch (status) {
    case 401:
    case 403:
      return new DownloadError(
        t("{host} does not give {file} to everybody (status {status}).", { host: url.host, file, status }),
        {
          hint: t(
            "It may need a login: accept its licence on the site if it has one, then put an access token of your account in the settings. Or download it from the site yourself, and open it here from the disk.",
          ),
          needsAccess: true,
        },
      );
    case 404:
    case 410:
      return new DownloadError(
        t("{host} has no file {file} (status {status}).", { host: url.host, file, status }),
        {
          hint: t("Check the address. On Hugging Face, copy the link of the file's download button."),
        },
      );
    case 429:
      return new DownloadError(
        t("{host} has had too many requests from here (status 429).", { host: url.host }),
        {
          hint: t("Wait some minutes, then try again."),
          mayPass: true,
          retryAfterMs: retryAfterMs(response),
        },
      );
    default:
      return new DownloadError(
        t("{host} could not give {file} (status {status}).", { host: url.host, file, status }),
        {
          hint: status >= 500 ? t("The server has a problem. Try again later.") : t("Check the address."),
          mayPass: status >= 500 || status === 408,
          retryAfterMs: retryAfterMs(response),
        },
      );
  }
}

/** The last part of the address, for people to read. */
export function fileNameOf(url: URL): string {
  const last = url.pathname.split("/").findLast((part) => part !== "") ?? url.host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last; // not valid percent-encoding: as it is
  }
}
