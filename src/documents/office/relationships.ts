import { attributeOf, parseXml } from "./xml";

/** A link from a part of an Office document to another part, or to an address. */
export interface Relationship {
  readonly id: string;
  readonly kind: string;
  readonly target: string;
  readonly isExternal: boolean;
}

/** Reads a `.rels` part; targets are places in the archive, seen from `folder`. */
export function relationshipsOf(xml: string, folder: string): Relationship[] {
  const relationships: Relationship[] = [];
  parseXml(xml, {
    open(tag, attributes) {
      if (tag !== "Relationship") return;
      const isExternal = /^external$/i.test(attributeOf(attributes, "TargetMode") ?? "");
      const target = attributeOf(attributes, "Target") ?? "";
      relationships.push({
        id: attributeOf(attributes, "Id") ?? "",
        kind: (attributeOf(attributes, "Type") ?? "").split("/").at(-1)!,
        target: isExternal ? target : pathOf(target, folder),
        isExternal,
      });
    },
  });
  return relationships;
}

/** The path of the part that holds the relationships of the part at `path`. */
export function relsPathOf(path: string): string {
  const end = path.lastIndexOf("/") + 1;
  return `${path.slice(0, end)}_rels/${path.slice(end)}.rels`;
}

/**
 * The place in the archive: without a leading slash and dots, in small letters, as Windows compares names.
 */
export function pathOf(target: string, folder: string): string {
  const whole = target.replaceAll("\\", "/");
  const out: string[] = [];
  for (const step of (whole.startsWith("/") ? whole : folder + whole).split("/")) {
    if (step === "..") out.pop();
    else if (step !== "" && step !== ".") out.push(step);
  }
  return out.join("/").toLowerCase();
}
