import { Equation } from "./equations";
import { linkedText, targetOf } from "../office/links";
import type { LossKind, Losses } from "../losses";
import type { NoteLabels } from "./notes";
import type { ListCounters } from "./numbering";
import { Paragraph, type Block } from "./paragraph";
import type { Styles } from "./styles";
import { readSymbols, symbolOf } from "./symbols";
import { Tables } from "./tables";
import { attributeOf, isOn, numberOf, valueOf, type Attributes, type XmlHandler } from "../office/xml";

/** The rest of the document that its paragraphs refer to. */
export interface StoryContext {
  readonly styles: Styles;
  readonly counters: ListCounters;
  readonly links: ReadonlyMap<string, string>;
  readonly notes?: NoteLabels;
  /** Finds the text of a chart or a diagram by the id of the relationship. */
  readonly drawing: (id: string) => string | undefined;
  readonly losses: Losses;
}

interface Run {
  isHidden?: boolean | undefined;
  font: string;
  place?: "sub" | "sup";
}

interface Field {
  instruction: string[];
  isResult: boolean;
  link?: { readonly paragraph: Paragraph; readonly at: number; readonly target: string };
}

/**
 * Elements that Word does not show: removed and moved text, and properties as they were before a tracked
 * change.
 */
const unread = new Set([
  "del",
  "moveFrom",
  "delText",
  "delInstrText",
  "sdtPr",
  "ffData",
  "pPrChange",
  "rPrChange",
  "tblPrChange",
  "tblPrExChange",
  "trPrChange",
  "tcPrChange",
  "sectPrChange",
  "tblGridChange",
  "numberingChange",
]);

/** Kinds of drawings whose parts are read, or counted, element by element; any other is counted whole. */
const knownGraphics = /(?:picture|chart|chartex|diagram|lockedCanvas|wordprocessing\w+)$/i;
/** Field codes are short; a hostile one is cut. */
const LONGEST_INSTRUCTION = 4000;

/** Reads a story of a document: its body, a header, a note. */
export class Story implements XmlHandler {
  readonly #context: StoryContext;
  readonly #tables = new Tables();
  readonly #paragraphs: Paragraph[] = [];
  readonly #runs: Run[] = [];
  readonly #fields: Field[] = [];
  readonly #links: { readonly paragraph: Paragraph; readonly at: number; readonly target: string }[] = [];
  /** For each mc:AlternateContent, the characters read before it. */
  readonly #alternates: number[] = [];
  #nRead = 0;
  /** Fields whose code is being read: it is not shown. */
  #nCodes = 0;
  #unreadDepth = 0;
  #propertiesOf: "paragraph" | "row" | undefined;
  #isText = false;
  #isInstruction = false;
  #equation: Equation | undefined;
  #isDisplay = false;
  #rubyAt = 0;
  #ruby = "";
  /** The words that stand for the drawing that is read. */
  #picture = "";
  #isInPicture = false;
  /** An embedded object has a picture of itself. */
  #objectDepth = 0;
  /** The paragraph whose end was removed: the next one goes on with it. */
  #joined: Paragraph | undefined;
  /** Notes go after the paragraph, or after the table, that refers to them. */
  #after: Block[] = [];

  constructor(context: StoryContext) {
    this.#context = context;
  }

  /** The blocks read so far. The story is empty then. */
  take(): Block[] {
    const rest = this.#joined?.block(this.#context);
    this.#joined = undefined;
    if (rest) this.#tables.add([rest]);
    return [...this.#tables.take(), ...this.#after.splice(0)];
  }

  open(tag: string, attributes: Attributes): void {
    if (this.#unreadDepth === 0 && (tag === "del" || tag === "moveFrom")) this.#noteRemoved();
    if (this.#unreadDepth > 0 || unread.has(tag) || this.#isOtherForm(tag)) {
      this.#unreadDepth++;
      return;
    }
    if (this.#equation) {
      if (tag === "m:t") this.#isText = true;
      if (tag.startsWith("m:")) this.#equation.open(tag, attributes);
      return;
    }
    this.#openBlock(tag, attributes);
    this.#openInline(tag, attributes);
  }

  text(text: string): void {
    if (this.#unreadDepth > 0) return;
    if (this.#isInstruction) this.#fields.at(-1)?.instruction.push(text.slice(0, LONGEST_INSTRUCTION));
    if (!this.#isText) return;
    if (this.#equation) this.#equation.text(text);
    else this.#write(text);
  }

  close(tag: string): void {
    if (this.#unreadDepth > 0) {
      this.#unreadDepth--;
      return;
    }
    if (tag === "t" || tag === "m:t") this.#isText = false;
    if (this.#equation) {
      if (tag === "m:oMath") this.#endEquation();
      else if (tag.startsWith("m:")) this.#equation.close();
      return;
    }
    switch (tag) {
      case "p":
        this.#endParagraph();
        break;
      case "pPr":
      case "trPr":
        this.#propertiesOf = undefined;
        break;
      case "r":
        this.#runs.pop();
        break;
      case "instrText":
        this.#isInstruction = false;
        break;
      case "hyperlink": {
        const link = this.#links.pop();
        if (link) link.paragraph.replace(link.at, (text) => linkedText(text, link.target));
        break;
      }
      case "fldSimple":
        this.#endField();
        break;
      case "rt":
        this.#ruby = this.#paragraph?.replace(this.#rubyAt, () => "") ?? "";
        break;
      case "rubyBase":
        if (this.#ruby.trim() !== "") this.#paragraph?.write(`(${this.#ruby.trim()})`);
        break;
      case "m:oMathPara":
        this.#isDisplay = false;
        break;
      case "AlternateContent":
        this.#alternates.pop();
        break;
      case "tc":
        this.#tables.endCell();
        break;
      case "tr":
        this.#tables.endRow();
        break;
      case "tbl":
        this.#tables.endTable();
        this.#addNotes();
        break;
      case "pic":
        if (this.#isInPicture) this.#endPicture();
        this.#isInPicture = false;
        break;
      case "object":
        this.#objectDepth--;
        break;
      case "txbxContent": {
        const blocks = this.#tables.endBox();
        if (this.#paragraph) this.#paragraph.after.push(...blocks);
        else this.#tables.add(blocks);
        break;
      }
    }
  }

  get #paragraph(): Paragraph | undefined {
    return this.#paragraphs.at(-1);
  }

  #openBlock(tag: string, attributes: Attributes): void {
    switch (tag) {
      case "p":
        this.#paragraphs.push(new Paragraph(this.#tables.depth, this.#joined));
        this.#joined = undefined;
        break;
      case "pPr":
        this.#propertiesOf = "paragraph";
        break;
      case "trPr":
        this.#propertiesOf = "row";
        break;
      case "pStyle":
        if (this.#paragraph) this.#paragraph.styleId = valueOf(attributes);
        break;
      case "numId":
        if (this.#paragraph) this.#paragraph.numId = numberOf(attributes);
        break;
      case "ilvl":
        if (this.#paragraph) this.#paragraph.listLevel = numberOf(attributes);
        break;
      case "outlineLvl":
        if (this.#paragraph) this.#paragraph.outline = numberOf(attributes);
        break;
      case "tbl":
        this.#tables.beginTable();
        break;
      case "tr":
        this.#tables.beginRow();
        break;
      case "tc":
        this.#tables.beginCell();
        break;
      case "txbxContent":
        this.#tables.beginBox();
        break;
      case "altChunk":
      case "subDoc":
        this.#context.losses.add("part");
        break;
    }
  }

  #openInline(tag: string, attributes: Attributes): void {
    const run = this.#runs.at(-1);
    switch (tag) {
      case "r":
        this.#runs.push({ font: "" });
        break;
      case "vanish":
        if (run && this.#propertiesOf === undefined) run.isHidden = isOn(attributes);
        break;
      case "rStyle":
        if (run && this.#propertiesOf === undefined)
          run.isHidden ??= this.#context.styles.get(valueOf(attributes)).isHidden;
        break;
      case "rFonts":
        if (run && this.#propertiesOf === undefined)
          run.font = attributeOf(attributes, "ascii") ?? attributeOf(attributes, "hAnsi") ?? "";
        break;
      case "vertAlign": {
        const place = /^su[bp]/.exec(valueOf(attributes))?.[0];
        if (run && this.#propertiesOf === undefined && place) run.place = place as "sub" | "sup";
        break;
      }
      case "t":
        this.#isText = true;
        break;
      case "tab":
      case "ptab":
        // Properties of a paragraph have elements of this name, too.
        if (run && this.#propertiesOf === undefined) this.#write(" ");
        break;
      case "br":
      case "cr":
        this.#paragraph?.write("\n");
        break;
      case "noBreakHyphen":
        this.#write("\u2011");
        break;
      case "sym": {
        const code = Number.parseInt(attributeOf(attributes, "char") ?? "", 16);
        this.#write(symbolOf(code, attributeOf(attributes, "font") ?? "") ?? "\u25a1");
        break;
      }
      case "docPr":
      case "cNvPr":
        if (tag === "docPr" || (this.#isInPicture && this.#picture === ""))
          this.#picture = attributeOf(attributes, "descr") || attributeOf(attributes, "title") || "";
        break;
      case "shape":
        this.#picture = attributeOf(attributes, "alt") ?? "";
        break;
      case "pic":
        this.#isInPicture = true;
        break;
      case "imagedata":
        if (this.#objectDepth === 0) this.#endPicture();
        break;
      case "object":
        this.#objectDepth++;
        break;
      case "OLEObject":
        this.#lose(/^equation/i.test(attributeOf(attributes, "ProgID") ?? "") ? "equation" : "object");
        break;
      case "control":
        this.#lose("control");
        break;
      case "contentPart":
        this.#lose("drawing");
        break;
      case "webVideoPr":
        this.#lose("video");
        break;
      case "graphicData":
        if (!knownGraphics.test(attributeOf(attributes, "uri") ?? "")) this.#lose("drawing");
        break;
      case "chart":
        this.#draw(attributeOf(attributes, "id"), "chart");
        break;
      case "relIds":
        this.#draw(attributeOf(attributes, "dm"), "diagram");
        break;
      case "textpath":
        this.#write(attributeOf(attributes, "string") ?? "");
        break;
      case "rt":
        this.#rubyAt = this.#paragraph?.length ?? 0;
        break;
      case "AlternateContent":
        this.#alternates.push(this.#nRead);
        break;
      case "m:oMathPara":
        this.#isDisplay = true;
        break;
      case "m:oMath":
        this.#equation = new Equation();
        break;
      case "hyperlink":
        if (this.#paragraph) {
          const target =
            this.#context.links.get(attributes["r:id"] ?? attributeOf(attributes, "id") ?? "") ?? "";
          this.#links.push({ paragraph: this.#paragraph, at: this.#paragraph.length, target });
        }
        break;
      case "fldSimple":
        this.#beginField(attributeOf(attributes, "instr") ?? "");
        this.#beginResult();
        break;
      case "instrText":
        this.#isInstruction = true;
        break;
      case "fldChar": {
        const type = attributeOf(attributes, "fldCharType");
        if (type === "begin") this.#beginField("");
        if (type === "separate") this.#beginResult();
        if (type === "end") this.#endField();
        break;
      }
      case "footnoteReference":
      case "endnoteReference":
      case "commentReference":
        this.#refer(tag, attributeOf(attributes, "id") ?? "");
        break;
    }
  }

  /**
   * The second form of a drawing or a formula is for older programs. It is read when the first has no text.
   */
  #isOtherForm(tag: string): boolean {
    if (tag !== "Choice" && tag !== "Fallback") return false;
    const before = this.#alternates.at(-1);
    return before !== undefined && before !== this.#nRead;
  }

  /** A removed end of a paragraph, or a removed row, is told among its properties. */
  #noteRemoved(): void {
    if (this.#propertiesOf === "paragraph" && this.#paragraph) this.#paragraph.isEndRemoved = true;
    if (this.#propertiesOf === "row") this.#tables.removeRow();
  }

  #write(text: string): void {
    const paragraph = this.#paragraph;
    if (!paragraph || this.#nCodes > 0) return;
    this.#nRead += text.length;
    const run = this.#runs.at(-1);
    const isHidden = run?.isHidden ?? this.#context.styles.get(paragraph.styleId).isHidden;
    if (isHidden) this.#context.losses.add("hiddenWord", text.match(/\S+/g)?.length ?? 0);
    else {
      const shown = readSymbols(text, run?.font ?? "").replace(/\s+/g, " ");
      paragraph.write(shown, run?.place);
    }
  }

  /** Ends a picture: what it shows is read where the file says it, else it is counted. */
  #endPicture(): void {
    if (this.#picture === "") this.#lose("picture");
    else this.#write(`[Image: ${this.#picture.slice(0, 1000)}]`);
    this.#picture = "";
  }

  /** Counts a thing that is not read. Its other form, for older programs, is not one more. */
  #lose(kind: LossKind): void {
    this.#nRead++;
    this.#context.losses.add(kind);
  }

  #draw(id: string | undefined, kind: "chart" | "diagram"): void {
    if (id === undefined) return;
    const text = this.#paragraph && this.#context.drawing(id);
    if (text === undefined) return this.#lose(kind);
    this.#nRead += text.length;
    if (text !== "") this.#paragraph?.after.push({ text, gap: 2 });
  }

  #beginField(instruction: string): void {
    this.#fields.push({ instruction: [instruction], isResult: false });
    this.#nCodes++;
  }

  #beginResult(): void {
    const field = this.#fields.at(-1);
    if (!field || field.isResult) return;
    field.isResult = true;
    this.#nCodes--;
    const target = targetOf(field.instruction.join(""));
    if (target !== undefined && this.#paragraph)
      field.link = { paragraph: this.#paragraph, at: this.#paragraph.length, target };
  }

  #endField(): void {
    const field = this.#fields.pop();
    if (field && !field.isResult) this.#nCodes--;
    const link = field?.link;
    if (link) link.paragraph.replace(link.at, (text) => linkedText(text, link.target));
  }

  #endEquation(): void {
    const text = this.#equation?.finish(this.#isDisplay) ?? "";
    this.#equation = undefined;
    this.#nRead += text.length;
    this.#paragraph?.write(text);
  }

  #refer(tag: string, id: string): void {
    const label = this.#context.notes?.refer(tag, id);
    if (!label) return;
    this.#paragraph?.write(label.reference);
    if (label.block) this.#after.push(label.block);
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    if (!paragraph) return;
    // A code that does not end in its paragraph would hide all that follows.
    while (this.#nCodes > 0 && this.#paragraphs.length === 0) this.#endField();
    if (paragraph.isEndRemoved) {
      this.#joined = paragraph;
      return;
    }
    const block = paragraph.block(this.#context);
    const blocks = [...(block ? [block] : []), ...paragraph.after];
    // A paragraph right inside of another is a box of an older form.
    const outer = this.#paragraph;
    if (outer?.depth === paragraph.depth) outer.after.push(...blocks);
    else this.#tables.add(blocks);
    this.#addNotes();
  }

  #addNotes(): void {
    if (this.#after.length > 0 && this.#tables.depth === 0 && this.#paragraphs.length === 0)
      this.#tables.add(this.#after.splice(0));
  }
}
