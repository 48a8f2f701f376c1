import { Parser } from "htmlparser2";
import { DocumentError } from "../../ground/errors";
import { t } from "../../language/language";

export type Attributes = Readonly<Record<string, string>>;

/**
 * Names come without their prefix, but for those of equations, which have "m:" whatever the file calls it.
 */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Word's own files stay below 100. The parser's time for an element grows with the elements around it. */
const DEEPEST = 1000;

/** Parses a part of an Office document. Entities that the file defines are never expanded. */
export function parseXml(xml: string, handler: XmlHandler): void {
  const steps = parseXmlInSteps(xml, handler);
  while (!steps.next().done);
}

/** A step takes some 20 ms. */
const STEP_CHARACTERS = 500_000;

/** Parses a long part, and tells between steps which share is done. */
export function* parseXmlInSteps(xml: string, handler: XmlHandler): Generator<number, void> {
  const mathPrefixes = new Set(["m"]);
  let names = new Map<string, string>();
  const nameOf = (tag: string) => {
    let name = names.get(tag);
    if (name === undefined) {
      const colon = tag.indexOf(":");
      const prefix = colon < 0 ? "" : tag.slice(0, colon);
      name = (mathPrefixes.has(prefix) ? "m:" : "") + tag.slice(colon + 1);
      names.set(tag, name);
    }
    return name;
  };
  const declare = (prefix: string, uri: string) => {
    const isMath = uri.endsWith("/math");
    if (isMath === mathPrefixes.has(prefix)) return;
    if (isMath) mathPrefixes.add(prefix);
    else if (uri.includes("/")) mathPrefixes.delete(prefix);
    names = new Map();
  };
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (++depth > DEEPEST)
          throw new DocumentError(
            t("The document has elements more than {DEEPEST} deep in each other.", { DEEPEST }),
            {
              hint: t("Open it in a word processor and save it anew."),
            },
          );
        for (const key in attributes)
          if (key.startsWith("xmlns")) declare(key.slice("xmlns:".length), attributes[key]!);
        handler.open(nameOf(tag), attributes);
      },
      ontext: (text) => handler.text?.(text),
      onclosetag(tag) {
        depth--;
        handler.close?.(nameOf(tag));
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  for (let at = 0; at < xml.length; at += STEP_CHARACTERS) {
    parser.write(xml.slice(at, at + STEP_CHARACTERS));
    yield Math.min(1, (at + STEP_CHARACTERS) / xml.length);
  }
  parser.end();
}

/** Hands on what is inside of an element: around it stand styles and settings. */
export function within(element: string, handler: XmlHandler, onClose?: (name: string) => void): XmlHandler {
  let depth = 0;
  return {
    open(name, attributes) {
      if (depth > 0) handler.open(name, attributes);
      if (depth > 0 || name === element) depth++;
    },
    text(text) {
      if (depth > 0) handler.text?.(text);
    },
    close(name) {
      if (depth > 0) depth--;
      if (depth === 0) return;
      handler.close?.(name);
      onClose?.(name);
    },
  };
}

/** The value of an attribute, by its name without a prefix. */
export function attributeOf(attributes: Attributes, name: string): string | undefined {
  const usual = attributes[`w:${name}`] ?? attributes[name];
  if (usual !== undefined) return usual;
  const suffix = `:${name}`;
  for (const key in attributes) if (key.endsWith(suffix)) return attributes[key];
  return undefined;
}

export const valueOf = (attributes: Attributes): string => attributeOf(attributes, "val") ?? "";

/** Reads a number that may be missing or no number. */
export function numberOf(attributes: Attributes): number | undefined {
  const value = Number.parseInt(valueOf(attributes), 10);
  return Number.isFinite(value) ? value : undefined;
}

/** A switch is on where it stands, unless its value says no. */
export const isOn = (attributes: Attributes): boolean => !/^(?:0|false|off)$/i.test(valueOf(attributes));
