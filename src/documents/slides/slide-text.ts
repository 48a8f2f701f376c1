import { joinPlaced, raised, type Place } from "../equations/raised";
import { linkedText } from "../office/links";
import { attributeOf, type Attributes, type XmlHandler } from "../office/xml";
import { formatNumber } from "../word/number-formats";

/** Placeholders that say the same on each slide. */
const furniture = /^(?:sldNum|dt|ftr|hdr|sldImg)$/;
const deepestLevel = 8;

/** Reads a slide, its notes or a chart of PowerPoint: shapes in the order of the file, the title first. */
export class SlideText implements XmlHandler {
  /** True for a slide that the show leaves out. */
  isHidden = false;
  /** The relationships of charts and diagrams on it. */
  readonly parts: string[] = [];
  readonly #links: ReadonlyMap<string, string>;
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

  constructor(links: ReadonlyMap<string, string> = new Map()) {
    this.#links = links;
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
        this.isHidden = /^(?:0|false)$/.test(of("show"));
        break;
      case "sp":
      case "graphicFrame":
      case "pic":
      case "cxnSp":
        this.#lines = [];
        this.#placeholder = undefined;
        this.#description = "";
        this.#counts.length = 0;
        break;
      case "cNvPr":
        this.#description = of("descr");
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
      case "buBlip":
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
        this.#baseline = 0; // that of a line break is of no text
        break;
      case "rPr":
        this.#baseline = Number(of("baseline").replace("%", "")) || 0;
        break;
      case "hlinkClick":
        this.#link = this.#links.get(of("id")) ?? "";
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
      case "relIds":
        for (const key of ["id", "dm"]) if (of(key) !== "") this.parts.push(of(key));
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
        this.#endShape();
        break;
      case "pic":
        if (this.#description.trim() !== "") this.#blocks.push(`[Image: ${this.#description.trim()}]`);
        break;
    }
  }

  #endRun(): void {
    const text = this.#run;
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

  #endShape(): void {
    const text = this.#lines.join("\n");
    this.#lines = [];
    if (text === "" || furniture.test(this.#placeholder ?? "")) return;
    if (this.#isTitle) this.#titles.push(text);
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
