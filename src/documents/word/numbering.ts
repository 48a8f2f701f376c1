import { formatNumber } from "./number-formats";
import type { Styles } from "./styles";
import { attributeOf, isOn, numberOf, parseXml, valueOf, type Attributes } from "../office/xml";

interface Level {
  start: number;
  format: string;
  text: string;
  suffix: string;
  /** All numbers in its text are digits: "1.1" under chapter I. */
  isLegal: boolean;
  /** The level, from 1, that makes this one begin anew; 0 is none. Without it every higher level does. */
  restart?: number | undefined;
  /** The style whose paragraphs are of this level. */
  style?: string;
}

interface Override {
  start?: number | undefined;
  level?: Level;
}

interface List {
  abstractId: string;
  readonly overrides: Map<number, Override>;
}

interface AbstractList {
  readonly levels: Map<number, Level>;
  /** A style that names the list to take instead. */
  styleLink?: string;
}

/** The style that puts a paragraph into a list. */
export interface ListStyle {
  readonly id: string | undefined;
  readonly listLevel: number | undefined;
}

/** The label before a paragraph. */
export interface Label {
  readonly text: string;
  readonly isBullet: boolean;
  readonly level: number;
}

const MOST_LEVELS = 9;
/** A label is a few signs. A hostile one of a megabyte before each paragraph would fill the memory. */
const LONGEST_LABEL = 200;

/** The definitions of lists. Counters are apart: a header counts for itself. */
export class Numbering {
  readonly #lists = new Map<number, List>();
  readonly #abstract = new Map<string, AbstractList>();
  readonly #styles: Styles;

  constructor(xml: string, styles: Styles) {
    this.#styles = styles;
    let abstract: AbstractList | undefined;
    let list: List | undefined;
    let override: Override | undefined;
    let level: Level | undefined;
    parseXml(xml, {
      open: (tag, attributes) => {
        switch (tag) {
          case "abstractNum":
            abstract = { levels: new Map() };
            this.#abstract.set(attributeOf(attributes, "abstractNumId") ?? "", abstract);
            break;
          case "numStyleLink":
            if (abstract) abstract.styleLink = valueOf(attributes);
            break;
          case "num":
            list = { abstractId: "", overrides: new Map() };
            this.#lists.set(Number(attributeOf(attributes, "numId")), list);
            break;
          case "abstractNumId":
            if (list) list.abstractId = valueOf(attributes);
            break;
          case "lvlOverride":
            override = {};
            list?.overrides.set(Number(attributeOf(attributes, "ilvl")), override);
            break;
          case "startOverride":
            if (override) override.start = numberOf(attributes);
            break;
          case "lvl":
            level = { start: 1, format: "decimal", text: "", suffix: "tab", isLegal: false };
            if (override) override.level = level;
            else abstract?.levels.set(Number(attributeOf(attributes, "ilvl")), level);
            break;
          default:
            if (level) readLevel(level, tag, attributes);
        }
      },
      close(tag) {
        if (tag === "abstractNum") abstract = undefined;
        if (tag === "num") list = undefined;
        if (tag === "lvlOverride") override = undefined;
        if (tag === "lvl") level = undefined;
      },
    });
  }

  /** The list of a number, with the id under which its counters are kept. */
  list(
    numId: number,
  ): { readonly id: string; readonly list: List; readonly abstract: AbstractList } | undefined {
    let list = this.#lists.get(numId);
    // A list may name a style, whose list is the one that has the levels.
    for (let n = 0; list && n < 4; n++) {
      const abstract = this.#abstract.get(list.abstractId);
      if (!abstract) return undefined;
      if (abstract.styleLink === undefined) return { id: list.abstractId, list, abstract };
      list = this.#lists.get(this.#styles.get(abstract.styleLink).numId ?? -1);
    }
    return undefined;
  }
}

function readLevel(level: Level, tag: string, attributes: Attributes): void {
  switch (tag) {
    case "start":
      level.start = numberOf(attributes) ?? 1;
      break;
    case "numFmt":
      level.format = valueOf(attributes);
      break;
    case "lvlText":
      level.text = valueOf(attributes).slice(0, LONGEST_LABEL);
      break;
    case "suff":
      level.suffix = valueOf(attributes);
      break;
    case "isLgl":
      level.isLegal = isOn(attributes);
      break;
    case "lvlRestart":
      level.restart = numberOf(attributes);
      break;
    case "pStyle":
      level.style = valueOf(attributes);
      break;
  }
}

/**
 * The counters of lists, from the first paragraph to the last. Lists with one abstract list count on from
 * each other, unless one of them starts anew.
 */
export class ListCounters {
  readonly #numbering: Numbering;
  readonly #counters = new Map<string, (number | undefined)[]>();
  /** Lists and levels whose own start was taken; it counts once. */
  readonly #started = new Set<string>();

  constructor(numbering: Numbering) {
    this.#numbering = numbering;
  }

  /**
   * Counts a paragraph and gives its label.
   *
   * @param listLevel  as the paragraph says; else the list names the style's level, or the style does
   */
  next(numId: number, listLevel: number | undefined, style?: ListStyle): Label | undefined {
    if (numId === 0) return undefined;
    const found = this.#numbering.list(numId);
    // The list is not in the file. Its items are items all the same.
    if (!found) return { text: "- ", isBullet: true, level: Math.min(listLevel ?? 0, MOST_LEVELS - 1) };
    const { id, list, abstract } = found;
    const at = Math.min(
      Math.max(listLevel ?? levelOfStyle(abstract, style?.id) ?? style?.listLevel ?? 0, 0),
      MOST_LEVELS - 1,
    );
    const levelAt = (n: number) => list.overrides.get(n)?.level ?? abstract.levels.get(n);
    const startAt = (n: number) => list.overrides.get(n)?.start ?? levelAt(n)?.start ?? 1;
    let counters = this.#counters.get(id);
    if (!counters) this.#counters.set(id, (counters = []));
    const own = `${numId}/${at}`;
    const isNew = list.overrides.get(at)?.start !== undefined && !this.#started.has(own);
    this.#started.add(own);
    const counter = counters[at];
    counters[at] = isNew || counter === undefined ? startAt(at) : counter + 1;
    for (let deeper = at + 1; deeper < MOST_LEVELS; deeper++) {
      const restart = levelAt(deeper)?.restart ?? deeper;
      if (at < restart) counters[deeper] = undefined;
    }
    const level = levelAt(at);
    if (!level) return { text: "- ", isBullet: true, level: at };
    if (level.format === "bullet") return { text: "- ", isBullet: true, level: at };
    const text = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const n = Number(digit) - 1;
      const format = levelAt(n)?.format ?? "decimal";
      return formatNumber(counters[n] ?? startAt(n), level.isLegal && format !== "none" ? "decimal" : format);
    });
    if (text.trim() === "") return undefined;
    return { text: level.suffix === "nothing" ? text : `${text.trimEnd()} `, isBullet: false, level: at };
  }
}

function levelOfStyle(abstract: AbstractList, styleId: string | undefined): number | undefined {
  if (styleId === undefined) return undefined;
  for (const [n, level] of abstract.levels) if (level.style === styleId) return n;
  return undefined;
}
