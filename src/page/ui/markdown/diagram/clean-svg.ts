export interface Picture {
  readonly svg: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** The diagram in words, for who does not see it. */
  readonly name: string;
}

const removed = "script, iframe, object, embed, link, meta, base, audio, video, animate, set, image, feImage";
/** Words of a diagram's name; more are in its source. */
const mostWords = 60;

/**
 * The SVG as a picture without anything that runs or is fetched, though as a picture it could do neither: it
 * may be saved and opened elsewhere. Undefined where it is no SVG, or has no size.
 */
export function cleanSvg(source: string): Picture | undefined {
  const document = new DOMParser().parseFromString(source, "image/svg+xml");
  const root = document.documentElement;
  if (root.localName !== "svg" || document.querySelector("parsererror")) return undefined;
  const [, , width = 0, height = 0] = (root.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  if (!(width > 0 && height > 0 && width < 1e5 && height < 1e5)) return undefined;
  document.querySelectorAll(removed).forEach((element) => element.remove());
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      const isLink = /^(?:.*:)?(?:href|src)$/i.test(name) && !value.startsWith("#");
      if (isLink || /^on/i.test(name)) element.removeAttribute(name);
      else if (/^style$/i.test(name)) element.setAttribute(name, withoutAddresses(value));
    }
    if (element.localName === "style") element.textContent = withoutAddresses(element.textContent ?? "");
  }
  root.removeAttribute("style");
  root.setAttribute("width", String(width));
  root.setAttribute("height", String(height));
  return { svg: new XMLSerializer().serializeToString(document), width, height, name: nameOf(document) };
}

/** A style sheet that fetches nothing. */
function withoutAddresses(css: string): string {
  return css.replace(/@import[^;]*;?/gi, "").replace(/url\(\s*(["']?)(?!#|["'])[^)]*\)/gi, "none");
}

function nameOf(document: Document): string {
  const title = document.querySelector("svg > title")?.textContent?.trim();
  const texts = [...document.querySelectorAll("text, foreignObject")]
    .map(({ childNodes }) => [...childNodes].map(({ textContent }) => textContent).join(" "))
    .map((text) => text.replace(/\s+/g, " ").trim())
    .filter((text) => text !== "");
  const words = [...new Set(texts)].join(", ").split(" ");
  const shown = words.slice(0, mostWords).join(" ") + (words.length > mostWords ? " …" : "");
  return `${title || "Diagram"}: ${shown}`;
}
