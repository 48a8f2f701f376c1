import { attributeOf, isOn, numberOf, parseXml, valueOf, type Attributes } from "../office/xml";

/** Properties that a style gives to its paragraphs or words. */
export interface Style {
  /** The level of a heading, from 1. 0 says that it is none, against the style it is based on. */
  level?: number | undefined;
  numId?: number | undefined;
  /** The level in its list, from 0. */
  listLevel?: number | undefined;
  isHidden?: boolean | undefined;
}

interface DefinedStyle extends Style {
  basedOn?: string;
}

/** A style is based on another, and that again: no word processor nests deeper. */
const MOST_ANCESTORS = 32;

/** The styles of a document, by id. Ids are translated; the names of headings and outline levels are not. */
export class Styles {
  readonly #defined = new Map<string, DefinedStyle>();
  readonly #whole = new Map<string, Style>();
  /** The style of paragraphs that name none. */
  #defaultId = "";

  constructor(xml: string) {
    let style: DefinedStyle | undefined;
    parseXml(xml, {
      open: (tag, attributes) => {
        if (tag === "style") style = this.#define(attributes);
        else if (style) readProperty(style, tag, attributes);
      },
      close(tag) {
        if (tag === "style") style = undefined;
      },
    });
  }

  /** The style's own properties over those it is based on. */
  get(id: string | undefined): Style {
    const asked = id ?? this.#defaultId;
    const known = this.#whole.get(asked);
    if (known) return known;
    const whole: Style = {};
    let style = this.#defined.get(asked);
    for (let n = 0; style && n < MOST_ANCESTORS; n++) {
      whole.level ??= style.level;
      whole.numId ??= style.numId;
      whole.listLevel ??= style.listLevel;
      whole.isHidden ??= style.isHidden;
      style = this.#defined.get(style.basedOn ?? "");
    }
    this.#whole.set(asked, whole);
    return whole;
  }

  #define(attributes: Attributes): DefinedStyle {
    const id = attributeOf(attributes, "styleId") ?? "";
    const isDefault = /^(?:1|true|on)$/.test(attributeOf(attributes, "default") ?? "");
    if (isDefault && attributeOf(attributes, "type") === "paragraph") this.#defaultId = id;
    const style: DefinedStyle = {};
    this.#defined.set(id, style);
    return style;
  }
}

function readProperty(style: DefinedStyle, tag: string, attributes: Attributes): void {
  switch (tag) {
    case "name": {
      const heading = /^heading ([1-6])$/i.exec(valueOf(attributes));
      if (heading) style.level = Number(heading[1]);
      else if (/^title$/i.test(valueOf(attributes))) style.level = 1;
      break;
    }
    case "basedOn":
      style.basedOn = valueOf(attributes);
      break;
    case "outlineLvl":
      style.level = headingLevel(numberOf(attributes));
      break;
    case "numId":
      style.numId = numberOf(attributes);
      break;
    case "ilvl":
      style.listLevel = numberOf(attributes);
      break;
    case "vanish":
      style.isHidden = isOn(attributes);
      break;
  }
}

/** Outline levels are counted from 0; 6 to 8 have no heading in Markdown, 9 is the body. */
export const headingLevel = (outline: number | undefined): number =>
  outline !== undefined && outline >= 0 && outline < 6 ? outline + 1 : 0;
