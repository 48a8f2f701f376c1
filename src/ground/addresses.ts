/** Returns whether a host is this machine itself, which may be asked over http. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Turns the page of a file on Hugging Face ("/blob/") into the file itself ("/resolve/"), and drops the
 * fragment.
 */
export function toFileAddress(url: URL): void {
  url.hash = "";
  if (url.hostname === "huggingface.co") url.pathname = url.pathname.replace("/blob/", "/resolve/");
}
