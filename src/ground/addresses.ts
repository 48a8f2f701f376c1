/** Returns whether a host is this machine itself, which may be asked over http. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Hugging Face's own names. */
export const hubHosts: readonly string[] = ["huggingface.co", "www.huggingface.co", "hf.co"];

/** A mirror that has the hub's pages and answers under the same paths. */
export const mirrorHosts: readonly string[] = ["hf-mirror.com", "www.hf-mirror.com"];

/**
 * Turns the page of a file on Hugging Face or a mirror of it ("/blob/", "/raw/", "?show_file_info=") into the
 * file itself ("/resolve/"), and drops the fragment.
 */
export function toFileAddress(url: URL): void {
  url.hash = "";
  if (!hubHosts.includes(url.hostname) && !mirrorHosts.includes(url.hostname)) return;
  const [owner, name, view, revision = "main"] = url.pathname.split("/").filter((part) => part !== "");
  const shown = url.searchParams.get("show_file_info");
  if (owner === undefined || name === undefined) return;
  if (view === "blob" || view === "raw") url.pathname = url.pathname.replace(`/${view}/`, "/resolve/");
  else if (shown !== null && shown !== "" && (view === undefined || view === "tree"))
    url.pathname = `/${owner}/${name}/resolve/${revision}/${shown.split("/").map(encodeURIComponent).join("/")}`;
  url.searchParams.delete("show_file_info");
}
