import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** A fault of an answer. Byte counts are of this answer's body, `at` is a place in the file. */
export type Fault =
  | { readonly kind: "status"; readonly status: number; readonly retryAfter?: string }
  /** The connection is cut. */
  | { readonly kind: "drop"; readonly afterBytes: number }
  /** Nothing more comes, and the connection stays open. */
  | { readonly kind: "stall"; readonly afterBytes: number }
  /** It ends as if it were complete. */
  | { readonly kind: "truncate"; readonly afterBytes: number }
  /** The byte there has one bit flipped. */
  | { readonly kind: "corrupt"; readonly at: number }
  | { readonly kind: "slow"; readonly bytesPerSecond: number }
  /** The whole file is given whatever range was asked for. */
  | { readonly kind: "no-ranges" }
  /** Bytes from elsewhere in the file, and it says so: a cache that mixed up two ranges. */
  | { readonly kind: "shifted"; readonly by: number }
  /** A page for people in the file's place, such as a network's login. */
  | { readonly kind: "page" }
  /** Another ETag and, where given, other bytes: the file was replaced. */
  | { readonly kind: "changed"; readonly etag: string; readonly bytes?: Uint8Array };

interface Answer {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly range: readonly [start: number, end: number] | null;
  readonly fault: Fault | undefined;
}

/** Answers with a file or a range of it, wrong in the way that `fault` says. */
export async function sendFile(response: ServerResponse, answer: Answer): Promise<void> {
  const { fault } = answer;
  if (fault?.kind === "status") {
    if (fault.retryAfter) response.setHeader("Retry-After", fault.retryAfter);
    return void response.writeHead(fault.status).end("no");
  }
  if (fault?.kind === "page")
    return void response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>Sign in");
  const bytes = (fault?.kind === "changed" && fault.bytes) || answer.bytes;
  const by = fault?.kind === "shifted" ? fault.by : 0;
  const range =
    fault?.kind === "no-ranges" || !answer.range
      ? null
      : ([answer.range[0] + by, answer.range[1] + by] as const);
  const [start, end] = range ? [range[0], Math.min(range[1], bytes.length)] : [0, bytes.length];
  if (start >= bytes.length && range) {
    return void response.writeHead(416, { "Content-Range": `bytes */${bytes.length}` }).end();
  }
  let body = bytes.subarray(start, end);
  if (fault?.kind === "corrupt" && fault.at >= start && fault.at < end) {
    body = body.slice();
    body[fault.at - start]! ^= 1;
  }
  response.setHeader("ETag", fault?.kind === "changed" ? fault.etag : answer.etag);
  response.setHeader("Content-Type", "application/octet-stream");
  if (fault?.kind !== "no-ranges") response.setHeader("Accept-Ranges", "bytes");
  if (fault?.kind !== "truncate") response.setHeader("Content-Length", body.length);
  if (range) response.setHeader("Content-Range", `bytes ${start}-${end - 1}/${bytes.length}`);
  response.writeHead(range ? 206 : 200);
  await sendBody(response, body, fault);
}

async function sendBody(response: ServerResponse, body: Uint8Array, fault: Fault | undefined): Promise<void> {
  switch (fault?.kind) {
    case "drop":
      response.write(body.subarray(0, fault.afterBytes));
      await sleep(20); // so that what was written is on its way before the cut
      response.destroy();
      return;
    case "stall":
      response.write(body.subarray(0, fault.afterBytes));
      return;
    case "truncate":
      response.end(body.subarray(0, fault.afterBytes));
      return;
    case "slow": {
      const everyMs = 20;
      const pieceBytes = Math.max(1, Math.round((fault.bytesPerSecond * everyMs) / 1000));
      for (let at = 0; at < body.length && !response.destroyed; at += pieceBytes) {
        response.write(body.subarray(at, at + pieceBytes));
        await sleep(everyMs);
      }
      response.end();
      return;
    }
    case undefined:
    case "status":
    case "corrupt":
    case "shifted":
    case "page":
    case "no-ranges":
    case "changed":
      response.end(body);
  }
}
