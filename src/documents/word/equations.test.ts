import { describe, expect, it } from "vitest";
import { docxToText } from "./docx";
import { makeDocx, paragraph, run } from "./make-docx";

const r = (text: string, properties = "") =>
  `<m:r><m:rPr>${properties}</m:rPr><w:rPr/><m:t>${text}</m:t></m:r>`;
const el = (tag: string, content: string) => `<m:${tag}>${content}</m:${tag}>`;
const e = (content: string) => el("e", content);
const sup = (base: string, raised: string) =>
  el("sSup", el("sSupPr", "<m:ctrlPr/>") + e(base) + el("sup", raised));
const read = (omml: string, wrap = (math: string) => math) =>
  docxToText(makeDocx(paragraph(wrap(`<m:oMath>${omml}</m:oMath>`))), "a.docx").text;

describe("equations", () => {
  it.each([
    ["a line of text", r("E=m") + sup(r("c"), r("2")), "E=mc²"],
    ["a power of ten", r("2.2×") + sup(r("10"), r("-4")), "2.2×10⁻⁴"],
    ["a subscript", el("sSub", e(r("H")) + el("sub", r("2"))) + r("O"), "H₂O"],
    ["degrees under a root", el("rad", "<m:deg/>" + e(sup(r("45.0"), r("∘")))), "$\\sqrt{45.0^{∘}}$"],
    ["a raised letter", sup(r("e"), r("iπ")), "$e^{iπ}$"],
    ["both scripts", el("sSubSup", e(r("x")) + el("sub", r("i")) + el("sup", r("2"))), "$x_i^2$"],
    [
      "a fraction and a function",
      r("sin\u2061", '<m:sty m:val="p"/>') +
        r("θ") +
        r("=") +
        el("f", el("num", r("mλ")) + el("den", r("a"))),
      "$\\sin θ=\\frac{mλ}{a}$",
    ],
    [
      "a square root",
      el("rad", '<m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>' + e(r("2"))),
      "$\\sqrt{2}$",
    ],
    ["a cube root", el("rad", el("deg", r("3")) + e(r("x"))), "$\\sqrt[3]{x}$"],
    [
      "a sum",
      el(
        "nary",
        '<m:naryPr><m:chr m:val="∑"/></m:naryPr>' + el("sub", r("i=1")) + el("sup", r("n")) + e(r("i")),
      ),
      "$\\sum_{i=1}^n i$",
    ],
    ["an integral", el("nary", el("sub", r("0")) + el("sup", r("1")) + e(r("x dx"))), "$\\int_0^1 x dx$"],
    [
      "a matrix in brackets",
      el(
        "d",
        '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>' +
          e(el("m", el("mr", e(r("a")) + e(r("b"))) + el("mr", e(r("c")) + e(r("d"))))),
      ),
      "$\\left[ \\begin{matrix}a & b \\\\ c & d\\end{matrix} \\right]$",
    ],
    [
      "cases",
      el(
        "d",
        '<m:dPr><m:begChr m:val="{"/><m:endChr m:val=""/></m:dPr>' + e(el("eqArr", e(r("x")) + e(r("y")))),
      ),
      "$\\left\\{ \\begin{aligned}x \\\\ y\\end{aligned} \\right.$",
    ],
    [
      "a limit",
      el("func", el("fName", el("limLow", e(r("lim")) + el("lim", r("n→∞")))) + e(sup(r("a"), r("k")))),
      "$\\lim_{n→∞} a^k$",
    ],
    ["a vector", el("acc", '<m:accPr><m:chr m:val="\u20d7"/></m:accPr>' + e(r("v"))), "$\\vec{v}$"],
    [
      "words",
      el("f", el("num", r("50% of all", "<m:nor/>")) + el("den", r("2"))),
      "$\\frac{\\text{50\\% of all}}{2}$",
    ],
    ["a thing that is not known", el("later", e(r("a")) + e(r("b"))), "ab"],
  ])("%s", (_, omml, expected) => {
    expect(read(omml)).toBe(expected);
  });

  it("on a line of their own have two dollars", () => {
    const half = el("f", el("num", r("1")) + el("den", r("2")));
    expect(read(half, (math) => `<m:oMathPara>${math}</m:oMathPara>`)).toBe("$$\\frac{1}{2}$$");
    expect(read(half, (math) => `${run("so ")}${math}${run(", and")}`)).toBe("so $\\frac{1}{2}$, and");
  });

  it("with removed pieces are read without them, and 400 roots in each other too", () => {
    expect(read(r("a") + `<w:del>${r("b")}</w:del>` + r("c"))).toBe("ac");
    const deep = 400;
    expect(read("<m:rad><m:e>".repeat(deep) + r("x") + "</m:e></m:rad>".repeat(deep))).toMatch(
      /^\$\\sqrt.*x/,
    );
  });
});
