import type { ApiHandler } from "./hub-server";
import { sha256Of } from "./hub-server";

export interface HubApiOptions {
  /** Entries of a page of the file list; the real hub gives up to 1,000. */
  readonly pageEntries?: number;
  /** Larger files are in LFS, so that their SHA-256 is listed. */
  readonly lfsFromBytes?: number;
}

/**
 * The part of a hub's API that lists models, for `HubServer.api`: `/api/models/OWNER/NAME/revision/REV` and
 * `/api/models/OWNER/NAME/tree/REV?recursive=true`. A gated repository is listed to everybody, as on Hugging
 * Face.
 */
export function hubApi({ pageEntries = 1000, lfsFromBytes = 1000 }: HubApiOptions = {}): ApiHandler {
  return (hub, request, response) => {
    const url = new URL(request.url!, hub.origin);
    const [, repo, what, revision] =
      /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\/([^/]+)$/.exec(url.pathname) ?? [];
    if (repo === undefined) return false;
    const newest = hub.commitOf(repo);
    const commit = hub.commitOf(repo, decodeURIComponent(revision!));
    if (!commit) {
      // Strangers are not told what exists.
      response.setHeader("X-Error-Code", newest ? "RevisionNotFound" : "RepoNotFound");
      response.writeHead(newest ? 404 : 401).end(JSON.stringify({ error: "not found" }));
      return true;
    }
    response.setHeader("Content-Type", "application/json");
    if (what === "revision") {
      const siblings = [...commit.files.keys()].map((rfilename) => ({ rfilename }));
      const gated = hub.gates.has(repo) ? "auto" : false;
      response.end(JSON.stringify({ id: repo, sha: commit.sha, gated, siblings }));
      return true;
    }
    const entries = entriesOf(commit.files, lfsFromBytes);
    const start = Number(url.searchParams.get("cursor") ?? 0);
    const end = start + pageEntries;
    if (end < entries.length) {
      url.searchParams.set("cursor", String(end));
      response.setHeader("Link", `<${url.href}>; rel="next"`);
    }
    response.end(JSON.stringify(entries.slice(start, end)));
    return true;
  };
}

function entriesOf(files: ReadonlyMap<string, Uint8Array>, lfsFromBytes: number): object[] {
  const folders = new Set(
    [...files.keys()].filter((path) => path.includes("/")).map((path) => path.split("/")[0]!),
  );
  const oid = "0".repeat(40);
  return [
    ...[...folders].map((path) => ({ type: "directory", oid, size: 0, path })),
    ...[...files].map(([path, bytes]) => ({
      type: "file",
      oid,
      size: bytes.length,
      path,
      ...(bytes.length >= lfsFromBytes && {
        lfs: { oid: sha256Of(bytes), size: bytes.length, pointerSize: 135 },
      }),
    })),
  ];
}
