import { expect, it } from "vitest";
import { joinShared, readShared } from "./shared-items";

/** A cache that holds real responses, as the service worker puts them aside. */
function cacheOf(entries: Readonly<Record<string, Response>>) {
  const kept = new Map(Object.entries(entries).map(([path, one]) => [`https://app.example/${path}`, one]));
  const urlOf = (key: RequestInfo | URL) => (key instanceof Request ? key.url : String(key));
  return {
    kept,
    keys: () => Promise.resolve([...kept.keys()].map((url) => new Request(url))),
    match: (key: RequestInfo | URL) => Promise.resolve(kept.get(urlOf(key))),
    delete: (key: RequestInfo | URL) => Promise.resolve(kept.delete(urlOf(key))),
  };
}

it("text and files that were shared are taken up, and nothing of them stays", async () => {
  const cache = cacheOf({
    "shared/text": Response.json({ title: "News", text: "Look at this", url: "https://x.example/a" }),
    "shared/0": new Response("abc", {
      headers: { "Content-Type": "text/plain", "X-File-Name": encodeURIComponent("Größe 1.txt") },
    }),
  });
  const { text, files } = await readShared(cache);
  expect(text).toBe("News\nLook at this\nhttps://x.example/a");
  expect(files.map(({ name, type, size }) => [name, type, size])).toEqual([["Größe 1.txt", "text/plain", 3]]);
  expect(cache.kept.size).toBe(0);
});

it("an address that stands in the text is written once", () => {
  expect(joinShared({ text: "See https://x.example/a", url: "https://x.example/a" })).toBe(
    "See https://x.example/a",
  );
  expect(joinShared({ title: "Same", text: "Same" })).toBe("Same");
  expect(joinShared({})).toBe("");
});
