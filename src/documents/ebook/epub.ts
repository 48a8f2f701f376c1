import { DocumentError } from "../../ground/errors";
import { Archive, MOST_XML_BYTES } from "../archive/unpack";
import { Losses } from "../losses";
import { htmlToText } from "../html/html";
import { pathOf } from "../office/relationships";
import { attributeOf, parseXml } from "../office/xml";
import type { DocumentNote, ReadText } from "../reading";
import { inSections } from "../text/sections";
import { t, tn } from "../../language/language";

/**
 * The chapters of a book in the order in which they are read, each cut off from the next.
 *
 * @throws DocumentError  when it is damaged, protected against copying, or unpacks to more than it may
 */
export function epubToText(bytes: Uint8Array, name: string, mostXmlBytes = MOST_XML_BYTES): ReadText {
  const archive = new Archive(bytes, name, mostXmlBytes);
  const parts = archive.texts((path) => /\.(?:opf|ncx|xml|x?html?)$/.test(path));
  const opfPath = rootOf(parts) ?? [...parts.keys()].find((path) => path.endsWith(".opf"));
  const book = bookOf(parts.get(opfPath ?? "") ?? "", opfPath ?? "");
  const chapters =
    book.spine.length > 0 ? book.spine : [...parts.keys()].filter((path) => /html?$/.test(path));
  const locked = lockedPaths(parts.get("meta-inf/encryption.xml") ?? "");
  if (chapters.some((path) => locked.has(path)))
    throw new DocumentError(
      t("“{name}” is protected against copying (DRM), so its text can not be read.", { name }),
      {
        hint: t("Attach a copy without protection, or paste the passage you need."),
      },
    );
  const missing = chapters.filter((path) => !parts.has(path)).length;
  const losses = new Losses();
  losses.add("aside", book.aside.filter((path) => parts.has(path) && !book.spine.includes(path)).length);
  const texts = chapters.map((path) => htmlToText(parts.get(path) ?? "", name, losses));
  const heading = [book.title, book.authors.join(", ")].filter((part) => part !== "").join("\n");
  const notes: DocumentNote[] = losses.notes();
  if (missing > 0)
    notes.push({
      kind: "damaged",
      sentence: tn(
        missing,
        "{count} chapter of the book is missing in the file. Get the file again if you need it.",
        "{count} chapters of the book are missing in the file. Get the file again if you need them.",
      ),
    });
  return { ...inSections([heading, ...texts]), notes };
}

function rootOf(parts: ReadonlyMap<string, string>): string | undefined {
  let path: string | undefined;
  parseXml(parts.get("meta-inf/container.xml") ?? "", {
    open(name, attributes) {
      if (name === "rootfile") path ??= pathOf(attributeOf(attributes, "full-path") ?? "", "");
    },
  });
  return path !== undefined && parts.has(path) ? path : undefined;
}

interface Book {
  readonly title: string;
  readonly authors: readonly string[];
  /** The paths of the chapters. */
  readonly spine: readonly string[];
  /** The paths of what the book keeps beside its order: it is left out. */
  readonly aside: readonly string[];
}

function bookOf(opf: string, opfPath: string): Book {
  const folder = opfPath.slice(0, opfPath.lastIndexOf("/") + 1);
  const items = new Map<string, string>();
  const spine = new Set<string>();
  const aside = new Set<string>();
  const book = { title: "", authors: [] as string[] };
  let field: "title" | "creator" | undefined;
  parseXml(opf, {
    open(name, attributes) {
      const of = (key: string) => attributeOf(attributes, key) ?? "";
      if (name === "item") items.set(of("id"), pathOf(decoded(of("href")), folder));
      if (name === "itemref") {
        const path = items.get(of("idref"));
        if (path !== undefined) (of("linear") === "no" ? aside : spine).add(path);
      }
      if (name === "title" && book.title === "") field = "title";
      if (name === "creator") {
        field = "creator";
        book.authors.push("");
      }
    },
    text(text) {
      if (field === "title") book.title += text;
      if (field === "creator") book.authors.push((book.authors.pop() ?? "") + text);
    },
    close(name) {
      if (name === field) field = undefined;
    },
  });
  return { ...book, spine: [...spine], aside: [...aside] };
}

/** Files that are scrambled. Fonts often are, which does not matter here. */
function lockedPaths(xml: string): ReadonlySet<string> {
  const locked = new Set<string>();
  parseXml(xml, {
    open(name, attributes) {
      if (name === "CipherReference") locked.add(pathOf(decoded(attributeOf(attributes, "URI") ?? ""), ""));
    },
  });
  return locked;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address.split("#")[0]!);
  } catch {
    return address;
  }
}
