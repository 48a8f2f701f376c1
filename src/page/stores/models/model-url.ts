import { isLoopback, toFileAddress } from "../../../ground/addresses";
import { t, type Sentence } from "../../../language/language";

/** An address that a model may come from, or why it may not. */
export type ModelUrl =
  | { readonly kind: "accepted"; readonly url: string; readonly host: string; readonly fileName: string }
  | { readonly kind: "refused"; readonly reason: Sentence };

/**
 * Reads an address that a person typed or a link carried. Accepts https, and http to this machine alone; a
 * page of a file on Hugging Face ("/blob/") is turned into the file itself ("/resolve/").
 */
export function readModelUrl(text: string): ModelUrl {
  const trimmed = text.trim();
  if (trimmed === "") return refused(t("Type the address of a .gguf file."));
  const url = URL.parse(trimmed);
  if (url === null)
    return refused(
      t("“{address}” is not a complete address. It has to start with https://.", {
        address: shorten(trimmed),
      }),
    );
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    return refused(
      url.protocol === "http:"
        ? t(
            "“{host}” is asked for over http. Models are fetched over https, or over http from this machine alone.",
            { host: url.host },
          )
        : t("An address starting with “{protocol}” can not be fetched. Models are fetched over https.", {
            protocol: url.protocol,
          }),
    );
  }
  if (url.username !== "" || url.password !== "") {
    return refused(t("The address holds a user name or password, which a page can not send. Take it out."));
  }
  toFileAddress(url);
  return { kind: "accepted", url: url.href, host: url.host, fileName: fileNameOf(url) };
}

/** The `model` parameter of the page's address; `null` without one. */
export function readModelLink(search: string): ModelUrl | null {
  const parameter = new URLSearchParams(search).get("model");
  return parameter === null ? null : readModelUrl(parameter);
}

function fileNameOf(url: URL): string {
  const last = url.pathname.split("/").findLast((part) => part !== "");
  if (last === undefined) return url.host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last; // not valid percent-encoding: show it as it is
  }
}

const refused = (reason: Sentence): ModelUrl => ({ kind: "refused", reason });
const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
