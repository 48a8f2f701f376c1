import { DocumentError } from "../../ground/errors";
import { raised } from "../equations/raised";
import { Losses } from "../losses";
import { decoderOf } from "../office/code-pages";
import { linkedText, targetOf } from "../office/links";
import type { ReadText } from "../reading";
import { cutAtLines } from "../text/cuts";
import { tidy } from "../text/decode-text";
import { RtfBlocks } from "./blocks";
import { readRtf, type RtfHandler } from "./tokens";
import { t } from "../../language/language";

/** A place that text goes to; "skip" is nowhere, and "shape" is nowhere but for the text of the shape. */
type Destination = "text" | "skip" | "shape" | "fonts" | "styles" | "instruction" | "author";

interface State {
  destination: Destination;
  /** Bytes that stand for a `\u` in programs without Unicode. */
  nFallbacks: number;
  codePage: number;
  isHidden: boolean;
  place: "sub" | "sup" | undefined;
  /** Says that pictures here are copies for older programs, or show what an object is like. */
  isCopy: boolean;
  /** The note, header or field that ends with this group. */
  ends: "footnote" | "comment" | "header" | "footer" | "field" | "result" | undefined;
}

const DEEPEST = 2000;
const skipped = new Set([
  ...["colortbl", "info", "pict", "objdata", "shprslt", "nonesttables", "xe", "tc", "txe", "rxe", "sp"],
  ...["filetbl", "revtbl", "listtable", "listoverridetable", "themedata", "mmathPict", "ftnsep", "ftnsepc"],
  ...["ftncn", "aftnsep", "aftnsepc", "aftncn", "docvar", "template", "datafield", "bkmkstart", "bkmkend"],
]);
/** Groups whose pictures stand in the file once more, are signs of lists, or show an object. */
const copies = new Set(["object", "nonshppict", "shprslt", "listpicture", "pict", "fldinst", "themedata"]);
/** Destinations that are read though a star says that old programs may skip them. */
const starred = new Set([
  "shpinst",
  "annotation",
  "atnauthor",
  "fldinst",
  "footnote",
  "ud",
  "shppict",
  "pnseclvl",
]);
const codePages: Readonly<Record<number, number>> = {
  0: 1252,
  77: 10000,
  128: 932,
  129: 949,
  130: 1361,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  254: 437,
};
const signs: Readonly<Record<string, string>> = {
  tab: "\t",
  line: "\n",
  emdash: "—",
  endash: "–",
  bullet: "•",
  lquote: "‘",
  rquote: "’",
  ldblquote: "“",
  rdblquote: "”",
  emspace: " ",
  enspace: " ",
  qmspace: " ",
  "~": " ",
  _: "‑",
  "\\": "\\",
  "{": "{",
  "}": "}",
};

/**
 * The text of a rich text file: paragraphs with the numbers of lists, headings, tables as rows, footnotes,
 * comments and links.
 *
 * @throws DocumentError  when its groups lie too deep in each other
 */
export function rtfToText(bytes: Uint8Array, name: string): ReadText {
  const reader = new RtfReader(name);
  readRtf(bytes, reader);
  const text = tidy(reader.finish());
  return { text, ...cutAtLines(text), notes: reader.losses.notes() };
}

class RtfReader implements RtfHandler {
  readonly losses = new Losses();
  readonly #name: string;
  readonly #stack: State[] = [];
  readonly #fonts = new Map<number, number>();
  readonly #headings = new Map<number, number>();
  readonly #body = new RtfBlocks();
  readonly #furniture: string[] = [];
  readonly #fields: { instruction: string; text: string }[] = [];
  readonly #outer: RtfBlocks[] = [];
  #out = this.#body;
  #state: State = {
    destination: "text",
    nFallbacks: 1,
    codePage: 1252,
    isHidden: false,
    place: undefined,
    isCopy: false,
    ends: undefined,
  };
  #defaultCodePage = 1252;
  #bytes: number[] = [];
  #toSkip = 0;
  #isStarred = false;
  #isGroupStart = false;
  #font = 0;
  #style = 0;
  #styleName = "";
  #author = "";
  #nNotes = 0;

  constructor(name: string) {
    this.#name = name;
  }

  finish(): string {
    this.#flush();
    while (this.#stack.length > 0) this.end();
    return [...new Set(this.#furniture), this.#body.finish()].filter((text) => text !== "").join("\n\n");
  }

  begin(): void {
    this.#flush();
    this.#toSkip = 0;
    if (this.#stack.length >= DEEPEST)
      throw new DocumentError(
        t("“{name}” has groups more than {DEEPEST} deep in each other.", { name: this.#name, DEEPEST }),
        {
          hint: t("Open it in a word processor, save it as .docx, and attach that."),
        },
      );
    this.#isGroupStart = true;
    this.#stack.push(this.#state);
    this.#state = { ...this.#state, ends: undefined };
  }

  end(): void {
    this.#flush();
    this.#toSkip = 0;
    const ended = this.#state;
    const outer = this.#stack.pop();
    if (!outer) return;
    this.#state = outer;
    switch (ended.ends) {
      case "footnote":
      case "comment":
      case "header":
      case "footer":
        this.#endAside(ended.ends);
        break;
      case "result": {
        const field = this.#fields.at(-1);
        if (!field) break;
        const target = targetOf(field.instruction) ?? "";
        this.#write(/^(?:https?|mailto):/i.test(target) ? linkedText(field.text, target) : field.text, true);
        field.text = "";
        break;
      }
      case "field":
        this.#fields.pop();
        break;
      case undefined:
        break;
    }
  }

  byte(byte: number): void {
    this.#isGroupStart = false;
    if (this.#toSkip > 0) this.#toSkip--;
    else if (this.#state.destination !== "skip" && this.#state.destination !== "shape")
      this.#bytes.push(byte);
  }

  word(name: string, value: number | undefined): void {
    if (this.#toSkip > 0 && name !== "u") {
      this.#toSkip--;
      if (name.length === 1 && /[\\{}]/.test(name)) return;
    }
    if (name === "*") {
      // In the middle of a group a star marks no destination: StarWriter writes it before styles.
      this.#isStarred = this.#isGroupStart;
      return;
    }
    this.#isGroupStart = false;
    this.#flush();
    this.#countLost(name);
    const isUnknown = this.#isStarred && !starred.has(name);
    this.#isStarred = false;
    if (isUnknown || skipped.has(name)) {
      this.#state.destination = "skip";
      return;
    }
    const sign = signs[name];
    if (sign !== undefined) this.#write(sign);
    else if (name === "u" && value !== undefined) {
      this.#write(String.fromCharCode(value & 0xffff));
      this.#toSkip = this.#state.nFallbacks;
    } else if (!this.#destination(name)) this.#format(name, value);
  }

  #countLost(name: string): void {
    const state = this.#state;
    if (name === "object" && !state.isCopy) this.losses.add("object");
    else if (name === "pict" && !state.isCopy) this.losses.add("picture");
    if (copies.has(name)) state.isCopy = true;
  }

  /** Words that say where the text of their group goes. */
  #destination(name: string): boolean {
    const state = this.#state;
    if (state.destination === "skip") return true;
    switch (name) {
      case "fonttbl":
        state.destination = "fonts";
        return true;
      case "stylesheet":
        state.destination = "styles";
        return true;
      case "shpinst":
        state.destination = "shape";
        return true;
      case "shptxt":
        state.destination = "text";
        this.#out.paragraph();
        return true;
      case "field":
        state.ends = "field";
        this.#fields.push({ instruction: "", text: "" });
        return true;
      case "fldinst":
        state.destination = "instruction";
        return true;
      case "fldrslt":
        if (state.destination === "text") state.ends = "result";
        return true;
      case "atnauthor":
        state.destination = "author";
        this.#author = "";
        return true;
      case "footnote":
        this.#beginAside("footnote");
        return true;
      case "annotation":
        this.#beginAside("comment");
        return true;
      case "header":
      case "headerl":
      case "headerr":
      case "headerf":
        this.#beginAside("header");
        return true;
      case "footer":
      case "footerl":
      case "footerr":
      case "footerf":
        this.#beginAside("footer");
        return true;
      default:
        return false;
    }
  }

  #format(name: string, value: number | undefined): void {
    const state = this.#state;
    switch (name) {
      case "ansicpg":
        this.#defaultCodePage = state.codePage = value || 1252;
        break;
      case "mac":
        this.#defaultCodePage = state.codePage = 10000;
        break;
      case "f":
        this.#font = value ?? 0;
        state.codePage = this.#fonts.get(this.#font) ?? this.#defaultCodePage;
        break;
      case "fcharset":
        if (state.destination === "fonts" && value !== 1)
          this.#fonts.set(this.#font, codePages[value ?? 0] ?? this.#defaultCodePage);
        break;
      case "uc":
        state.nFallbacks = Math.max(0, Math.min(10, value ?? 1));
        break;
      case "v":
      case "deleted":
        state.isHidden = value !== 0;
        break;
      case "super":
      case "sub":
        state.place = value === 0 ? undefined : name === "sub" ? "sub" : "sup";
        break;
      case "nosupersub":
        state.place = undefined;
        break;
      case "plain":
        state.isHidden = false;
        state.place = undefined;
        state.codePage = this.#defaultCodePage;
        break;
      case "s":
        this.#style = value ?? 0;
        if (state.destination === "styles") this.#styleName = "";
        else if (state.destination === "text") this.#out.level = this.#headings.get(this.#style) ?? 0;
        break;
      case "outlinelevel": {
        const level = (value ?? 9) + 1;
        if (level > 9) break;
        if (state.destination === "styles") this.#headings.set(this.#style, level);
        else if (state.destination === "text") this.#out.level = level;
        break;
      }
      case "chftn":
        if (this.#outer.length === 0) this.#write(`[^${this.#nNotes + 1}]`);
        break;
      default:
        if (state.destination === "text") this.#out.word(name);
    }
  }

  #beginAside(ends: NonNullable<State["ends"]>): void {
    // Notes in notes are no notes that a program writes.
    if (this.#outer.length > 3 || this.#state.destination !== "text") {
      this.#state.destination = "skip";
      return;
    }
    this.#outer.push(this.#out);
    this.#out = new RtfBlocks();
    this.#state.ends = ends;
    this.#state.isHidden = false;
    this.#state.place = undefined;
  }

  #endAside(ends: "footnote" | "comment" | "header" | "footer"): void {
    const text = this.#out.finish().replace(/\n+/g, "\n").trim();
    this.#out = this.#outer.pop() ?? this.#body;
    const isFootnote = ends === "footnote";
    if (isFootnote) this.#nNotes++;
    if (text === "" || (!isFootnote && !/\p{L}/u.test(text))) return;
    if (isFootnote) this.#out.after(`[^${this.#nNotes}]: ${text}`);
    else if (ends === "comment")
      this.#out.after(`[Comment${this.#author ? ` by ${this.#author}` : ""}: ${text}]`);
    else this.#furniture.push(`[${ends === "header" ? "Header" : "Footer"}: ${text}]`);
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    const text = decoderOf(this.#state.codePage).decode(Uint8Array.from(this.#bytes));
    this.#bytes = [];
    this.#write(text);
  }

  #write(text: string, isResult = false): void {
    const { destination, isHidden, place } = this.#state;
    const field = this.#fields.at(-1);
    if (destination === "text") {
      if (isHidden) this.losses.add("hiddenWord", text.split(/\s+/).filter(Boolean).length);
      else if (field && !isResult && this.#outer.length === 0)
        field.text += place ? raised(place, text) : text;
      else this.#out.text(text, place);
    } else if (destination === "instruction") {
      if (field && field.instruction.length < 4000) field.instruction += text;
    } else if (destination === "author") this.#author = (this.#author + text).slice(0, 100);
    else if (destination === "styles") this.#readStyleName(text);
  }

  /** The name of a style ends with a semicolon. */
  #readStyleName(text: string): void {
    this.#styleName = (this.#styleName + text).slice(-100);
    const level = /^\s*heading (\d)\s*;/i.exec(this.#styleName)?.[1];
    if (level !== undefined) this.#headings.set(this.#style, Number(level));
    if (text.includes(";")) this.#styleName = "";
  }
}
