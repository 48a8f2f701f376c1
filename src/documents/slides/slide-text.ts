import { joinPlaced, raised, type Place } from "../equations/raised";
import type { Losses } from "../losses";
import { linkedText } from "../office/links";
import { attributeOf, type Attributes, type XmlHandler } from "../office/xml";
import { formatNumber } from "../word/number-formats";

/** Placeholders that hold the number of the slide, or its picture. */
const unread = /^(?:sldNum|sldImg)$/;
/** Placeholders that say the same on each slide. */
const furniture = /^(?:dt|ftr|hdr)$/;
const deepestLevel = 8;
/** Kinds of drawings whose parts are read, or counted, element by element; any other is counted whole. */
const knownGraphics = /(?:picture|chart|chartex|diagram|table|ole|lockedCanvas)$/i;

/** The rest of the presentation that a slide refers to. */
export interface SlideContext {
  readonly links: ReadonlyMap<string, string>;
  /** Finds the text of a chart or a diagram by the id of the relationship. */
  readonly drawing: (id: string) => string | undefined;
  readonly losses: Losses;
  /** Layouts and masters: what stands in their placeholders is no text of the slides. */
  readonly isPattern?: boolean;
}

/** Reads a slide, its notes or a chart of PowerPoint: shapes in the order of the file, the title first. */
export class SlideText implements XmlHandler {
  /** True for a slide that the show leaves out. */
  isHidden = false;
  /** Dates, headers and footers, which other slides have too. */
  readonly furniture: string[] = [];
  /** False for a slide or a layout that does not show what its master has. */
  showsMaster = true;
  readonly #context: SlideContext;
  readonly #titles: string[] = [];
  readonly #blocks: string[] = [];
  /** The paragraphs of the shape that is read. */
  #lines: string[] = [];
  #placeholder: string | undefined;
  #line = "";
  #level = 0;
  #bullet: "inherited" | "none" | "sign" | "number" = "inherited";
  #numberFormat = "";
  readonly #counts: number[] = [];
  #row: string[] | undefined;
  #rows: string[] = [];
  #fallbackDepth = 0;
  #isInText = false;
  #link = "";
  #run = "";
  /** The height of the run's letters above the line, or below. */
  #baseline = 0;
  #pieces: { readonly text: string; readonly place: Place }[] = [];
  #description = "";
  #isPicture = false;
  #isShape = false;
  #media: "sound" | "video" | undefined;
  /** An embedded object has a picture of itself. */
  #objectDepth = 0;
  #isInBullet = false;
  /** A layout has "‹#›" for the number of a slide that it knows not. */
  #isSlideNumber = false;

  constructor(context: SlideContext) {
    this.#context = context;
  }

  take(): string {
    const titles = this.#titles.map((title) => `# ${title.replace(/\s+/g, " ")}`);
    return [...titles, ...this.#blocks].join("\n\n");
  }

  open(name: string, attributes: Attributes): void {
    // What an older program shows instead of a choice says the same once more.
    if (name === "Fallback" || this.#fallbackDepth > 0) this.#fallbackDepth++;
    if (this.#fallbackDepth > 0) return;
    const of = (key: string) => attributeOf(attributes, key) ?? "";
    switch (name) {
      case "sld":
      case "sldLayout":
        this.isHidden = /^(?:0|false)$/.test(of("show"));
        this.showsMaster = !/^(?:0|false)$/.test(of("showMasterSp"));
        break;
      case "sp":
      case "graphicFrame":
      case "pic":
      case "cxnSp":
        this.#lines = [];
        this.#placeholder = undefined;
        this.#description = "";
        this.#media = undefined;
        this.#isPicture = name === "pic";
        this.#isShape = name === "sp";
        this.#counts.length = 0;
        break;
      case "cNvPr":
        this.#description = of("descr") || of("title");
        break;
      case "videoFile":
      case "quickTimeFile":
        this.#media = "video";
        break;
      case "audioFile":
      case "wavAudioFile":
      case "audioCd":
        this.#media ??= "sound";
        break;
      case "oleObj":
        this.#objectDepth++;
        this.#context.losses.add(/^equation/i.test(of("progId")) ? "equation" : "object");
        break;
      case "control":
        this.#context.losses.add("control");
        break;
      case "contentPart":
        this.#context.losses.add("drawing");
        break;
      case "graphicData":
        if (!knownGraphics.test(of("uri"))) this.#context.losses.add("drawing");
        break;
      case "blip":
        // A shape that is filled with a picture shows it as a picture does.
        if (!this.#isPicture && !this.#isInBullet && this.#isShape) this.#endPicture();
        break;
      case "ph":
        this.#placeholder = of("type") || "body";
        break;
      case "p":
        this.#line = "";
        this.#level = 0;
        this.#bullet = "inherited";
        break;
      case "pPr":
        this.#level = Math.min(deepestLevel, Math.max(0, Number(of("lvl")) || 0));
        break;
      case "buNone":
        this.#bullet = "none";
        break;
      case "buChar":
        this.#bullet = "sign";
        break;
      case "buBlip":
        this.#isInBullet = true;
        this.#bullet = "sign";
        break;
      case "buAutoNum":
        this.#bullet = "number";
        this.#numberFormat = of("type");
        if (of("startAt") !== "") this.#counts[this.#level] ??= Number(of("startAt")) - 1;
        break;
      case "r":
      case "fld":
        this.#run = "";
        this.#link = "";
        this.#isSlideNumber = name === "fld" && of("type") === "slidenum";
        this.#baseline = 0; // that of a line break is of no text
        break;
      case "rPr":
        this.#baseline = Number(of("baseline").replace("%", "")) || 0;
        break;
      case "hlinkClick":
        this.#link = this.#context.links.get(of("id")) ?? "";
        break;
      case "t":
      case "m:t":
        this.#isInText = true;
        break;
      case "br":
        this.#endRaised();
        this.#line += "\n";
        break;
      case "tbl":
        this.#rows = [];
        break;
      case "tr":
        this.#row = [];
        break;
      case "tc":
        this.#lines = [];
        break;
      case "chart":
        this.#draw(of("id"), "chart");
        break;
      case "relIds":
        this.#draw(of("dm"), "diagram");
        break;
    }
  }

  text(text: string): void {
    if (this.#isInText && this.#fallbackDepth === 0) this.#run += text;
  }

  close(name: string): void {
    if (this.#fallbackDepth > 0) {
      this.#fallbackDepth--;
      return;
    }
    switch (name) {
      case "t":
      case "m:t":
        this.#isInText = false;
        if (name === "m:t") this.#endRun();
        break;
      case "r":
      case "fld":
        this.#endRun();
        break;
      case "p":
        this.#endRun();
        this.#endParagraph();
        break;
      case "tc":
        this.#row?.push(this.#lines.join(" ").replace(/\s+/g, " ").trim());
        this.#lines = [];
        break;
      case "tr":
        if (this.#row?.some((cell) => cell !== "")) this.#rows.push(this.#row.join(" | "));
        this.#row = undefined;
        break;
      case "tbl":
        this.#lines = this.#rows;
        this.#rows = [];
        break;
      case "sp":
      case "graphicFrame":
      case "cxnSp":
        this.#isShape = false;
        this.#endShape();
        break;
      case "pic":
        if (this.#media) this.#context.losses.add(this.#media);
        if (this.#objectDepth === 0 && (!this.#media || this.#description.trim() !== "")) this.#endPicture();
        this.#isPicture = false;
        break;
      case "oleObj":
        this.#objectDepth--;
        break;
      case "buBlip":
        this.#isInBullet = false;
        break;
    }
  }

  #endRun(): void {
    const text = this.#isSlideNumber && this.#context.isPattern ? "" : this.#run;
    const isLink = /^(?:https?|mailto):/i.test(this.#link);
    const place = this.#baseline === 0 ? undefined : this.#baseline > 0 ? "sup" : "sub";
    this.#baseline = 0;
    this.#run = "";
    if (isLink && text !== "") {
      this.#endRaised();
      this.#line += linkedText(place ? raised(place, text) : text, this.#link);
    } else if (text !== "") this.#pieces.push({ text, place });
    this.#link = "";
  }

  /** Writes the runs that may have been parts of one raised word. */
  #endRaised(): void {
    this.#line += joinPlaced(this.#pieces);
    this.#pieces = [];
  }

  #endParagraph(): void {
    this.#endRaised();
    const text = this.#line.trim();
    this.#line = "";
    if (text === "") return;
    this.#lines.push(this.#row || this.#isTitle ? text : this.#mark() + text);
  }

  /** Text in the main placeholder has signs before it unless it says that it has none. */
  #mark(): string {
    const level = this.#level;
    this.#counts.length = Math.min(this.#counts.length, level + 1);
    const indent = "  ".repeat(level);
    if (this.#bullet === "number") {
      const value = (this.#counts[level] = (this.#counts[level] ?? 0) + 1);
      return `${indent}${numbered(value, this.#numberFormat)} `;
    }
    this.#counts.length = Math.min(this.#counts.length, level);
    const isListed =
      this.#bullet === "sign" || (this.#bullet === "inherited" && this.#placeholder === "body");
    return isListed || level > 0 ? `${indent}- ` : "";
  }

  get #isTitle(): boolean {
    return this.#placeholder === "title" || this.#placeholder === "ctrTitle";
  }

  /** Ends a picture: what it shows is read where the file says it, else it is counted. */
  #endPicture(): void {
    if (this.#description.trim() === "") this.#context.losses.add("picture");
    else this.#blocks.push(`[Image: ${this.#description.trim().slice(0, 1000)}]`);
  }

  #draw(id: string, kind: "chart" | "diagram"): void {
    if (id === "") return;
    const text = this.#context.drawing(id);
    if (text === undefined) this.#context.losses.add(kind);
    else if (text !== "") this.#blocks.push(text);
  }

  #endShape(): void {
    const text = this.#lines.join("\n");
    this.#lines = [];
    if (text === "" || unread.test(this.#placeholder ?? "")) return;
    if (furniture.test(this.#placeholder ?? "")) this.furniture.push(text);
    else if (this.#placeholder !== undefined && this.#context.isPattern) return;
    else if (this.#isTitle) this.#titles.push(text);
    else this.#blocks.push(text);
  }
}

/** Numbers such as "arabicPeriod" and "alphaLcParenR". */
function numbered(value: number, format: string): string {
  const kind = /^alphaLc/.test(format)
    ? "lowerLetter"
    : /^alphaUc/.test(format)
      ? "upperLetter"
      : /^romanLc/.test(format)
        ? "lowerRoman"
        : /^romanUc/.test(format)
          ? "upperRoman"
          : "decimal";
  const number = formatNumber(value, kind);
  if (format.endsWith("ParenBoth")) return `(${number})`;
  return format.endsWith("ParenR") ? `${number})` : format.endsWith("Plain") ? number : `${number}.`;
}
