import { raised, type Place } from "../equations/raised";
import type { Losses } from "../losses";
import { linkedText } from "../office/links";
import { attributeOf, type Attributes, type XmlHandler } from "../office/xml";
import { BlockText } from "../text/block-text";
import { Counter } from "./counters";
import { noObjects, OpenFrames } from "./frames";
import type { OpenStyles } from "./styles";

/** A list around, whose items are counted. */
interface List {
  readonly style: string;
  readonly counter: Counter | undefined;
}

/** A text that is written apart from the one around it: a note, a comment. */
interface Aside {
  readonly element: string;
  readonly out: BlockText;
  citation: string;
  author: string;
}

/** Elements whose text is not the document's: what was deleted, marks of notes, code of buttons. */
const unread = new Set([
  ...["tracked-changes", "note-citation", "creator-initials", "sender-initials", "hidden-text", "forms"],
  ...["scripts", "event-listeners", "binary-data", "dde-source", "ruby-text", "sequence-decls"],
  ...["variable-decls", "user-field-decls", "named-expressions", "database-ranges"],
]);
const SPACES_AT_MOST = 100;

/** Reads the body of an OpenDocument text or slide, element by element, as text in Markdown's way. */
export class OpenStory implements XmlHandler {
  readonly #styles: OpenStyles;
  readonly #losses: Losses;
  readonly #frames: OpenFrames;
  readonly #headings: Counter;
  readonly #counters = new Map<string, Counter>();
  readonly #path: string[] = [];
  readonly #asides: Aside[] = [];
  readonly #lists: List[] = [];
  readonly #links: { readonly target: string; text: string }[] = [];
  readonly #places: Place[] = [];
  /** Notes and comments of the paragraph that is read: they follow it. */
  #pending: string[] = [];
  #out = new BlockText();
  #unreadDepth = 0;
  #hiddenDepth = 0;
  #isItemStart = false;
  #itemStart: number | undefined;
  #isTitle = false;
  #nNotes = 0;

  constructor(styles: OpenStyles, losses: Losses, objects = noObjects) {
    this.#styles = styles;
    this.#losses = losses;
    this.#frames = new OpenFrames(objects, losses);
    this.#headings = new Counter(styles.headings);
  }

  /** The text since the last take. */
  take(): string {
    this.#flush();
    const text = this.#out.finish();
    this.#out = new BlockText();
    return text;
  }

  open(name: string, attributes: Attributes): void {
    const parent = this.#path.at(-1);
    this.#path.push(name);
    const isOfComment = parent === "annotation" && (name === "creator" || name === "date");
    const isOfFrame = parent === "frame" && (name === "title" || name === "desc");
    if (this.#unreadDepth > 0 || unread.has(name) || isOfComment || isOfFrame) {
      this.#unreadDepth++;
      return;
    }
    if (this.#hiddenDepth > 0 || this.#isHidden(name, attributes)) this.#hiddenDepth++;
    const of = (key: string) => attributeOf(attributes, key) ?? "";
    const drawn = this.#frames.open(name, attributes);
    if (drawn?.isInLine) this.#write(` ${drawn.text} `);
    else if (drawn) this.#pending.push(drawn.text);
    switch (name) {
      case "h": {
        this.#out.break(2);
        const level = Math.min(10, Number(of("outline-level")) || 1);
        this.#out.mark(`${"#".repeat(Math.min(6, level))} `);
        const number = this.#headings.next(level);
        if (number.trim() !== "") this.#out.mark(`${number.trim()} `);
        break;
      }
      case "p":
        this.#out.break(this.#lists.length > 0 ? 1 : 2);
        if (this.#isTitle) this.#out.mark("# ");
        else if (this.#isItemStart) this.#out.mark(this.#itemMark());
        this.#isItemStart = false;
        this.#isTitle = false;
        break;
      case "span":
        this.#places.push(this.#styles.raised.get(of("style-name")) ?? this.#places.at(-1));
        break;
      case "s":
        this.#write(" ".repeat(Math.min(SPACES_AT_MOST, Number(of("c")) || 1)));
        break;
      case "tab":
        this.#write(" ");
        break;
      case "line-break":
        this.#out.break(1);
        break;
      case "a":
        this.#links.push({ target: of("href"), text: "" });
        break;
      case "list": {
        const style = of("style-name") || (this.#lists.at(-1)?.style ?? "");
        const levels = this.#styles.lists.get(style);
        const outer = this.#lists.at(-1);
        let counter = outer?.style === style ? outer.counter : undefined;
        if (!counter && levels) {
          const goesOn = of("continue-numbering") === "true" || of("continue-list") !== "";
          counter = (goesOn && this.#counters.get(style)) || new Counter(levels);
          this.#counters.set(style, counter);
        }
        if (this.#lists.length === 0) this.#out.break(2);
        this.#lists.push({ style, counter });
        break;
      }
      case "list-item":
        this.#isItemStart = true;
        this.#itemStart = of("start-value") === "" ? undefined : Number(of("start-value"));
        break;
      case "table":
        this.#out.break(2);
        break;
      case "table-row":
        this.#out.beginRow();
        break;
      case "table-cell":
      case "covered-table-cell":
        this.#out.beginCell();
        break;
      case "note":
        this.#nNotes++;
        this.#begin(name).citation = `[^${this.#nNotes}]`;
        break;
      case "annotation":
      case "notes":
        this.#begin(name);
        break;
      case "frame":
        this.#isTitle = /^(?:title|subtitle)$/.test(of("class"));
        break;
    }
  }

  text(text: string): void {
    if (this.#unreadDepth > 0) {
      this.#keepWordsBeside(text);
      return;
    }
    if (this.#hiddenDepth > 0) {
      this.#losses.add("hiddenWord", text.split(/\s+/).filter(Boolean).length);
      return;
    }
    this.#write(text, this.#places.at(-1));
  }

  close(name: string): void {
    this.#path.pop();
    if (this.#unreadDepth > 0) {
      this.#unreadDepth--;
      return;
    }
    if (this.#hiddenDepth > 0) this.#hiddenDepth--;
    switch (name) {
      case "h":
      case "p":
        this.#out.break(this.#lists.length > 0 ? 1 : 2);
        if (this.#asides.length === 0) this.#flush();
        break;
      case "span":
        this.#places.pop();
        break;
      case "a": {
        const link = this.#links.pop();
        if (link)
          this.#write(linkedText(link.text, /^(?:https?|mailto):/i.test(link.target) ? link.target : ""));
        break;
      }
      case "list":
        this.#lists.pop();
        if (this.#lists.length === 0) this.#out.break(2);
        break;
      case "list-item":
        this.#isItemStart = false;
        break;
      case "table-cell":
      case "covered-table-cell":
        this.#out.endCell();
        break;
      case "table":
        this.#out.break(2);
        break;
      case "frame": {
        const picture = this.#frames.close();
        if (picture) this.#write(` ${picture} `);
        break;
      }
      case "note":
      case "annotation":
      case "notes":
        this.#end(name);
        break;
    }
  }

  /** The author of a comment, and the words that stand for a picture. */
  #keepWordsBeside(text: string): void {
    const [parent, name] = this.#path.slice(-2);
    const aside = this.#asides.at(-1);
    if (name === "creator" && parent === "annotation" && aside) aside.author += text.slice(0, 100);
    if ((name === "desc" || name === "title") && parent === "frame") this.#frames.describe(name, text);
  }

  #isHidden(name: string, attributes: Attributes): boolean {
    if (name === "section" && attributeOf(attributes, "display") === "none") return true;
    const isText = name === "p" || name === "span" || name === "h";
    return isText && this.#styles.hidden.has(attributeOf(attributes, "style-name") ?? "");
  }

  #write(text: string, place?: Place): void {
    const link = this.#links.at(-1);
    if (link) link.text += place ? raised(place, text) : text;
    else this.#out.text(text, place);
  }

  #itemMark(): string {
    const level = this.#lists.length;
    const number = this.#lists.at(-1)?.counter?.next(level, this.#itemStart).trim();
    return `${"  ".repeat(Math.max(0, level - 1))}${number ? number : "-"} `;
  }

  #begin(element: string): Aside {
    if (element === "note") this.#write(`[^${this.#nNotes}]`);
    const aside = { element, out: this.#out, citation: "", author: "" };
    this.#asides.push(aside);
    this.#out = new BlockText();
    this.#places.push(undefined); // a note of raised text is none
    return aside;
  }

  #end(element: string): void {
    const aside = this.#asides.at(-1);
    if (aside?.element !== element) return;
    this.#asides.pop();
    this.#places.pop();
    const text = this.#out.finish().trim();
    this.#out = aside.out;
    if (text === "") return;
    const by = aside.author === "" ? "Comment" : `Comment by ${aside.author}`;
    if (element === "note") this.#pending.push(`${aside.citation}: ${text}`);
    else this.#pending.push(`[${element === "notes" ? "Notes" : by}: ${text}]`);
  }

  #flush(): void {
    const pending = this.#pending;
    this.#pending = [];
    for (const text of pending) {
      this.#out.break(2);
      this.#out.verbatim(text);
      this.#out.break(2);
    }
  }
}
