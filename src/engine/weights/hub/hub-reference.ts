import { hubHosts, mirrorHosts } from "../../../ground/addresses";
import { usualHubUrl } from "../../../ground/model-origin";
import { DownloadError } from "../../../ground/errors";
import { allowedUrl, fileNameOf } from "./connections";
import { t, type Sentence } from "../../../language/language";

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
  | ({
      readonly kind: "repository";
      /** The mirror whose page was given. */
      readonly hubUrl?: string;
    } & HubReference)
  | { readonly kind: "link"; readonly url: string; readonly fileName: string };

/**
 * Another hub, with models of the same names as Hugging Face's; it is not asked, as its answers are others.
 */
const modelScopeHosts: readonly string[] = [
  "modelscope.cn",
  "www.modelscope.cn",
  "modelscope.ai",
  "www.modelscope.ai",
];
const bareHosts = [...hubHosts, ...mirrorHosts, ...modelScopeHosts];

const example = "unsloth/Qwen3.5-4B-GGUF";
const hint = (): Sentence =>
  t("Give a repository as owner/name, such as {example}, the address of its page, or that of a .gguf file.", {
    example,
  });

/** Commands that pages of models offer to be copied, before the model's name. */
const command =
  /^(?:\$\s*)?(?:ollama\s+(?:run|pull)|lms\s+get|(?:huggingface-cli|hf)\s+download|git\s+clone|(?:\.\/)?llama(?:-cli|-server|\s+\w+)|vllm\s+serve|modelscope\s+download)\s+/i;

/**
 * Reads a model's place as a person typed or pasted it: `owner/name`, with `@revision` or llama.cpp's
 * `:Q4_K_M` behind it, a page of the hub, a file's link there, or the address of a file anywhere else. A page
 * of Hugging Face means the same place on the hub of the settings, as does one of ModelScope.
 *
 * @throws DownloadError when it is none of these, or an address that is not asked (connections.ts)
 */
export function readReference(text: string, hubUrl: string = usualHubUrl): ModelReference {
  const { typed, file } = withoutCommand(text.trim());
  if (typed === "") throw new DownloadError(t("Nothing was given to look for."), { hint: hint() });
  if (isOnThisComputer(typed)) throw onThisComputer(typed);
  const named = /^([\w.-]+\/[\w.-]+?)(?:@([\w./-]+)|:([\w.-]+))?$/.exec(typed);
  if (named && !bareHosts.includes(named[1]!.split("/")[0]!.toLowerCase()))
    return { kind: "repository", repo: named[1]!, revision: named[2] ?? "main", path: named[3] ?? file };

  const isBareHost = bareHosts.some((host) => typed.toLowerCase().startsWith(`${host}/`));
  if (
    !isBareHost &&
    !/^[a-z][a-z0-9+.-]*:\/?\//i.test(typed) &&
    !/^(javascript|data|blob|mailto):/i.test(typed)
  )
    throw noReference(typed);
  const url = allowedUrl(
    isBareHost ? `https://${typed}` : typed.replace(/^hf:\/\//i, "https://huggingface.co/"),
  );
  if (/(^|\.)ollama\.com$/.test(url.hostname)) throw ofOllama(url.hostname + url.pathname);
  if (modelScopeHosts.includes(url.hostname)) return { kind: "repository", ...readModelScope(url) };
  const isMirror = mirrorHosts.includes(url.hostname) && !mirrorHosts.includes(new URL(hubUrl).hostname);
  const path = mirrorHosts.includes(url.hostname) ? url.pathname : pathOnHub(url, allowedUrl(hubUrl));
  if (path === undefined) return { kind: "link", url: url.href, fileName: fileNameOf(url) };
  const found = readHubPath(path, url);
  return {
    kind: "repository",
    ...found,
    path: found.path === "" ? file : found.path,
    ...(isMirror && { hubUrl: `https://${mirrorHosts[0]!}` }),
  };
}

/** Takes the name, and a file's behind it, out of a command such as `ollama run hf.co/owner/name:Q4_K_M`. */
function withoutCommand(text: string): { typed: string; file: string } {
  const plain = text.replace(/^["'`\u201c<]+|["'`\u201d>]+$/g, "").trim();
  if (!command.test(plain)) return { typed: plain, file: "" };
  const words = plain
    .replace(command, "")
    .split(/\s+/)
    .map((word) => word.replace(/^["'`]|["'`]$/g, "").replace(/^--?[\w-]+=/, ""));
  const at = words.findIndex((word) => word.includes("/"));
  const file = words.find((word, i) => i !== at && /\.(gguf|safetensors)$/i.test(word)) ?? "";
  return { typed: words[at] ?? words.find((word) => !word.startsWith("-")) ?? plain, file };
}

/** The error for words that name no model's place, by what they look like. */
function noReference(typed: string): DownloadError {
  if (/^[\w.-]+\.(gguf|safetensors)$/i.test(typed))
    return new DownloadError(
      t("“{shorten}” is a file's name, without the repository that it is in.", { shorten: shorten(typed) }),
      {
        hint: t("If it is on this computer, choose it from the disk instead. {hint}", { hint: hint() }),
      },
    );
  if (/^[\w.-]+:[\w.-]+$/.test(typed)) return ofOllama(typed);
  return new DownloadError(
    t(
      "“{shorten}” is not a repository: that has an owner and a name with one slash between, such as {example}.",
      { shorten: shorten(typed), example },
    ),
    { hint: t("Type both, or paste the address of its page, or that of a .gguf file.") },
  );
}

/** Returns whether it is the path of a file on a disk, as Windows, macOS or Linux write it. */
const isOnThisComputer = (typed: string) => /^file:|^([a-z]:)?\\|^[a-z]:\/|^(~|\.{1,2})?\//i.test(typed);

const onThisComputer = (typed: string) =>
  new DownloadError(
    t("“{shorten}” is a place on this computer, which a page can not open by its name.", {
      shorten: shorten(typed),
    }),
    {
      hint: t("Choose the file or its folder instead, or drop it on this page."),
    },
  );

const ofOllama = (typed: string) =>
  new DownloadError(
    t("“{shorten}” is a name in Ollama's library, which pages can not download from.", {
      shorten: shorten(typed),
    }),
    {
      hint: t("Look for the same model on Hugging Face, such as {example}, and give its owner and name.", {
        example,
      }),
    },
  );

/**
 * A page of ModelScope: /models/owner/name, then perhaps /file/view/master/path, /resolve/master/path or
 * /files.
 */
function readModelScope(url: URL): HubReference {
  const [first, ...parts] = url.pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decode);
  const [owner, name, ...view] = first === "models" ? parts : [];
  if (!owner || !name)
    throw new DownloadError(
      t("{host}{pathname} is not the page of a model.", { host: url.host, pathname: url.pathname }),
      { hint: hint() },
    );
  const isFile = /^(file\/view|resolve|tree)$/.test(
    view[0] === "file" ? view.slice(0, 2).join("/") : (view[0] ?? ""),
  );
  const path = isFile ? view.slice(view[0] === "file" ? 3 : 2).join("/") : "";
  // Its revisions are its own: "master" is the hub's "main".
  return { repo: `${owner}/${name}`, revision: "main", path };
}

/** The part of the address that names things on the hub; undefined for an address elsewhere. */
function pathOnHub(url: URL, hub: URL): string | undefined {
  if (url.origin === hub.origin) {
    const base = hub.pathname.replace(/\/$/, "");
    return url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : undefined;
  }
  return hubHosts.includes(url.hostname) ? url.pathname : undefined;
}

/** Words before a revision in the address of a page. */
const fileViews: readonly string[] = ["tree", "blob", "resolve", "raw", "blame", "commits", "commit"];

function readHubPath(path: string, url: URL): HubReference {
  const [owner, nameAndTag, view, ...rest] = path
    .split("/")
    .filter((part) => part !== "")
    .map(decode);
  const [name, tag] = (nameAndTag ?? "").replace(/\.git$/, "").split(":");
  if (!owner || !name || ["datasets", "spaces", "api", "docs", "collections"].includes(owner))
    throw new DownloadError(
      t("{host}{pathname} is not the page of a model.", { host: url.host, pathname: url.pathname }),
      { hint: hint() },
    );
  // on another hub; Hugging Face's is a file's address by now
  const shown = url.searchParams.get("show_file_info") ?? "";
  if (!fileViews.includes(view ?? ""))
    return { repo: `${owner}/${name}`, revision: "main", path: shown || (tag ?? "") };
  // Pull requests and conversions have names of three parts.
  const nRevisionParts = rest[0] === "refs" ? 3 : 1;
  return {
    repo: `${owner}/${name}`,
    revision: rest.slice(0, nRevisionParts).join("/") || "main",
    path: shown || rest.slice(nRevisionParts).join("/"),
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
