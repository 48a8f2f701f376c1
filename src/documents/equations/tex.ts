/** Functions that have a command of their own in LaTeX. */
export const functionNames: ReadonlySet<string> = new Set(
  (
    "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln lg exp lim max min sup inf det " +
    "dim ker arg deg gcd Pr"
  ).split(" "),
);

export const narySigns: Readonly<Record<string, string>> = {
  "∑": "\\sum",
  "∏": "\\prod",
  "∐": "\\coprod",
  "∫": "\\int",
  "∬": "\\iint",
  "∭": "\\iiint",
  "∮": "\\oint",
  "⋃": "\\bigcup",
  "⋂": "\\bigcap",
  "⋁": "\\bigvee",
  "⋀": "\\bigwedge",
};

export const accents: Readonly<Record<string, string>> = {
  "\u0300": "grave",
  "\u0301": "acute",
  "\u0302": "hat",
  "\u0303": "tilde",
  "\u0304": "bar",
  "\u0305": "overline",
  "\u0306": "breve",
  "\u0307": "dot",
  "\u0308": "ddot",
  "\u030c": "check",
  "\u20d7": "vec",
};

/** Signs that LaTeX takes for its own. Greek letters and operators stay: models and KaTeX read them. */
export function escapeTex(text: string): string {
  return text.replace(/[#$%&_{}]/g, "\\$&").replace(/\\(?![#$%&_{}])/g, "\\backslash ");
}

const superscripts: Readonly<Record<string, string>> = {
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
  "+": "⁺",
  "-": "⁻",
  "−": "⁻",
  n: "ⁿ",
  "∘": "°",
  "°": "°",
};

/** Raised or lowered digits; undefined when there is a sign that Unicode does not raise or lower. */
export function toScript(text: string, place: "sub" | "sup"): string | undefined {
  if (text === "") return undefined;
  let out = "";
  for (const sign of text) {
    const raised =
      place === "sup"
        ? superscripts[sign]
        : /\d/.test(sign)
          ? String.fromCodePoint(0x2080 + Number(sign))
          : undefined;
    if (raised === undefined) return undefined;
    out += raised;
  }
  return out;
}
