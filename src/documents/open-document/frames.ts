import type { LossKind, Losses } from "../losses";
import { pathOf } from "../office/relationships";
import { attributeOf, type Attributes } from "../office/xml";

/** Texts of the objects of a file, by their folders: equations stand in a line, charts by themselves. */
export interface OpenObjects {
  readonly equations: ReadonlyMap<string, string>;
  readonly charts: ReadonlyMap<string, string>;
}

export const noObjects: OpenObjects = { equations: new Map(), charts: new Map() };

interface Frame {
  description: string;
  title: string;
  hasPicture: boolean;
  /** Says that the picture only shows what an object is like. */
  hasObject: boolean;
}

/** The things that a drawing holds besides text, by their elements. */
const counted: Readonly<Record<string, LossKind>> = {
  "object-ole": "object",
  applet: "object",
  "floating-frame": "page",
  control: "control",
  scene: "drawing",
};

/** Follows the frames of a document: what they hold is read where it has text, else counted. */
export class OpenFrames {
  readonly #objects: OpenObjects;
  readonly #losses: Losses;
  readonly #frames: Frame[] = [];

  constructor(objects: OpenObjects, losses: Losses) {
    this.#objects = objects;
    this.#losses = losses;
  }

  /** @returns the text that an object has, and whether it stands in the line */
  open(
    name: string,
    attributes: Attributes,
  ): { readonly text: string; readonly isInLine: boolean } | undefined {
    const of = (key: string) => attributeOf(attributes, key) ?? "";
    const frame = this.#frames.at(-1);
    const kind = Object.hasOwn(counted, name) ? counted[name] : undefined;
    if (kind) this.#losses.add(kind);
    if (kind && frame) frame.hasObject = true;
    switch (name) {
      case "frame":
        this.#frames.push({ description: "", title: "", hasPicture: false, hasObject: false });
        break;
      case "image":
        if (frame) frame.hasPicture = true;
        break;
      case "plugin":
        this.#losses.add(
          /^audio|\.(?:mp3|ogg|wav|m4a|flac)$/i.test(of("mime-type") || of("href")) ? "sound" : "video",
        );
        if (frame) frame.hasObject = true;
        break;
      case "object": {
        if (frame) frame.hasObject = true;
        const folder = pathOf(of("href"), "");
        const equation = this.#objects.equations.get(folder);
        const text = equation ?? this.#objects.charts.get(folder);
        // In a flat file the object stands inside of the element.
        if (text === undefined && folder !== "") this.#losses.add("object");
        return text === undefined ? undefined : { text, isInLine: equation !== undefined };
      }
    }
    return undefined;
  }

  describe(element: "title" | "desc", text: string): void {
    const frame = this.#frames.at(-1);
    if (!frame) return;
    if (element === "title") frame.title += text.slice(0, 1000);
    else frame.description += text.slice(0, 1000);
  }

  /** @returns the words that stand for the picture of the frame that ends */
  close(): string | undefined {
    const frame = this.#frames.pop();
    if (!frame?.hasPicture || frame.hasObject) return undefined;
    const words = frame.description.trim() || frame.title.trim();
    if (words === "") this.#losses.add("picture");
    return words === "" ? undefined : `[Image: ${words.slice(0, 1000)}]`;
  }
}
