import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { pipeline } from "node:stream";
import { chooseCoding, createCompressor } from "./compression.mjs";
import { isAllowedHost } from "./host-check.mjs";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".md": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".gguf": "application/octet-stream",
};

/**
 * Vite's files carry eight characters of a hash, and Workbox's own script too: such a name never gets other
 * bytes.
 */
const hashedName = /([\\/]assets[\\/].+-[\w-]{8}|[\\/]workbox-[\da-f]{8})\.\w+$/;

/**
 * Serves the files of a folder over HTTP, compressed where that helps, with single byte ranges. Files that
 * carry a hash in their name are kept by the browser for a year; all others, the page and its service worker
 * among them, are asked for anew.
 *
 * Requests that name another host than the one served are refused: a page of any site could otherwise have
 * its own name point here (DNS rebinding), and read what only this machine should.
 *
 * @param {string} folder
 * @param {object} [options]
 * @param {number} [options.port]  0: any free one. One that is taken rejects with code EADDRINUSE
 * @param {string} [options.host]  the address to listen on; this machine alone unless told
 * @param {boolean} [options.allowAllOrigins]  answers pages of other origins too (CORS), uncompressed
 * @returns {Promise<{ origin: string, close(): Promise<void> }>}  `close` also cuts the connections that are
 *   open
 */
export async function serveFolder(folder, { port = 0, host = "127.0.0.1", allowAllOrigins = false } = {}) {
  // Pages of other origins do not see whether an answer is compressed, so they could not tell what its length
  // counts.
  const compress = allowAllOrigins ? undefined : createCompressor();
  const server = createServer((request, response) => {
    if (!isAllowedHost(request.headers.host, host)) return end(response, 403, wrongHost);
    if (allowAllOrigins) allowOrigins(response);
    answer({ folder, compress }, request, response).catch((error) => {
      console.error(error);
      end(response, 500, "The file could not be read.");
    });
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    origin: `http://${nameOf(host)}:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const wrongHost = "This server does not answer under that name. Start it with --host NAME to allow it.";

/**
 * The name that stands in the printed address. This machine is "localhost", for which browsers need no https.
 */
function nameOf(host) {
  if (isThisMachine(host) || isEverywhere(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

export const isThisMachine = (host) => ["localhost", "::1"].includes(host) || host.startsWith("127.");

const isEverywhere = (host) => ["0.0.0.0", "::"].includes(host);

function allowOrigins(response) {
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Access-Control-Allow-Headers", "Range");
  response.setHeader("Access-Control-Expose-Headers", "Content-Length, Content-Range, Accept-Ranges, ETag");
}

async function answer({ folder, compress }, request, response) {
  if (request.method === "OPTIONS") return end(response, 204);
  if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, "Only GET and HEAD.");
  const path = pathOf(request.url);
  const file = path && (await findFile(join(folder, path)));
  if (!file) return end(response, 404, "There is no such file.");

  const type = types[extname(file.path).toLowerCase()] ?? "application/octet-stream";
  // A range counts the file's own bytes.
  const isWhole = compress && !request.headers.range;
  const coding = isWhole ? chooseCoding(request.headers["accept-encoding"], type, file.size) : undefined;
  const version = `${file.size.toString(36)}-${Math.trunc(file.mtimeMs).toString(36)}`;
  const etag = coding ? `"${version}-${coding}"` : `"${version}"`;
  response.setHeader("ETag", etag);
  response.setHeader("Accept-Ranges", "bytes");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Content-Type", type);
  response.setHeader("Vary", "Accept-Encoding");
  const isHashed = hashedName.test(file.path);
  response.setHeader("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.headers["if-none-match"] === etag) return end(response, 304);
  if (coding) return sendCompressed(await compress(file.path, version, coding), coding, request, response);

  const range = readRange(request.headers.range, file.size);
  if (range === "outside") {
    response.setHeader("Content-Range", `bytes */${file.size}`);
    return end(response, 416, "The range is outside the file.");
  }
  const { first, last } = range ?? { first: 0, last: file.size - 1 };
  if (range) response.setHeader("Content-Range", `bytes ${first}-${last}/${file.size}`);
  response.setHeader("Content-Length", last - first + 1);
  response.writeHead(range ? 206 : 200);
  if (request.method === "HEAD" || file.size === 0) return response.end();
  pipeline(createReadStream(file.path, { start: first, end: last }), response, (error) => {
    // The reader going away in the middle is its own business.
    if (error && error.code !== "ERR_STREAM_PREMATURE_CLOSE") console.error(error);
  });
}

function sendCompressed(bytes, coding, request, response) {
  response.setHeader("Content-Encoding", coding);
  response.setHeader("Content-Length", bytes.length);
  response.writeHead(200);
  response.end(request.method === "HEAD" ? undefined : bytes);
}

/** The path inside the folder that an address names; undefined when it leads out of it or is no path. */
function pathOf(url) {
  try {
    const path = normalize(decodeURIComponent(new URL(url, "http://localhost").pathname));
    return path.includes("\0") || path.split(sep).includes("..") ? undefined : path;
  } catch {
    return undefined;
  }
}

async function findFile(path) {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return findFile(join(path, "index.html"));
  return found?.isFile() ? { path, size: found.size, mtimeMs: found.mtimeMs } : undefined;
}

/**
 * One range of bytes, both ends included; undefined for none, several, or what is no range, which get the
 * whole file.
 */
function readRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return undefined;
  const [, from, to] = match;
  const first = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return first > last ? "outside" : { first, last };
}

function end(response, status, text = "") {
  if (response.headersSent) return response.destroy();
  response.statusCode = status;
  if (text) response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end(text);
}
