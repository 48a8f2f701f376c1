import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { request, type IncomingHttpHeaders } from "node:http";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAllowedHost } from "./host-check.mjs";
import { serveFolder } from "./static-server.mjs";

const script = "export const answer = 42; // said again and again\n".repeat(400);
let folder = "";
let app: { origin: string; close(): Promise<void> };
let models: typeof app;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "served-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), `<!doctype html>${"<p>A page.</p>".repeat(200)}`);
  writeFileSync(join(folder, "sw.js"), script);
  writeFileSync(join(folder, "workbox-0a1b2c3d.js"), script);
  writeFileSync(join(folder, "assets/index-B8_x-9aZ.js"), script);
  writeFileSync(join(folder, "small.js"), "1;");
  writeFileSync(join(folder, "model.gguf"), new Uint8Array(5000));
  app = await serveFolder(folder);
  models = await serveFolder(folder, { allowAllOrigins: true });
});
afterAll(async () => {
  await app.close();
  await models.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Gets an answer as it comes over the wire: fetch would decompress it, and lets nobody choose the header
 * Host.
 */
function get(path: string, headers: Record<string, string> = {}, { method = "GET", from = app } = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const asked = request(from.origin + path, { method, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(pieces) }),
      );
    });
    asked.on("error", reject).end();
  });
}

describe("compression", () => {
  it.each([
    ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
    ["gzip, deflate", "gzip", gunzipSync],
    ["br;q=0, gzip;q=0.5", "gzip", gunzipSync],
  ])(
    "answers a reader that takes %s in %s, and the bytes come back whole",
    async (accepted, coding, unpack) => {
      const { headers, body } = await get("/sw.js", { "Accept-Encoding": accepted });
      expect(headers["content-encoding"]).toBe(coding);
      expect(headers["content-length"]).toBe(String(body.length));
      expect(headers.vary).toBe("Accept-Encoding");
      expect(body.length).toBeLessThan(script.length / 20);
      expect(unpack(body).toString()).toBe(script);
    },
  );

  it.each(["", "identity", "deflate"])(
    "sends the file as it is to a reader that takes %j",
    async (accepted) => {
      const { headers, body } = await get("/sw.js", { "Accept-Encoding": accepted });
      expect(headers["content-encoding"]).toBeUndefined();
      expect(body.toString()).toBe(script);
    },
  );

  it.each(["/small.js", "/model.gguf"])("leaves %s alone", async (path) => {
    const { headers } = await get(path, { "Accept-Encoding": "br" });
    expect(headers["content-encoding"]).toBeUndefined();
  });

  it("leaves ranges alone, which count the file's own bytes", async () => {
    const { status, headers, body } = await get("/sw.js", { "Accept-Encoding": "br", Range: "bytes=7-11" });
    expect(status).toBe(206);
    expect(headers["content-range"]).toBe(`bytes 7-11/${script.length}`);
    expect(body.toString()).toBe("const");
  });

  it("is off for pages of other origins, which do not see the header that tells of it", async () => {
    const { headers } = await get("/sw.js", { "Accept-Encoding": "br" }, { from: models });
    expect(headers["content-encoding"]).toBeUndefined();
    expect(headers["content-length"]).toBe(String(script.length));
  });

  it("gives HEAD the headers of GET and no body", async () => {
    const accept = { "Accept-Encoding": "br" };
    const whole = await get("/sw.js", accept);
    const head = await get("/sw.js", accept, { method: "HEAD" });
    expect(head.headers["content-length"]).toBe(String(whole.body.length));
    expect(head.body).toHaveLength(0);
  });

  it("sees that a file has changed", async () => {
    const path = join(folder, "changing.js");
    writeFileSync(path, script);
    const first = await get("/changing.js", { "Accept-Encoding": "gzip" });
    writeFileSync(path, script.replaceAll("42", "43"));
    utimesSync(path, new Date(), new Date(Date.now() + 5000));
    const second = await get("/changing.js", { "Accept-Encoding": "gzip" });
    expect(gunzipSync(second.body).toString()).toContain("43");
    expect(second.headers.etag).not.toBe(first.headers.etag);
  });
});

describe("caching", () => {
  it.each(["/assets/index-B8_x-9aZ.js", "/workbox-0a1b2c3d.js"])(
    "%s is kept for a year, for its name holds a hash",
    async (path) => {
      const { headers } = await get(path);
      expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    },
  );

  it.each(["/", "/index.html", "/sw.js", "/model.gguf"])("%s is asked for anew", async (path) => {
    expect((await get(path)).headers["cache-control"]).toBe("no-cache");
  });

  it("answers 304 to a reader that has this version in this coding, and only then", async () => {
    const { headers } = await get("/", { "Accept-Encoding": "br" });
    const known = { "If-None-Match": headers.etag! };
    expect((await get("/", { ...known, "Accept-Encoding": "br" })).status).toBe(304);
    expect((await get("/", { ...known, "Accept-Encoding": "gzip" })).status).toBe(200);
  });
});

describe("hosts", () => {
  it("a page whose name was made to point here gets nothing", async () => {
    const { status, body } = await get("/", { Host: "evil.example" });
    expect(status).toBe(403);
    expect(body.toString()).toContain("--host");
  });

  it.each([
    ["localhost:4173", "127.0.0.1", true],
    ["LOCALHOST", "127.0.0.1", true],
    ["127.0.0.1:4173", "127.0.0.1", true],
    ["[::1]:4173", "::1", true],
    ["192.168.1.7:4173", "0.0.0.0", true], // an address can not be bound anew, only a name can
    ["box.home:4173", "box.home", true],
    ["box.home:4173", "0.0.0.0", false],
    ["localhost.evil.example", "127.0.0.1", false],
    ["evil.example:4173", "127.0.0.1", false],
    ["127.0.0.1.evil.example", "127.0.0.1", false],
    ["a b", "127.0.0.1", false],
    ["", "127.0.0.1", false],
    [undefined, "127.0.0.1", false],
  ])("host %j on a server of %s: answered is %s", (header, served, isAnswered) => {
    expect(isAllowedHost(header, served)).toBe(isAnswered);
  });

  it("listens on this machine alone unless told", async () => {
    const outside = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const addresses = outside.filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of addresses) {
      const origin = app.origin.replace("localhost", address);
      await expect(get("/", {}, { from: { ...app, origin } })).rejects.toThrow("ECONNREFUSED");
    }
    expect(app.origin).toMatch(/^http:\/\/localhost:\d+$/);
  });
});

it.each(["/../secret", "/%2e%2e/secret", "/%00", "/absent.js"])("%s is no file", async (path) => {
  expect((await get(path)).status).toBe(404);
});
