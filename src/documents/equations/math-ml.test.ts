import { describe, expect, it } from "vitest";
import { htmlToText } from "../html/html";

const written = (mathMl: string, attributes = "") =>
  htmlToText(`<p>so <math ${attributes}>${mathMl}</math> holds`, "a.html").replace(/^so\s|\sholds$/g, "");
const sum =
  "<munderover><mo>∑</mo><mrow><mi>k</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>a</mi><mi>k</mi></msub>";

describe("an equation of a web page is LaTeX", () => {
  it.each([
    ["a line", "<mi>a</mi><mo>≠</mo><mn>0</mn>", "a ≠ 0"],
    ["raised digits", "<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E = mc²"],
    ["a fraction", "<mfrac><mi>a</mi><mrow><mn>2</mn><mi>b</mi></mrow></mfrac>", "$\\frac{a}{2b}$"],
    ["roots", "<msqrt><mn>2</mn></msqrt><mroot><mi>x</mi><mn>3</mn></mroot>", "$\\sqrt{2}\\sqrt[3]{x}$"],
    ["a sum", sum, "$\\sum_{k=1}^n a_k$"],
    ["an accent", "<mover><mi>x</mi><mo>˙</mo></mover>", "$\\dot{x}$"],
    ["a line below", "<munder><mi>x</mi><mo>_</mo></munder>", "$\\underline{x}$"],
    ["a limit", "<munder><mi>lim</mi><mi>x</mi></munder><mi>f</mi>", "$\\lim_xf$"],
    [
      "a matrix",
      "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr></mtable>",
      "$\\begin{matrix}1 & 0\\end{matrix}$",
    ],
    ["fences", "<mfenced open='['><mi>a</mi><mi>b</mi></mfenced>", "$[a,b)$"],
    ["words", "<mi>x</mi><mtext> if </mtext><msup><mi>y</mi><mi>k</mi></msup>", "$x\\text{ if }y^k$"],
    ["a prefix", "<m:msup><m:mi>y</m:mi><m:mi>k</m:mi></m:msup>", "$y^k$"],
  ])("%s", (_, mathMl, tex) => {
    expect(written(mathMl)).toBe(tex);
  });

  it("is taken from the page where it is there, and words for readers aloud are none", () => {
    const annotated =
      "<semantics><mi>x</mi><annotation encoding='application/x-tex'>{\\displaystyle x_{1}}</annotation></semantics>";
    expect(written(annotated)).toBe("$x_{1}$");
    expect(written("<mi>x</mi>", 'alttext="\\frac{1}{x}"')).toBe("$\\frac{1}{x}$");
    expect(written("<mi>x</mi>", 'alttext="the letter x"')).toBe("x");
    expect(written(sum, 'display="block"')).toBe("$$\\sum_{k=1}^n a_k$$");
  });

  it("of a hundred thousand levels ends", () => {
    expect(written(`${"<mrow>".repeat(1500)}<mi>x</mi>`)).toBe("x");
  });
});
