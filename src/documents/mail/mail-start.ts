/** Tells a mail by its first lines: a header that mails have, and nothing but headers before it. */
export function isMail(start: string): boolean {
  const [head = ""] = start.split(/\r?\n\r?\n/);
  const lines = head.replace(/^From .*\r?\n/, "").split(/\r?\n/);
  if (
    !lines.every(
      (line, at) => /^[\w-]+:(?:\s|$)/.test(line) || (at > 0 && /^\s/.test(line)) || at === lines.length - 1,
    )
  )
    return false;
  const has = (name: string) => lines.some((line) => line.toLowerCase().startsWith(`${name}:`));
  return (
    has("mime-version") ||
    (has("from") && (has("received") || has("message-id") || (has("date") && has("to"))))
  );
}

/** Tells a web page that a browser saved as one file. */
export const isSavedPage = (start: string): boolean =>
  /^content-type:\s*multipart\/related/im.test(start) &&
  /^(?:snapshot-content-location|from:.*saved by)/im.test(start);
