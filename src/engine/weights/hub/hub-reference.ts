import { usualHubUrl } from "../../../ground/model-origin";
import { DownloadError } from "../../../ground/errors";
import { allowedUrl, fileNameOf } from "./connections";

/** A place on a hub, as a person names it. */
export interface HubReference {
  /** "owner/name" */
  readonly repo: string;
  /** A branch, tag or commit. */
  readonly revision: string;
  /** A file or folder of it; "" for all of it. */
  readonly path: string;
}

export type ModelReference =
  | ({ readonly kind: "repository" } & HubReference)
  | { readonly kind: "link"; readonly url: string; readonly fileName: string };

/**
 * Hugging Face's own names. With a mirror in the settings, a link that was copied from there means the same
 * place on it.
 */
const publicHosts: readonly string[] = ["huggingface.co", "www.huggingface.co", "hf.co"];
const hint = "Give a repository as owner/name, the address of its page, or the address of a .gguf file.";

/**
 * Reads a model's place as a person typed or pasted it: `owner/name`, with `@revision` or llama.cpp's
 * `:Q4_K_M` behind it, a page of the hub, a file's link there, or the address of a file anywhere else.
 *
 * @throws DownloadError when it is none of these, or an address that is not asked (connections.ts)
 */
export function readReference(text: string, hubUrl: string = usualHubUrl): ModelReference {
  const typed = text.trim();
  if (typed === "") throw new DownloadError("Nothing was given to look for.", { hint });
  const named = /^([\w.-]+\/[\w.-]+?)(?:@([\w./-]+)|:([\w.-]+))?$/.exec(typed);
  if (named && !publicHosts.includes(named[1]!.split("/")[0]!.toLowerCase()))
    return { kind: "repository", repo: named[1]!, revision: named[2] ?? "main", path: named[3] ?? "" };

  const isBareHost = publicHosts.some((host) => typed.toLowerCase().startsWith(`${host}/`));
  if (!isBareHost && !/^[a-z][a-z0-9+.-]*:/i.test(typed))
    throw new DownloadError(`“${shorten(typed)}” is no repository and no address.`, { hint });
  const url = allowedUrl(isBareHost ? `https://${typed}` : typed);
  const path = pathOnHub(url, allowedUrl(hubUrl));
  if (path === undefined) return { kind: "link", url: url.href, fileName: fileNameOf(url) };
  return { kind: "repository", ...readHubPath(path, url) };
}

/** The part of the address that names things on the hub; undefined for an address elsewhere. */
function pathOnHub(url: URL, hub: URL): string | undefined {
  if (url.origin === hub.origin) {
    const base = hub.pathname.replace(/\/$/, "");
    return url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : undefined;
  }
  return publicHosts.includes(url.hostname) ? url.pathname : undefined;
}

function readHubPath(path: string, url: URL): HubReference {
  const [owner, nameAndTag, view, ...rest] = path
    .split("/")
    .filter((part) => part !== "")
    .map(decode);
  const [name, tag] = (nameAndTag ?? "").split(":");
  if (!owner || !name || ["datasets", "spaces", "api", "docs", "collections"].includes(owner))
    throw new DownloadError(`${url.host}${url.pathname} is not the page of a model.`, { hint });
  const isFile = view === "tree" || view === "blob" || view === "resolve";
  if (!isFile) return { repo: `${owner}/${name}`, revision: "main", path: tag ?? "" };
  // Pull requests and conversions have names of three parts.
  const nRevisionParts = rest[0] === "refs" ? 3 : 1;
  return {
    repo: `${owner}/${name}`,
    revision: rest.slice(0, nRevisionParts).join("/") || "main",
    path: rest.slice(nRevisionParts).join("/"),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // not valid percent-encoding: as it is
  }
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
