import { accents, escapeTex, functionNames, narySigns, toScript } from "./tex";

/** A piece of an equation: as LaTeX, and in plain letters where a line of text can show it. */
interface Piece {
  readonly tag: string;
  readonly tex: string;
  readonly plain: string | undefined;
}

interface Frame {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly pieces: Piece[];
}

/** Deeper pieces are read as their text: each level copies what is in it. */
const DEEPEST = 40;

/** Accents that stand over a letter by their sign alone, beside those that Unicode combines. */
const signsOver: Readonly<Record<string, string>> = {
  "^": "hat",
  ˆ: "hat",
  "~": "tilde",
  "˜": "tilde",
  "¯": "bar",
  "‾": "overline",
  "―": "overline",
  "−": "bar",
  "→": "vec",
  "⃗": "vec",
  "˙": "dot",
  ".": "dot",
  "¨": "ddot",
  ˇ: "check",
  "˘": "breve",
  "⏞": "overbrace",
};

/**
 * An equation of a web page, a book or an OpenDocument file (MathML), written as LaTeX between dollars. Its
 * own LaTeX is taken where the file has it. One that is a line with digits raised or lowered is written as
 * such.
 */
export class MathMl {
  readonly #frames: Frame[];
  #tooDeep = 0;
  #ownTex: string | undefined;
  /** The equation in the language of its program, such as StarMath, for one that has nothing else. */
  #code = "";
  /** It stands on a line of its own. */
  readonly isDisplay: boolean;

  /** @param attributes  of the `math` element */
  constructor(attributes: Readonly<Record<string, string>>) {
    this.#frames = [{ tag: "math", attributes, pieces: [] }];
    this.isDisplay = attributes["display"] === "block";
    const { alttext = "" } = attributes;
    // Words for readers aloud are no LaTeX.
    if (/[\\^_{]/.test(alttext)) this.#ownTex = alttext;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#tooDeep > 0 || this.#frames.length > DEEPEST) this.#tooDeep++;
    else this.#frames.push({ tag: localName(name), attributes, pieces: [] });
  }

  text(text: string): void {
    // U+2061 to U+2064 are applied functions and products that are not seen.
    const seen = text.replace(/[\u2061-\u2064]/g, "").replace(/\s+/g, " ");
    const frame = this.#frames.at(-1)!;
    const isToken = /^(?:m[inos]|mtext|annotation)$/.test(frame.tag);
    if (seen.trim() !== "" || (isToken && seen !== ""))
      frame.pieces.push({ tag: "", tex: seen, plain: seen });
  }

  close(): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    if (this.#frames.length < 2) return;
    const frame = this.#frames.pop()!;
    if (frame.tag === "annotation") {
      if (/tex/i.test(frame.attributes["encoding"] ?? "")) this.#ownTex = joined(frame).tex;
      else this.#code = joined(frame).tex.trim();
    } else if (!/^(?:annotation-xml|mphantom)$/.test(frame.tag))
      this.#frames.at(-1)!.pieces.push(render(frame));
  }

  finish(): string {
    while (this.#frames.length > 1) this.close();
    const dollars = this.isDisplay ? "$$" : "$";
    const own = this.#ownTex?.trim().replace(/^\{\\(?:display|text)style\s*([^]*)\}$/, "$1");
    if (own) return `${dollars}${own.trim().replace(/\s+/g, " ")}${dollars}`;
    const { tex, plain } = joined(this.#frames[0]!);
    if (plain !== undefined && plain.trim() !== "") return plain.trim();
    if (tex.trim() === "" && this.#code !== "") return `$${this.#code}$`;
    return tex.trim() === "" ? "" : `${dollars}${tex.trim()}${dollars}`;
  }
}

/** "m:mfrac" of a book is "mfrac". */
const localName = (name: string) => name.slice(name.indexOf(":") + 1).toLowerCase();

function joined({ tag, pieces }: Pick<Frame, "tag" | "pieces">): Piece {
  let plain: string | undefined = "";
  let tex = "";
  let last = "";
  for (const piece of pieces) {
    // A command's name ends before a letter.
    const isApart = /\\[A-Za-z]+$/.test(tex) && /^\p{L}/u.test(piece.tex);
    tex += isApart || (last === "nary" && !/^\s/.test(piece.tex)) ? ` ${piece.tex}` : piece.tex;
    last = piece.tag;
    plain = plain === undefined || piece.plain === undefined ? undefined : plain + piece.plain;
  }
  return { tag, tex, plain };
}

function render(frame: Frame): Piece {
  const { tag, attributes, pieces } = frame;
  const made = (tex: string, plain?: string): Piece => ({ tag, tex, plain });
  const tex = (at: number) => pieces[at]?.tex.trim() ?? "";
  const all = () => joined(frame).tex.trim();
  switch (tag) {
    case "mi":
    case "mn":
    case "mo":
    case "ms":
    case "mtext":
      return token(frame);
    case "mspace":
      return made(" ", " ");
    case "mfrac":
      return attributes["linethickness"]?.startsWith("0")
        ? made(`{${tex(0)} \\atop ${tex(1)}}`)
        : made(`\\frac{${tex(0)}}{${tex(1)}}`);
    case "msqrt":
      return made(`\\sqrt{${all()}}`);
    case "mroot":
      return made(`\\sqrt[${tex(1)}]{${tex(0)}}`);
    case "msub":
      return scripts(frame, 1, undefined);
    case "msup":
      return scripts(frame, undefined, 1);
    case "msubsup":
      return scripts(frame, 1, 2);
    case "munder":
      return around(frame, 1, undefined);
    case "mover":
      return around(frame, undefined, 1);
    case "munderover":
      return around(frame, 1, 2);
    case "mmultiscripts":
      return multiScripts(frame);
    case "mfenced": {
      const separators = (attributes["separators"] ?? ",").replace(/\s/g, "");
      const inside = pieces.map((piece, at) => {
        const separator = separators[Math.min(at, separators.length) - 1] ?? separators.at(-1) ?? "";
        return (at === 0 ? "" : separator) + piece.tex.trim();
      });
      const { open = "(", close = ")" } = attributes;
      return made(`${sign(open)}${inside.join("")}${sign(close)}`);
    }
    case "mtable":
      return made(`\\begin{matrix}${pieces.map((row) => row.tex).join(" \\\\ ")}\\end{matrix}`);
    case "mtr":
    case "mlabeledtr":
      return made(pieces.map((cell) => cell.tex.trim()).join(" & "));
    default:
      return joined(frame);
  }
}

const sign = (text: string) => (/^[{}]$/.test(text) ? `\\${text}` : text);

/** Letters, a number, an operator or words. */
function token(frame: Frame): Piece {
  const { tag, attributes } = frame;
  const text = joined(frame).plain ?? "";
  const name = text.trim();
  const made = (tex: string, plain: string | undefined = text): Piece => ({ tag, tex, plain });
  if (tag === "mtext" || tag === "ms")
    return made(/\p{L}/u.test(name) ? `\\text{${escapeTex(text)}}` : escapeTex(text));
  if (functionNames.has(name)) return made(`\\${name}`, `${name} `);
  if (narySigns[name]) return { tag: "nary", tex: narySigns[name], plain: undefined };
  if (tag === "mi" && name.length > 1 && /^\p{L}+$/u.test(name)) return made(`\\mathrm{${name}}`, name);
  const isDouble = attributes["mathvariant"] === "double-struck" && /^[A-Z]$/.test(name);
  if (isDouble) return made(`\\mathbb{${name}}`, undefined);
  // Equal signs stand apart from what they compare, in plain letters too.
  const isRelation = tag === "mo" && /^[=≠<>≤≥≈≡∼→⇒⇔∈∉⊂⊆]$/u.test(name);
  return made(escapeTex(name), isRelation ? ` ${name} ` : name);
}

const grouped = (tex: string): string => (/^[\p{L}\p{N}]$/u.test(tex) ? tex : `{${tex}}`);

const written = (below: string, above: string) =>
  (below === "" ? "" : `_${grouped(below)}`) + (above === "" ? "" : `^${grouped(above)}`);

function scripts({ tag, pieces }: Frame, below: number | undefined, above: number | undefined): Piece {
  const base = pieces[0];
  const at = (place: number | undefined) => (place === undefined ? undefined : pieces[place]);
  const [sub, sup] = [at(below), at(above)];
  const baseTex = base?.tex.trim() ?? "";
  const isWhole = /^(?:\\?[\p{L}\p{N}.]+|\\\w+\{[^{}]*\}|[)\]|])?$/u.test(baseTex) || base?.tag === "nary";
  const lower = sub && toScript(sub.plain?.trim() ?? "", "sub");
  const upper = sup && toScript(sup.plain?.trim() ?? "", "sup");
  const isPlain = base?.plain !== undefined && (!sub || lower) && (!sup || upper);
  return {
    tag: base?.tag === "nary" ? "nary" : tag,
    tex: (isWhole ? baseTex : `{${baseTex}}`) + written(sub?.tex.trim() ?? "", sup?.tex.trim() ?? ""),
    plain: isPlain ? base.plain.trim() + (lower ?? "") + (upper ?? "") : undefined,
  };
}

/** Signs under and over a base: limits of a sum, an accent, or anything. */
function around(frame: Frame, below: number | undefined, above: number | undefined): Piece {
  const base = frame.pieces[0];
  const baseTex = base?.tex.trim() ?? "";
  if (base?.tag === "nary" || /^\\(?:lim|max|min|sup|inf|arg|det|gcd)\b/.test(baseTex))
    return scripts(frame, below, above);
  const at = (place: number | undefined) =>
    (place === undefined ? undefined : frame.pieces[place])?.tex.trim() ?? "";
  const [under, over] = [at(below), at(above)];
  let tex = baseTex;
  const accent = accents[over] ?? signsOver[over];
  if (over !== "") tex = accent ? `\\${accent}{${tex}}` : `\\overset{${over}}{${tex}}`;
  if (under === "⏟") tex = `\\underbrace{${tex}}`;
  else if (/^(?:\\_|[‾―¯])$/.test(under)) tex = `\\underline{${tex}}`;
  else if (under !== "") tex = `\\underset{${under}}{${tex}}`;
  return { tag: frame.tag, tex, plain: undefined };
}

function multiScripts({ tag, pieces }: Frame): Piece {
  const [base, ...others] = pieces;
  const before = others.findIndex((piece) => piece.tag === "mprescripts");
  const pairs = (list: readonly Piece[]) => {
    const of = (parity: number) =>
      list
        .filter((_, at) => at % 2 === parity)
        .map((piece) => piece.tex.trim())
        .join("");
    return written(of(0), of(1));
  };
  const after = before < 0 ? others : others.slice(0, before);
  const prefix = before < 0 ? "" : `{}${pairs(others.slice(before + 1))}`;
  return { tag, tex: `${prefix}${base?.tex.trim() ?? ""}${pairs(after)}`, plain: undefined };
}
