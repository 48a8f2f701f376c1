/** Reads what the service worker put aside, and leaves nothing of it. */
export async function readShared(
  cache: Pick<Cache, "keys" | "match" | "delete">,
): Promise<{ readonly text: string; readonly files: readonly File[] }> {
  let text = "";
  const files: File[] = [];
  for (const key of await cache.keys()) {
    const response = await cache.match(key);
    if (!response) continue;
    const name = response.headers.get("X-File-Name");
    if (name === null) text = joinShared((await response.json()) as SharedText);
    else {
      const type = response.headers.get("Content-Type") ?? "";
      files.push(new File([await response.blob()], decodeURIComponent(name), { type }));
    }
    await cache.delete(key); // what could not be read is there for another try
  }
  return { text, files };
}

interface SharedText {
  readonly title?: string;
  readonly text?: string;
  readonly url?: string;
}

/** Joins what apps share in different fields: an address stands in the text already, as a rule. */
export function joinShared({ title = "", text = "", url = "" }: SharedText): string {
  const parts = [title, text, url].map((part) => part.trim()).filter((part) => part !== "");
  return parts
    .filter(
      (part, i) => !parts.some((other, j) => j !== i && other.includes(part) && (other !== part || j < i)),
    )
    .join("\n");
}
