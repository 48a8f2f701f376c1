import { DownloadError, ModelFormatError } from "../../../ground/errors";
import { counted, formatCount } from "../../../ground/figures";
import { fileNameOf, isWebPage } from "./connections";
import { formatOf } from "../bytes/file-format";
import { whatItIs } from "../bytes/not-a-model";
import { t } from "../../../language/language";

// Reads what a server's answers say of a file, and makes the errors for what they should not say.

/** The size of the whole file, by an answer that gives it; undefined where it does not say. */
export function declaredSize(response: Response): number | undefined {
  // coded, it counts other bytes
  const length = isCoded(response) ? null : response.headers.get("Content-Length");
  return length === null ? undefined : Number(length);
}

export async function refuseSizeless(url: URL, response: Response): Promise<never> {
  if (isWebPage(response)) throw webPage(url);
  await response.body?.cancel().catch(() => undefined); // it may have broken meanwhile; it is refused anyway
  throw new DownloadError(
    t("{host} does not tell how large “{fileNameOf}” is.", { host: url.host, fileNameOf: fileNameOf(url) }),
    {
      hint: t("Download the file yourself, then open it here from the disk."),
    },
  );
}

/** The total in "Content-Range: bytes 0-99/1234": 1234. A server may keep the header from other pages. */
export function totalOf(response: Response): number | undefined {
  const match = /\/(\d+)$/.exec(response.headers.get("Content-Range") ?? "");
  return match && !isCoded(response) ? Number(match[1]) : undefined;
}

/**
 * Checks that a part of the file begins where it was asked for. A server may keep the header from other
 * pages; then it is believed.
 *
 * @throws DownloadError  for other bytes, which may be one cache's mistake and pass
 */
export async function checkRange(url: URL, response: Response, start: number): Promise<void> {
  const match = /^bytes (\d+)-/.exec(response.headers.get("Content-Range") ?? "");
  if (!match || Number(match[1]) === start) return;
  await response.body?.cancel().catch(() => undefined);
  throw new DownloadError(
    t("{host} gave “{fileNameOf}” from byte {match} on, and was asked from {start} on.", {
      host: url.host,
      fileNameOf: fileNameOf(url),
      match: match[1],
      start,
    }),
    { hint: t("Try again. If that does not help, download the file elsewhere."), mayPass: true },
  );
}

/**
 * The server's name for the state of the file that it gives; null where it does not say, or not to other
 * pages.
 */
export function versionOf(response: Response): string | null {
  const etag = response.headers.get("ETag")?.replace(/^W\//, "");
  return etag ?? response.headers.get("Last-Modified");
}

/** Packed for the way, so that counts of bytes are of what is sent. */
const isCoded = (response: Response) =>
  (response.headers.get("Content-Encoding") ?? "identity") !== "identity";

/**
 * @throws DownloadError for a web page, ModelFormatError for anything else that is not the start of a model
 *   file
 */
export function checkStart(url: URL, response: Response, start: Uint8Array, sizeBytes: number): void {
  if (formatOf(start) !== undefined) return;
  if (isWebPage(response) || /^\s*<(!doctype|html|head|body|!--)/i.test(String.fromCharCode(...start)))
    throw webPage(url);
  const { what, hint } = whatItIs(start, sizeBytes);
  throw new ModelFormatError(
    t("“{fileNameOf}” on {host} is {what}.", { fileNameOf: fileNameOf(url), host: url.host, what }),
    { hint },
  );
}

/**
 * @param mayPass  of a file that came in part already: a login of the network, or a page of a server in
 *   trouble
 */
export function webPage(url: URL, mayPass = false): DownloadError {
  return new DownloadError(t("{host} answered with a web page, not with a model file.", { host: url.host }), {
    mayPass,
    hint: mayPass
      ? t("Sign in where the network or the site asks for it, then try again. Parts that came are kept.")
      : t('Use the link of the file itself. On Hugging Face it holds "/resolve/", not "/blob/" or "/tree/".'),
  });
}

export function endedEarly(host: string, receivedBytes: number, sizeBytes: number): DownloadError {
  return new DownloadError(
    t("The file from {host} ended after {receivedBytes} of {bytes}.", {
      host,
      receivedBytes: formatCount(receivedBytes),
      bytes: counted(sizeBytes, "byte"),
    }),
    {
      hint: t("Check the network, then try again."),
      mayPass: true,
    },
  );
}
