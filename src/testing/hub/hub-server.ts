import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sendFile, type Fault } from "./hub-answers";

/** A request for a file's bytes, as the storage host behind the hub sees it. */
export interface FileRequest {
  readonly repo: string;
  readonly path: string;
  /** Bytes [start, end) that are asked for; null when it is the whole file. */
  readonly range: readonly [start: number, end: number] | null;
  /** The number of requests for bytes before this one, of any file. */
  readonly index: number;
}

export interface SeenRequest {
  readonly host: "hub" | "storage";
  readonly method: string;
  readonly url: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

/** A repository at one moment. */
export interface HubCommit {
  readonly sha: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Answers what is not a file: the hub's API. @returns whether it did */
export type ApiHandler = (hub: HubServer, request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * A server that behaves as huggingface.co does, for tests: `/owner/name/resolve/REVISION/PATH` redirects to
 * another host (here another port), which gives byte ranges and knows neither names nor tokens. Both let
 * other pages read. What goes wrong is said by `fault` and `gate`, which may be changed while it runs.
 */
export class HubServer {
  /** The hub's own address, for instance "http://127.0.0.1:41733". */
  readonly origin: string;
  readonly storageOrigin: string;
  /** All requests that came, preflights included. */
  readonly seen: SeenRequest[] = [];
  /** Says what is wrong with the answer to a request for bytes; undefined: nothing. */
  fault: (request: FileRequest) => Fault | undefined = () => undefined;
  /** Answers with files that were under way at once, at most. */
  mostOpen = 0;
  #open = 0;
  /** By repository: who may read it, by the token of the Authorization header. Without an entry, all may. */
  readonly gates = new Map<string, { readonly token: string; readonly acceptedBy: boolean }>();
  api: ApiHandler = () => false;
  readonly #servers: readonly Server[];
  readonly #repos = new Map<string, HubCommit[]>();
  #fileRequests = 0;

  private constructor(hub: Server, storage: Server) {
    this.#servers = [hub, storage];
    this.origin = originOf(hub);
    this.storageOrigin = originOf(storage);
    hub.on("request", (request: IncomingMessage, response: ServerResponse) => this.#hub(request, response));
    storage.on(
      "request",
      (request: IncomingMessage, response: ServerResponse) => void this.#storage(request, response),
    );
  }

  static async start(): Promise<HubServer> {
    const servers = [createServer(), createServer()] as const;
    for (const server of servers) {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    }
    return new HubServer(...servers);
  }

  /** Commits files on top of what the repository has. @returns the commit's id */
  commit(repo: string, files: Readonly<Record<string, Uint8Array>>): string {
    const commits = this.#repos.get(repo) ?? [];
    const all = new Map([...(commits.at(-1)?.files ?? []), ...Object.entries(files)]);
    const sha = createHash("sha1").update(`${repo} ${commits.length}`).digest("hex");
    this.#repos.set(repo, [...commits, { sha, files: all }]);
    return sha;
  }

  /** The commit that a branch ("main"), or a commit's id, stands for. */
  commitOf(repo: string, revision = "main"): HubCommit | undefined {
    const commits = this.#repos.get(repo);
    return revision === "main" ? commits?.at(-1) : commits?.find(({ sha }) => sha === revision);
  }

  url(repo: string, path: string, revision = "main"): string {
    return `${this.origin}/${repo}/resolve/${revision}/${path}`;
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    }
  }

  /**
   * 401 without the token, 403 with it while the terms are not accepted, as the hub says them; null: may be
   * read.
   */
  refusalOf(repo: string, authorization: string | undefined): 401 | 403 | null {
    const gate = this.gates.get(repo);
    if (!gate) return null;
    if (authorization !== `Bearer ${gate.token}`) return 401;
    return gate.acceptedBy ? null : 403;
  }

  #hub(request: IncomingMessage, response: ServerResponse): void {
    if (this.#preflight("hub", request, response) || this.api(this, request, response)) return;
    const url = new URL(request.url!, this.origin);
    const [, repo, revision, path] = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(url.pathname) ?? [];
    const refusal = repo === undefined ? null : this.refusalOf(repo, request.headers.authorization);
    if (refusal !== null) {
      response.setHeader("X-Error-Code", "GatedRepo");
      return void response.writeHead(refusal).end(`Access to model ${repo} is restricted.`);
    }
    const commit = repo === undefined ? undefined : this.commitOf(repo, revision);
    const bytes = path === undefined ? undefined : commit?.files.get(decodeURIComponent(path));
    if (!commit || !bytes) return void response.writeHead(404).end("Entry not found");
    response.setHeader("X-Repo-Commit", commit.sha);
    response.setHeader("X-Linked-ETag", `"${sha256Of(bytes)}"`);
    response.setHeader("X-Linked-Size", bytes.length);
    response.writeHead(302, { Location: `${this.storageOrigin}/${repo}/${commit.sha}/${path}` }).end();
  }

  async #storage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#preflight("storage", request, response)) return;
    const [, repo, sha, path] = /^\/([^/]+\/[^/]+)\/([^/]+)\/(.+)$/.exec(request.url!) ?? [];
    const bytes =
      repo && path ? this.commitOf(repo, sha)?.files.get(decodeURIComponent(path.split("?")[0]!)) : undefined;
    if (!repo || !path || !bytes) return void response.writeHead(404).end();
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
    const range = from === undefined ? null : ([Number(from), to ? Number(to) + 1 : bytes.length] as const);
    this.mostOpen = Math.max(this.mostOpen, ++this.#open);
    response.once("close", () => this.#open--);
    const fault = this.fault({ repo, path: decodeURIComponent(path), range, index: this.#fileRequests++ });
    await sendFile(response, { bytes, etag: `"${sha256Of(bytes)}"`, range, fault });
  }

  /**
   * Notes the request and lets other pages read its answer. @returns whether it was only the question if they
   * may
   */
  #preflight(host: SeenRequest["host"], request: IncomingMessage, response: ServerResponse): boolean {
    const { method = "", url = "", headers } = request;
    this.seen.push({ host, method, url, range: headers.range, authorization: headers.authorization });
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader(
      "Access-Control-Expose-Headers",
      "X-Repo-Commit, X-Error-Code, X-Error-Message, X-Total-Count, ETag, Link, Accept-Ranges, Content-Range, X-Linked-Size, X-Linked-ETag",
    );
    if (method !== "OPTIONS") return false;
    response.setHeader("Access-Control-Allow-Methods", "GET, HEAD");
    response.setHeader("Access-Control-Allow-Headers", "Authorization, Range");
    response.writeHead(204).end();
    return true;
  }
}

const originOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const hashes = new WeakMap<Uint8Array, string>();
/** In hexadecimal; worked out once for the same array. */
export function sha256Of(bytes: Uint8Array): string {
  const hash = hashes.get(bytes) ?? createHash("sha256").update(bytes).digest("hex");
  hashes.set(bytes, hash);
  return hash;
}
