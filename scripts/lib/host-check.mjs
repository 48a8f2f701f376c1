import { isIP } from "node:net";

/**
 * Returns whether a request may be answered, by the host it names. A site that rebinds its name to this
 * machine sends that name. So addresses are let through, and of names only "localhost" and the one this
 * server was told to serve.
 *
 * @param {string | undefined} header  the header Host: a name or address, and a port where it is not 80
 * @param {string} served  the host that the server was told to listen on
 */
export function isAllowedHost(header, served) {
  const host = nameIn(header);
  if (host === undefined) return false;
  return host === "localhost" || host === served.toLowerCase() || isIP(host) !== 0;
}

function nameIn(header) {
  const match = /^(?:\[([\da-f:.]+)\]|([^:[\]\s]+))(?::\d+)?$/i.exec(header ?? "");
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}
