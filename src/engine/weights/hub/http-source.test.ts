import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { allowedUrl } from "./connections";
import { openDownload } from "./download";
import { openHttp } from "./http-source";

const MIB = 1 << 20;

/** A file that starts as a GGUF does. */
function fileOf(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = i * 31 + (i >> 10);
  bytes.set([0x47, 0x47, 0x55, 0x46]);
  return bytes;
}

/** toEqual would take seconds for this. */
const sameBytes = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

/** A server on this machine. @returns the address of its file, and the Range headers that came */
async function serve(answer: RequestListener) {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/models/tiny%20one.gguf?x=1`, host: `127.0.0.1:${port}`, ranges };
}

const withRanges =
  (bytes: Uint8Array): RequestListener =>
  ({ headers }, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
    if (from === undefined)
      return void response.writeHead(200, { "Content-Length": bytes.length }).end(bytes);
    const piece = bytes.subarray(Number(from), Number(to) + 1);
    const last = Number(from) + piece.length - 1;
    response.writeHead(206, { "Content-Range": `bytes ${from}-${last}/${bytes.length}` }).end(piece);
  };

const withoutRanges =
  (bytes: Uint8Array): RequestListener =>
  (_, response) =>
    void response.writeHead(200, { "Content-Length": bytes.length }).end(bytes);

async function allOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const found: Uint8Array[] = [];
  for await (const piece of pieces) found.push(piece.slice());
  return new Uint8Array(Buffer.concat(found));
}

describe("reading a header from a server", () => {
  it("asks for no more than the ranges it needs, longer each time", async () => {
    const bytes = fileOf(40 * MIB);
    const { url, host, ranges } = await serve(withRanges(bytes));
    const source = await openHttp(url);
    expect(source).toMatchObject({ sizeBytes: 40 * MIB, fileName: "tiny one.gguf", host });
    expect(sameBytes(await source.read(0, 100), bytes.slice(0, 100))).toBe(true);
    expect(ranges).toEqual([`bytes=0-${MIB - 1}`]);
    // Across the end of a range, and back again.
    expect(sameBytes(await source.read(MIB - 5, 2 * MIB), bytes.slice(MIB - 5, 3 * MIB - 5))).toBe(true);
    expect(sameBytes(await source.read(3, 10), bytes.slice(3, 13))).toBe(true);
    await source.read(6 * MIB, 4);
    expect(ranges.slice(1)).toEqual([`bytes=${MIB}-${3 * MIB - 1}`, `bytes=${3 * MIB}-${7 * MIB - 1}`]);
    await source.close();
  });

  it("takes the stream's beginning where there are no ranges, and ends the connection", async () => {
    const bytes = fileOf(64 * MIB);
    let sentBytes = 0;
    let isOpen = true;
    const { url } = await serve((_, response) => {
      response.writeHead(200, { "Content-Length": bytes.length });
      const send = () => {
        while (isOpen && sentBytes < bytes.length) {
          const piece = bytes.subarray(sentBytes, sentBytes + MIB);
          sentBytes += MIB;
          if (!response.write(piece)) return void response.once("drain", send);
        }
      };
      response.on("close", () => (isOpen = false));
      send();
    });
    const source = await openHttp(url);
    expect(source.sizeBytes).toBe(64 * MIB);
    expect(await source.read(100_000, 7)).toEqual(bytes.slice(100_000, 100_007));
    await source.close();
    await expect.poll(() => isOpen).toBe(false);
    expect(sentBytes).toBeLessThan(32 * MIB); // what lay ready in the system's buffers
  });

  it("does without the range's total where the server keeps that from other pages", async () => {
    const bytes = fileOf(5000);
    const { url } = await serve(({ headers }, response) => {
      if (headers.range) response.writeHead(206).end(bytes);
      else response.writeHead(200, { "Content-Length": bytes.length }).end(bytes);
    });
    const source = await openHttp(url);
    expect(source.sizeBytes).toBe(5000);
    expect(sameBytes(await source.read(0, 5000), bytes)).toBe(true);
  });

  it("a server that gives nothing more says how much came", async () => {
    const bytes = fileOf(MIB);
    const { url } = await serve((_, response) =>
      response.writeHead(206, { "Content-Range": `bytes 0-${MIB - 1}/${9 * MIB}` }).end(bytes),
    );
    const source = await openHttp(url);
    stops.pop()!();
    await expect(source.read(2 * MIB, 1)).rejects.toMatchObject({ code: "download" });
  });
});

describe("downloading", () => {
  it.each([4, 5, 3 * MIB + 1])("gives all %i bytes, the first ones too", async (length) => {
    const bytes = fileOf(length);
    const { url, host } = await serve(withoutRanges(bytes));
    const download = await openDownload(url);
    expect(download).toMatchObject({ sizeBytes: length, fileName: "tiny one.gguf", host });
    expect(sameBytes(await allOf(download.pieces(0, download.sizeBytes)), bytes)).toBe(true);
    await download.close();
  });

  it("a connection that breaks off is told, with what came", async () => {
    const bytes = fileOf(2 * MIB);
    const { url } = await serve((_, response) => {
      response.writeHead(200, { "Content-Length": bytes.length });
      response.write(bytes.subarray(0, MIB), () => setTimeout(() => response.destroy(), 20));
    });
    const download = await openDownload(url, { retryDelaysMs: [] });
    await expect(allOf(download.pieces(0, download.sizeBytes))).rejects.toMatchObject({
      code: "download",
      message: expect.stringMatching(/broke off|ended after/) as string,
    });
  });

  it("an abort ends it as cancelled", async () => {
    const controller = new AbortController();
    const { url } = await serve((_, response) => {
      response.writeHead(200, { "Content-Length": MIB }).write(fileOf(1000));
    });
    const download = await openDownload(url, { signal: controller.signal });
    const all = allOf(download.pieces(0, download.sizeBytes));
    controller.abort();
    await expect(all).rejects.toMatchObject({ code: "cancelled" });
    await expect(openDownload(url, { signal: controller.signal })).rejects.toMatchObject({
      code: "cancelled",
    });
  });

  it("closing one that was never read ends the connection", async () => {
    let response: ServerResponse | undefined;
    const { url } = await serve((_, r) => {
      response = r;
      r.writeHead(200, { "Content-Length": MIB }).write(fileOf(1000));
    });
    await (await openDownload(url)).close();
    await expect.poll(() => response?.destroyed).toBe(true);
  });
});

const status =
  (code: number): RequestListener =>
  (_, response) =>
    void response.writeHead(code).end("no");

describe.each([
  ["openHttp", (url: string) => openHttp(url)],
  ["openDownload", (url: string) => openDownload(url)],
])("%s refuses", (_, open) => {
  it.each([
    [401, "login"],
    [403, "licence"],
    [404, "address"],
    [429, "Wait"],
    [500, "later"],
    [418, "address"],
  ])("an answer with status %i, with the host, the file and what to do", async (code, hint) => {
    const { url, host } = await serve(status(code));
    const error: unknown = await open(url).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "download", hint: expect.stringContaining(hint) as string });
    expect((error as Error).message).toContain(host);
    expect((error as Error).message).toContain(String(code));
  });

  it.each([
    ["text/html; charset=utf-8", "\n\n  <!doctype html>"],
    ["application/octet-stream", "<!doctype html><title>Sign in"],
  ])("a web page served as %s, and names the right kind of link", async (type, page) => {
    const { url } = await serve((_, response) =>
      response.writeHead(200, { "Content-Type": type, "Content-Length": page.length }).end(page),
    );
    await expect(open(url)).rejects.toMatchObject({
      code: "download",
      hint: expect.stringContaining("/resolve/") as string,
    });
  });

  it("a web page of unknown length as a web page", async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { "Content-Type": "text/html" });
      response.write("<html>");
      response.end();
    });
    await expect(open(url)).rejects.toMatchObject({ message: expect.stringContaining("web page") as string });
  });

  it.each([
    ["PK\x03\x04 and so on", "a zip archive"],
    ["GGU", '"GGUF"'],
    ["", "empty"],
    ['{"error":"Invalid username or password."}', "“Invalid username or password.”"],
    ["Entry not found", "begins “Entry not found”"],
    ["version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 53", "a Git LFS pointer"],
    ["\0".repeat(600), "not downloaded yet"],
  ])("a file that holds %j", async (content, says) => {
    const { url } = await serve(withoutRanges(Buffer.from(content)));
    await expect(open(url)).rejects.toMatchObject({
      code: "model-format",
      message: expect.stringContaining(says) as string,
    });
  });

  it("a file that the server packs is downloaded all the same, by ranges", async () => {
    const bytes = fileOf(3000);
    const { url, ranges } = await serve((request, response) => {
      if (request.headers.range !== undefined) return withRanges(bytes)(request, response);
      response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(bytes));
    });
    const download = await openDownload(url);
    expect(download.sizeBytes).toBe(3000);
    expect(sameBytes(await allOf(download.pieces(0, download.sizeBytes)), bytes)).toBe(true);
    expect(ranges).toEqual(["bytes=0-511", "bytes=0-2999"]);
  });

  it.each([{}, { "Content-Encoding": "gzip", "Content-Length": "20" }])(
    "a file whose size %o does not tell",
    async (headers) => {
      const { url } = await serve((_, response) => {
        response.writeHead(200, headers);
        response.write("\x1f\x8b");
        response.end();
      });
      await expect(open(url)).rejects.toMatchObject({
        message: expect.stringContaining("how large") as string,
      });
    },
  );

  it("a server that is not there", async () => {
    const { url, host } = await serve(status(200));
    stops.pop()!();
    await expect(open(url)).rejects.toMatchObject({
      code: "download",
      message: expect.stringContaining(host) as string,
    });
  });

  it("an address that leads elsewhere than it may", async () => {
    const { url } = await serve((_, response) =>
      response.writeHead(302, { Location: "http://0.0.0.0:9/model.gguf" }).end(),
    );
    await expect(open(url)).rejects.toMatchObject({ code: "download" });
  });
});

describe("addresses", () => {
  it.each([
    ["https://example.com/a.gguf", "https://example.com/a.gguf"],
    ["http://localhost:8080/a.gguf", "http://localhost:8080/a.gguf"],
    ["http://127.0.0.1/a.gguf#x", "http://127.0.0.1/a.gguf"],
    ["http://[::1]:1/a.gguf", "http://[::1]:1/a.gguf"],
    [
      "https://huggingface.co/Qwen/Qwen3.5-0.8B-GGUF/blob/main/q4.gguf?download=true",
      "https://huggingface.co/Qwen/Qwen3.5-0.8B-GGUF/resolve/main/q4.gguf?download=true",
    ],
    ["https://example.com/blob/a.gguf", "https://example.com/blob/a.gguf"],
  ])("%s may be asked, as %s", (address, href) => {
    expect(allowedUrl(address).href).toBe(href);
  });

  it.each([
    "http://example.com/a.gguf",
    "http://127.0.0.1.example.com/a.gguf",
    "http://localhost.example.com/a.gguf",
    "ftp://example.com/a.gguf",
    "file:///etc/passwd",
    "data:application/octet-stream,GGUF",
    "blob:https://example.com/1234",
    "javascript:alert(1)",
    "https://me:secret@example.com/a.gguf",
    "a.gguf", // Node has no origin for it to belong to
  ])("%s may not", (address) => {
    expect(() => allowedUrl(address)).toThrowError(expect.objectContaining({ code: "download" }) as Error);
  });
});

const sources = import.meta.glob<string>("../../../**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Mermaid's script comes from this origin, and the address is the build's own. */
const ownFiles = "../../../page/ui/markdown/diagram/mermaid-script.ts";

it("no other module opens connections", () => {
  const opens = /\b(fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\(/;
  const others = Object.entries(sources).filter(
    ([path, source]) => opens.test(source) && !path.includes(".test."),
  );
  expect(others.map(([path]) => path).sort()).toEqual([ownFiles, "./connections.ts"].sort());
  expect(sources[ownFiles]).toMatch(/^import url from "mermaid\/.*\?url";$/m);
  expect(sources[ownFiles]).toMatch(/ fetch\(url\)/);
});
