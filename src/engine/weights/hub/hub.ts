import type { HubFile } from "../../../ground/model-origin";
import { DownloadError } from "../../../ground/errors";
import { counted } from "../../../ground/figures";
import { allowedUrl, request } from "./connections";
import type { HubReference } from "./hub-reference";
import { t, type Sentence } from "../../../language/language";

/** A repository as it is at one commit. */
export interface HubListing {
  readonly hubUrl: string;
  readonly repo: string;
  /**
   * The commit, 40 hexadecimal digits: what is downloaded is asked for by it, whatever the branch does
   * meanwhile.
   */
  readonly revision: string;
  /** The revision that was asked for, such as "main". */
  readonly branch: string;
  /** The licence has to be accepted before its files are given. */
  readonly isGated: boolean;
  readonly files: readonly HubFile[];
}

// The hub gives up to 1,000 entries a page; no model repository has as many files as this allows.
const maxPages = 50;

/**
 * Asks a hub for the commit a repository is at, and for its files.
 *
 * @throws DownloadError   when it can not be reached, has no such thing, does not give it, or answers what
 *   can not be read; the message then names the field
 * @throws CancelledError  when `signal` aborts
 */
export async function listRepository(
  hubUrl: string,
  { repo, revision: branch }: Pick<HubReference, "repo" | "revision">,
  signal?: AbortSignal,
): Promise<HubListing> {
  const { repo: nowCalled, revision, isGated } = await readRevision(hubUrl, repo, branch, signal);
  const files = await readTree(hubUrl, nowCalled, revision, signal);
  return { hubUrl, repo: nowCalled, revision, branch, isGated, files };
}

/** The commit that a branch is at now, without its files. Throws as {@link listRepository}. */
export async function readRevision(
  hubUrl: string,
  repo: string,
  branch: string,
  signal?: AbortSignal,
): Promise<{ repo: string; revision: string; isGated: boolean }> {
  const url = apiUrl(hubUrl, repo, "revision", branch);
  const info = objectOf((await ask(url, repo, signal)).json, "the answer", url);
  const revision = info["sha"];
  if (typeof revision !== "string" || !/^[0-9a-f]{40}$/.test(revision))
    throw malformed(url, "sha", revision, t("a commit of 40 hexadecimal digits"));
  // One that was renamed answers under its old name too: what is stored is of one repository, then.
  const id = info["id"];
  const nowCalled = typeof id === "string" && /^[\w.-]+\/[\w.-]+$/.test(id) ? id : repo;
  return { repo: nowCalled, revision, isGated: info["gated"] !== undefined && info["gated"] !== false };
}

/** The address at which the hub gives a file. It may send on to another host. */
export function hubFileUrl(hubUrl: string, repo: string, revision: string, path: string): URL {
  return join(hubUrl, [...repo.split("/"), "resolve", revision, ...path.split("/")]);
}

async function readTree(
  hubUrl: string,
  repo: string,
  revision: string,
  signal: AbortSignal | undefined,
): Promise<HubFile[]> {
  const files: HubFile[] = [];
  const first = apiUrl(hubUrl, repo, "tree", revision);
  first.searchParams.set("recursive", "true");
  let url: URL | undefined = first;
  for (let page = 0; url; page++) {
    if (page === maxPages)
      throw new DownloadError(
        t("{host} lists “{repo}” in more than {pages}.", {
          host: url.host,
          repo,
          pages: counted(maxPages, "page"),
        }),
        {
          hint: t("Give the link of the file itself."),
        },
      );
    const { json, link } = await ask(url, repo, signal);
    if (!Array.isArray(json)) throw malformed(url, "the answer", json, t("a list"));
    for (const [i, entry] of json.entries()) {
      const file = readEntry(entry, i, url);
      if (file) files.push(file);
    }
    const next: URL | undefined = nextPage(link, url);
    url = next;
  }
  return files;
}

/** @returns undefined for a folder */
function readEntry(entry: unknown, index: number, url: URL): HubFile | undefined {
  const at = `[${index}]`;
  const { type, path, size, lfs } = objectOf(entry, at, url);
  if (type === "directory") return undefined;
  if (typeof path !== "string" || !isPlainPath(path))
    throw malformed(url, `${at}.path`, path, t("the path of a file"));
  if (!isSize(size)) throw malformed(url, `${at}.size`, size, t("a number of bytes"));
  if (lfs === undefined || lfs === null) return { path, sizeBytes: size };
  const { oid, size: lfsSize = size } = objectOf(lfs, `${at}.lfs`, url);
  if (typeof oid !== "string" || !/^[0-9a-f]{64}$/.test(oid))
    throw malformed(url, `${at}.lfs.oid`, oid, t("a SHA-256 of 64 hexadecimal digits"));
  if (!isSize(lfsSize)) throw malformed(url, `${at}.lfs.size`, lfsSize, t("a number of bytes"));
  return { path, sizeBytes: lfsSize, sha256: oid };
}

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** A path that stays inside the repository when an address is made of it. */
const isPlainPath = (path: string) =>
  path !== "" && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

/**
 * The address of a list's next page. Only the query of the Link header is taken: a mirror may pass on links
 * to the hub that it mirrors.
 */
function nextPage(link: string | null, url: URL): URL | undefined {
  const match = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? "");
  const named = match && URL.parse(match[1]!, url.href);
  if (!named) return undefined;
  const next = new URL(url);
  next.search = named.search;
  return next;
}

async function ask(
  url: URL,
  repo: string,
  signal: AbortSignal | undefined,
): Promise<{ json: unknown; link: string | null }> {
  const response = await request(url, { signal });
  if (!response.ok) {
    await response.body?.cancel();
    throw refused(url, repo, response);
  }
  try {
    return { json: await response.json(), link: response.headers.get("Link") };
  } catch (cause) {
    throw new DownloadError(
      t("{host} answered {pathname} with something that is not JSON.", {
        host: url.host,
        pathname: url.pathname,
      }),
      {
        hint: t("Check the hub address in the settings: it has to be a hub, or a mirror of one."),
        cause,
      },
    );
  }
}

function refused(url: URL, repo: string, { status, headers }: Response): DownloadError {
  const code = headers.get("X-Error-Code"); // "GatedRepo", "RepoNotFound", "RevisionNotFound"
  if (status === 403 || (status === 401 && code === "GatedRepo"))
    return new DownloadError(
      t("{host} does not give “{repo}” to everybody (status {status}).", { host: url.host, repo, status }),
      {
        hint: t(
          "Accept its licence on {host} with your account, make an access token there, and put it under “Access token” in the settings. If one is there already, it may not be allowed to read this.",
          {
            host: url.host,
          },
        ),
      },
    );
  if (status === 401)
    // The hub does not tell strangers what exists.
    return new DownloadError(
      t("{host} has no public repository “{repo}”, or wants a token for it (status 401).", {
        host: url.host,
        repo,
      }),
      { hint: t("Check the name. For a private or gated one put an “Access token” in the settings.") },
    );
  if (status === 404 || status === 410)
    return new DownloadError(
      code === "RevisionNotFound"
        ? t("“{repo}” on {host} has no such revision (status {status}).", { repo, host: url.host, status })
        : t("{host} has no model repository “{repo}” (status {status}).", { host: url.host, repo, status }),
      { hint: t("Check the spelling: it is owner/name, as in the address of its page.") },
    );
  if (status === 429)
    return new DownloadError(
      t("{host} has had too many requests from here (status 429).", { host: url.host }),
      {
        hint: t(
          "Wait some minutes, then try again. With an access token in the settings the hub allows more.",
        ),
      },
    );
  return new DownloadError(
    t("{host} could not list “{repo}” (status {status}).", { host: url.host, repo, status }),
    {
      hint:
        status >= 500
          ? t("The server has a problem. Try again later.")
          : t("Check the hub address in the settings."),
    },
  );
}

function apiUrl(hubUrl: string, repo: string, what: "revision" | "tree", revision: string): URL {
  // Here the hub takes a revision with slashes as one, escaped.
  return join(hubUrl, ["api", "models", ...repo.split("/"), what, revision]);
}

function join(hubUrl: string, parts: readonly string[]): URL {
  const base = allowedUrl(hubUrl);
  base.search = "";
  base.pathname = `${base.pathname.replace(/\/$/, "")}/${parts.map(encodeURIComponent).join("/")}`;
  return base;
}

function objectOf(value: unknown, field: string, url: URL): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw malformed(url, field, value, t("an object"));
}

function malformed(url: URL, field: string, found: unknown, expected: Sentence): DownloadError {
  const shown = JSON.stringify(found)?.slice(0, 60) ?? t("missing");
  return new DownloadError(
    t("{host} answered {pathname} with {field} = {shown}; it should be {expected}.", {
      host: url.host,
      pathname: url.pathname,
      field,
      shown,
      expected,
    }),
    { hint: t("Check the hub address in the settings: it has to be a hub, or a mirror of one.") },
  );
}
