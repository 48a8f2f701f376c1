import { accents, escapeTex, functionNames, narySigns, toScript } from "../equations/tex";
import { attributeOf, type Attributes } from "../office/xml";

/** A piece of an equation: as LaTeX, and in plain letters where a line of text can show it. */
interface Piece {
  readonly tag: string;
  readonly tex: string;
  readonly plain?: string | undefined;
}

interface Frame {
  readonly tag: string;
  readonly pieces: Piece[];
  readonly properties: Map<string, string>;
}

/** Deeper pieces are read as their text: each level copies what is in it. */
const DEEPEST = 40;

/**
 * An equation of Word (OMML), written as LaTeX between dollars. One that is a line with digits raised or
 * lowered is written as such: E=mc².
 */
export class Equation {
  readonly #frames: Frame[] = [frameOf("m:oMath")];
  #tooDeep = 0;

  open(tag: string, attributes: Attributes): void {
    const parent = this.#frames.at(-1)!;
    if (this.#tooDeep > 0 || this.#frames.length > DEEPEST) {
      this.#tooDeep++;
      return;
    }
    if (parent.tag.endsWith("Pr"))
      this.#frames.at(-2)?.properties.set(tag.slice(2), attributeOf(attributes, "val") ?? "on");
    this.#frames.push(frameOf(tag));
  }

  text(text: string): void {
    // U+2061 to U+2064 are applied functions and products that are not seen.
    const seen = text.replace(/[\u2061-\u2064]/g, "");
    if (seen !== "") this.#frames.at(-1)!.pieces.push({ tag: "", tex: seen, plain: seen });
  }

  close(): void {
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    if (this.#frames.length < 2) return;
    const frame = this.#frames.pop()!;
    if (!frame.tag.endsWith("Pr")) this.#frames.at(-1)!.pieces.push(render(frame));
  }

  finish(isDisplay: boolean): string {
    while (this.#frames.length > 1) this.close();
    const { tex, plain } = joined(this.#frames[0]!);
    if (plain !== undefined) return plain.trim();
    const dollars = isDisplay ? "$$" : "$";
    return tex.trim() === "" ? "" : `${dollars}${tex.trim()}${dollars}`;
  }
}

const frameOf = (tag: string): Frame => ({ tag, pieces: [], properties: new Map() });

function joined({ tag, pieces }: Frame): Piece {
  let plain: string | undefined = "";
  let tex = "";
  for (const piece of pieces) {
    // A command's name ends before a letter.
    tex += /\\[A-Za-z]+$/.test(tex) && /^[\p{L}]/u.test(piece.tex) ? ` ${piece.tex}` : piece.tex;
    plain = plain === undefined || piece.plain === undefined ? undefined : plain + piece.plain;
  }
  return { tag, tex, plain };
}

function render(frame: Frame): Piece {
  const { tag, pieces, properties } = frame;
  const part = (name: string) => pieces.find((piece) => piece.tag === name);
  const tex = (name: string) => part(name)?.tex.trim() ?? "";
  const made = (text: string, plain?: string): Piece => ({ tag, tex: text, plain });
  const scripts = (sub: string, sup: string) =>
    (sub === "" ? "" : `_${grouped(sub)}`) + (sup === "" ? "" : `^${grouped(sup)}`);
  switch (tag) {
    case "m:r":
      return run(frame);
    case "m:f":
      return made(fraction(tex("m:num"), tex("m:den"), properties.get("type")));
    case "m:sSup":
    case "m:sSub":
    case "m:sSubSup": {
      const base = tex("m:e");
      const whole = /^(?:\\?[\p{L}\p{N}.]+|\([^()]*\))$/u.test(base) ? base : `{${base}}`;
      const lower = toScript(part("m:sub")?.plain ?? "", "sub");
      const upper = toScript(part("m:sup")?.plain ?? "", "sup");
      const isPlain = (!part("m:sub") || lower) && (!part("m:sup") || upper);
      const plain = part("m:e")?.plain;
      return made(
        whole + scripts(tex("m:sub"), tex("m:sup")),
        isPlain && plain !== undefined ? plain.trim() + (lower ?? "") + (upper ?? "") : undefined,
      );
    }
    case "m:sPre":
      return made(`{}${scripts(tex("m:sub"), tex("m:sup"))}${tex("m:e")}`);
    case "m:rad":
      return made(`\\sqrt${tex("m:deg") === "" ? "" : `[${tex("m:deg")}]`}{${tex("m:e")}}`);
    case "m:nary": {
      const sign = properties.get("chr") ?? "∫";
      return made(`${narySigns[sign] ?? sign}${scripts(tex("m:sub"), tex("m:sup"))} ${tex("m:e")}`);
    }
    case "m:d":
      return delimited(frame);
    case "m:m":
      return made(`\\begin{matrix}${rows(pieces, "m:mr")}\\end{matrix}`);
    case "m:mr":
      return made(
        pieces
          .filter((piece) => piece.tag === "m:e")
          .map((piece) => piece.tex.trim())
          .join(" & "),
      );
    case "m:eqArr":
      return made(`\\begin{aligned}${rows(pieces, "m:e")}\\end{aligned}`);
    case "m:func":
      return made(`${tex("m:fName")} ${tex("m:e")}`);
    case "m:limLow":
    case "m:limUpp": {
      const isLow = tag === "m:limLow";
      const base = tex("m:e");
      if (/^\\(?:lim|max|min|sup|inf|sum|prod)\b/.test(base) || /^[∑∏]/.test(base))
        return made(base + (isLow ? scripts(tex("m:lim"), "") : scripts("", tex("m:lim"))));
      return made(`\\${isLow ? "under" : "over"}set{${tex("m:lim")}}{${base}}`);
    }
    case "m:acc":
      return made(`\\${accents[properties.get("chr") ?? "\u0302"] ?? "hat"}{${tex("m:e")}}`);
    case "m:bar":
      return made(`\\${properties.get("pos") === "top" ? "over" : "under"}line{${tex("m:e")}}`);
    case "m:groupChr": {
      const sign = properties.get("chr") ?? "⏟";
      if (sign === "⏞" || sign === "⏟")
        return made(`\\${sign === "⏞" ? "over" : "under"}brace{${tex("m:e")}}`);
      return made(`\\${properties.get("pos") === "top" ? "over" : "under"}set{${sign}}{${tex("m:e")}}`);
    }
    case "m:borderBox":
      return made(`\\boxed{${tex("m:e")}}`);
    default:
      return joined(frame);
  }
}

/** Letters of a run. Names of functions stand upright, and words are text. */
function run(frame: Frame): Piece {
  const text = joined(frame).plain ?? "";
  const name = text.trim();
  if (functionNames.has(name)) return { tag: frame.tag, tex: `\\${name}`, plain: `${name} ` };
  const isText = frame.properties.has("nor") && /\p{L}/u.test(name);
  return { tag: frame.tag, tex: isText ? `\\text{${escapeTex(text)}}` : escapeTex(text), plain: text };
}

function fraction(numerator: string, denominator: string, type: string | undefined): string {
  if (type === "lin" || type === "skw") return `${bracketed(numerator)}/${bracketed(denominator)}`;
  if (type === "noBar") return `{${numerator} \\atop ${denominator}}`;
  return `\\frac{${numerator}}{${denominator}}`;
}

const bracketed = (tex: string): string => (/^[\p{L}\p{N}.]*$/u.test(tex) ? tex : `(${tex})`);

const grouped = (tex: string): string => (/^[\p{L}\p{N}]$/u.test(tex) ? tex : `{${tex}}`);

const rows = (pieces: readonly Piece[], tag: string): string =>
  pieces
    .filter((piece) => piece.tag === tag)
    .map((piece) => piece.tex.trim())
    .join(" \\\\ ");

function delimited({ tag, pieces, properties }: Frame): Piece {
  const sign = (name: string, usual: string) => {
    const given = properties.get(name) ?? usual;
    return given === "on" ? "" : given;
  };
  const [first, separator, last] = [sign("begChr", "("), sign("sepChr", "|"), sign("endChr", ")")];
  const inside = pieces.filter((piece) => piece.tag === "m:e");
  const tex = inside.map((piece) => piece.tex.trim()).join(` ${separator} `);
  const isTall = /\\(?:frac|begin|sum|int|prod|sqrt|atop)/.test(tex);
  const open = first === "{" ? "\\{" : first;
  const close = last === "}" ? "\\}" : last;
  const isPlain = inside.length === 1 && inside[0]!.plain !== undefined;
  return {
    tag,
    tex: isTall ? `\\left${open || "."} ${tex} \\right${close || "."}` : open + tex + close,
    plain: isPlain ? first + inside[0]!.plain!.trim() + last : undefined,
  };
}
