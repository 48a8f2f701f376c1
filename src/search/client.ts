import { isInMemory } from "../storage/memory/in-memory";
import type { FoundChat, SearchReply, SearchRequest } from "./protocol";

let worker: Worker | null = null;
let latest = 0;
let answerLatest: (found: readonly FoundChat[] | null) => void = () => undefined;

/**
 * Finds chats in whose texts the words of the query stand, in a worker that the first search starts.
 *
 * @returns `null` where a later search took its place
 */
export function searchChats(query: string): Promise<readonly FoundChat[] | null> {
  const id = ++latest;
  answerLatest(null);
  if (isInMemory()) return searchHere(query, id);
  worker ??= start();
  worker.postMessage({ id, query } satisfies SearchRequest);
  return new Promise((resolve) => (answerLatest = resolve));
}

/** Searches on the page: where the browser stores nothing, no worker sees the chats in its memory. */
async function searchHere(query: string, id: number): Promise<readonly FoundChat[] | null> {
  const { findStored } = await import("./find-stored");
  const found = await findStored(query);
  return id === latest ? found : null;
}

/** Gives the memory of the texts back. */
export function endSearch(): void {
  answerLatest(null);
  worker?.terminate();
  worker = null;
}

function start(): Worker {
  const started = new Worker(new URL("./search.worker.ts", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }: MessageEvent<SearchReply>) => {
    if (data.id === latest) answerLatest(data.found);
  });
  started.addEventListener("error", () => {
    // Its program could not be loaded, or it is out of memory: titles are found all the same.
    answerLatest([]);
    endSearch();
  });
  return started;
}
