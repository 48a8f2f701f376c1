import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { DownloadError } from "../../../ground/errors";
import { connect, setHubToken } from "./connections";
import { hubFileUrl, listRepository } from "./hub";

const sha = "0123456789abcdef0123456789abcdef01234567";
const oid = "ab".repeat(32);
const repo = { repo: "owner/name", revision: "main" };

const stops: (() => void)[] = [];
afterEach(() => {
  setHubToken("https://huggingface.co", undefined);
  stops.splice(0).forEach((stop) => stop());
});

/** A server on this machine. @returns its address, and what came */
async function serve(answer: RequestListener): Promise<{ origin: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const json = (response: ServerResponse, body: unknown, headers: Record<string, string> = {}) =>
  void response.writeHead(200, headers).end(JSON.stringify(body));

/** A hub whose repository is at `sha` and lists `tree`. */
const hubOf =
  (tree: unknown, info: unknown = { sha, gated: false }): RequestListener =>
  ({ url }, response) =>
    json(response, url!.includes("/revision/") ? info : tree);

const refusal = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(DownloadError);
  return error as DownloadError;
};

describe("a repository's files", () => {
  it("are those of the commit, with sizes and the hashes of large ones", async () => {
    const { origin, requests } = await serve(
      hubOf([
        { type: "directory", path: "BF16", size: 0, oid: "x" },
        { type: "file", path: "config.json", size: 900, oid: "x" },
        {
          type: "file",
          path: "BF16/a b.gguf",
          size: 134,
          oid: "x",
          lfs: { oid, size: 5000, pointerSize: 134 },
        },
      ]),
    );
    expect(await listRepository(`${origin}/mirror/`, { repo: "owner/name", revision: "refs/pr/7" })).toEqual({
      hubUrl: `${origin}/mirror/`,
      repo: "owner/name",
      revision: sha,
      branch: "refs/pr/7",
      isGated: false,
      files: [
        { path: "config.json", sizeBytes: 900 },
        { path: "BF16/a b.gguf", sizeBytes: 5000, sha256: oid },
      ],
    });
    expect(requests.map(({ url }) => url)).toEqual([
      "/mirror/api/models/owner/name/revision/refs%2Fpr%2F7",
      `/mirror/api/models/owner/name/tree/${sha}?recursive=true`,
    ]);
    expect(hubFileUrl(`${origin}/mirror`, "owner/name", sha, "BF16/a b.gguf").href).toBe(
      `${origin}/mirror/owner/name/resolve/${sha}/BF16/a%20b.gguf`,
    );
  });

  it("are read page by page, on the same server even if the link names another", async () => {
    const { origin, requests } = await serve(({ url }, response) => {
      if (url!.includes("/revision/")) return json(response, { sha, gated: "manual" });
      const page = Number(new URL(url!, "http://x").searchParams.get("cursor") ?? 0);
      const next = `<https://other.example/api/models/owner/name/tree/x?recursive=true&cursor=${page + 1}>; rel="next"`;
      json(response, [{ type: "file", path: `${page}.gguf`, size: page }], page < 2 ? { Link: next } : {});
    });
    const { files, isGated } = await listRepository(origin, repo);
    expect(isGated).toBe(true);
    expect(files.map(({ path }) => path)).toEqual(["0.gguf", "1.gguf", "2.gguf"]);
    expect(requests).toHaveLength(4);
  });

  it("of a repository that was renamed are those of its new name", async () => {
    const { origin, requests } = await serve((request, response) => {
      if (request.url!.includes("/old/name/"))
        return void response.writeHead(307, { Location: request.url!.replace("/old/", "/new/") }).end();
      hubOf([{ type: "file", path: "a.gguf", size: 1 }], { id: "new/name", sha })(request, response);
    });
    const listing = await listRepository(origin, { repo: "old/name", revision: "main" });
    expect(listing).toMatchObject({ repo: "new/name", revision: sha, files: [{ path: "a.gguf" }] });
    expect(requests.map(({ url }) => url!.split("/").slice(3, 5).join("/"))).toEqual([
      "old/name",
      "new/name",
      "new/name",
    ]);
  });

  it("are not read for ever", async () => {
    const { origin } = await serve(({ url }, response) =>
      url!.includes("/revision/")
        ? json(response, { sha })
        : json(response, [], { Link: '<?cursor=1>; rel="next"' }),
    );
    expect((await refusal(listRepository(origin, repo))).message).toMatch(/more than 50 pages/);
  });

  it.each([
    ["sha", {}, []],
    ["sha", { sha: "main" }, []],
    ["the answer", [1], []],
    ["the answer", { sha }, { files: [] }],
    ["[0]", { sha }, ["x"]],
    ["[0].path", { sha }, [{ type: "file", size: 1 }]],
    ["[0].path", { sha }, [{ type: "file", path: "../../other/x.gguf", size: 1 }]],
    ["[0].size", { sha }, [{ type: "file", path: "x", size: "1" }]],
    ["[0].size", { sha }, [{ type: "file", path: "x", size: -1 }]],
    ["[0].lfs", { sha }, [{ type: "file", path: "x", size: 1, lfs: "x" }]],
    ["[0].lfs.oid", { sha }, [{ type: "file", path: "x", size: 1, lfs: { oid: "x" } }]],
    ["[0].lfs.size", { sha }, [{ type: "file", path: "x", size: 1, lfs: { oid, size: 0.5 } }]],
  ])("are refused when “%s” can not be (%#)", async (field, info, tree) => {
    const { origin } = await serve(hubOf(tree, info));
    expect((await refusal(listRepository(origin, repo))).message).toContain(` with ${field} = `);
  });

  it("are refused when the server answers with a page", async () => {
    const { origin } = await serve((_, response) => void response.end("<!doctype html>"));
    const { message, hint } = await refusal(listRepository(origin, repo));
    expect(message).toContain("not JSON");
    expect(hint).toContain("hub address");
  });

  it.each([
    [401, "GatedRepo", "licence", "Access token"],
    [401, "RepoNotFound", "no public repository “owner/name”", "Access token"],
    [403, "", "to everybody", "Access token"],
    [404, "RevisionNotFound", "no such revision", "owner/name"],
    [404, "RepoNotFound", "no model repository", "owner/name"],
    [429, "", "too many", "access token"],
    [503, "", "503", "later"],
  ])("are refused with what to do at status %i %s", async (status, code, says, advises) => {
    const { origin } = await serve(
      (_, response) => void response.writeHead(status, { "X-Error-Code": code }).end(),
    );
    const { message, hint } = await refusal(listRepository(origin, repo));
    expect(`${message} ${hint}`).toContain(says);
    expect(hint).toContain(advises);
  });
});

describe("the access token", () => {
  it("goes to the hub's origin, and to no redirect's target, no link and no other port", async () => {
    const elsewhere = await serve((_, response) => void response.end("bytes"));
    const hub = await serve((request, response) => {
      if (!request.url!.includes("/resolve/")) return hubOf([])(request, response);
      response.writeHead(302, { Location: `${elsewhere.origin}/blob?signature=1` }).end();
    });
    setHubToken(`${hub.origin}/base`, "hf_secret");
    await listRepository(`${hub.origin}/base`, repo);
    const file = await connect(hubFileUrl(hub.origin, "owner/name", sha, "x.gguf"), { range: [0, 2] });
    expect(await file.text()).toBe("bytes");
    await (await connect(new URL(`${elsewhere.origin}/x.gguf`))).text();

    const tokens = ({ requests }: typeof hub) => requests.map(({ headers }) => headers.authorization);
    expect(tokens(hub)).toEqual(Array(3).fill("Bearer hf_secret"));
    expect(tokens(elsewhere)).toEqual([undefined, undefined]);
  });

  it("is not sent any more once it is taken back", async () => {
    const hub = await serve(hubOf([]));
    setHubToken(hub.origin, "hf_secret");
    setHubToken(hub.origin, undefined);
    await listRepository(hub.origin, repo);
    expect(hub.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  it("is in no message", async () => {
    const hub = await serve((_, response) => void response.writeHead(403).end());
    setHubToken(hub.origin, "hf_secret");
    const { message, hint } = await refusal(listRepository(hub.origin, repo));
    expect(message + hint).not.toContain("secret");
  });
});
