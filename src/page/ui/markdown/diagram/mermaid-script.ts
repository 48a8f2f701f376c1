import url from "mermaid/dist/mermaid.min.js?url";

const cacheName = "mermaid";

/**
 * Mermaid's script as text. It is kept once it was loaded, so that diagrams are drawn offline too; not by the
 * service worker, which does not yet serve the page that is visited first.
 */
export async function loadMermaid(): Promise<string> {
  // Over plain http there is no cache, and a browser may refuse one.
  const cache = await globalThis.caches?.open(cacheName).catch(() => undefined);
  const kept = await cache?.match(url);
  if (kept) return kept.text();
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Mermaid's script: HTTP ${response.status}.`);
  const script = await response.clone().text();
  for (const old of (await cache?.keys()) ?? []) await cache?.delete(old);
  await cache?.put(url, response).catch(() => undefined); // no room: it is loaded anew next time
  return script;
}
