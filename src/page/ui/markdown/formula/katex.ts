import katex from "katex";
import "katex/dist/katex.min.css";

/** The formula as HTML and MathML, or undefined if TeX does not read it. */
export function drawFormula(tex: string, isDisplay: boolean): string | undefined {
  try {
    return katex.renderToString(tex, {
      displayMode: isDisplay,
      throwOnError: true,
      strict: "ignore",
      trust: false, // no links, no pictures, no styles
      maxSize: 40,
      maxExpand: 300,
    });
  } catch {
    return undefined; // ParseError, or RangeError for a thousand braces
  }
}
