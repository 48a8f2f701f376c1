import { afterEach, beforeEach, expect, it } from "vitest";
import { HubServer, sha256Of } from "./hub-server";

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i * 7);
let hub: HubServer;
beforeEach(async () => {
  hub = await HubServer.start();
  hub.commit("Qwen/tiny", { "a b.gguf": bytes });
});
afterEach(() => hub.stop());

const url = () => hub.url("Qwen/tiny", "a%20b.gguf");
const bodyOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

it("resolve redirects to the other host, with the file's hash and size", async () => {
  const response = await fetch(url(), { redirect: "manual" });
  expect(response.status).toBe(302);
  expect(response.headers.get("X-Linked-ETag")).toBe(`"${sha256Of(bytes)}"`);
  expect(response.headers.get("X-Linked-Size")).toBe("1000");
  expect(response.headers.get("Location")).toMatch(new RegExp(`^${hub.storageOrigin}/Qwen/tiny/`));
});

it("the other host gives the whole or a range, to pages of any origin", async () => {
  expect(await bodyOf(await fetch(url()))).toEqual(bytes);
  const response = await fetch(url(), { headers: { Range: "bytes=10-19" } });
  expect(response.status).toBe(206);
  expect(response.headers.get("Content-Range")).toBe("bytes 10-19/1000");
  expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
  expect(await bodyOf(response)).toEqual(bytes.slice(10, 20));
});

it("an older commit stays readable by its id", async () => {
  const first = hub.commitOf("Qwen/tiny")!.sha;
  hub.commit("Qwen/tiny", { "a b.gguf": bytes.slice(1) });
  expect((await bodyOf(await fetch(hub.url("Qwen/tiny", "a%20b.gguf", first)))).length).toBe(1000);
  expect((await bodyOf(await fetch(url()))).length).toBe(999);
});

it.each([
  [undefined, false, 401],
  ["wrong", true, 401],
  ["right", false, 403],
  ["right", true, 200],
])("a gated repository with token %s, terms accepted: %s, answers %i", async (token, acceptedBy, status) => {
  hub.gates.set("Qwen/tiny", { token: "right", acceptedBy });
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  expect((await fetch(url(), { headers })).status).toBe(status);
});

it("faults: status, cut, short, flipped, without ranges, replaced", async () => {
  const ask = (range = "bytes=100-199") => fetch(url(), { headers: { Range: range } });
  hub.fault = () => ({ kind: "status", status: 503 });
  expect((await ask()).status).toBe(503);
  hub.fault = () => ({ kind: "drop", afterBytes: 50 });
  await expect(ask().then(bodyOf)).rejects.toThrow();
  hub.fault = () => ({ kind: "truncate", afterBytes: 50 });
  expect((await bodyOf(await ask())).length).toBe(50);
  hub.fault = () => ({ kind: "corrupt", at: 150 });
  const flipped = await bodyOf(await ask());
  expect([...flipped.keys()].filter((i) => flipped[i] !== bytes[100 + i])).toEqual([50]);
  expect(await bodyOf(await ask("bytes=200-299"))).toEqual(bytes.slice(200, 300));
  hub.fault = () => ({ kind: "no-ranges" });
  expect(await bodyOf(await ask())).toEqual(bytes);
  hub.fault = () => ({ kind: "changed", etag: '"other"', bytes: bytes.slice(1) });
  const changed = await ask();
  expect(changed.headers.get("ETag")).toBe('"other"');
  expect(changed.headers.get("Content-Range")).toBe("bytes 100-199/999");
});
