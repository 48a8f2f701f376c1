import * as fc from "fast-check";
import { Parser } from "htmlparser2";
import { renderToStaticMarkup } from "react-dom/server";
import { loadKatex } from "./formula/load-katex";
import { Markdown } from "./Markdown";

/** The time that one text may take; a page of an answer takes some 20 ms. */
const maxMs = 5_000;

const elements = new Set(
  [
    "a blockquote br button code del div em figcaption figure h1 h2 h3 h4 h5 h6 hr input kbd li ol p pre span",
    "strong sub sup table tbody td th thead tr ul",
    "svg path rect circle line polyline polygon g", // icons, and what KaTeX stretches
    "math semantics annotation mrow mi mn mo mtext mspace msup msub msubsup mfrac msqrt mroot mover munder",
    "munderover mtable mtr mtd mstyle mpadded mphantom menclose merror mglyph mmultiscripts mprescripts none",
  ].flatMap((line) => line.split(" ")),
);

const pieces = [
  ...[
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "**",
    "~~",
    "*",
    "_",
    "`",
    "```",
    "|",
    "\n",
    "\n\n",
    "\r\n",
    "> ",
  ],
  ...["- ", "1. ", "# ", "    ", "|---|", "[^1]", "[^1]: ", "[a]: ", "](", "[", "]", "![", "<", ">", "&lt;"],
  ...[
    "<br>",
    "<sub>",
    "</sub>",
    "<script>",
    "</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='",
    "<!--",
  ],
  ...["<svg onload=alert(1)>", "<iframe srcdoc='", "<style>@import 'https://example.org/x'</style>", "\0"],
  ...[
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "https://example.org/",
    "www.example.org",
    "。",
  ],
  ...["\ue0000\ue001", "\ue002 ", "\u202e", "x", "5 ", "مرحبا", "**“缓存”**很", "&#106;avascript:"],
  ...["\\frac{", "}", "{", "\\sqrt", "^", "_", "\\\\", "&", "\\begin{matrix}", "\\end{matrix}", "\\text{"],
  ...[
    "\\href{javascript:alert(1)}{x}",
    "\\url{javascript:x}",
    "\\htmlStyle{position:fixed}{x}",
    "\\def\\a{\\a\\a}",
  ],
  ...[
    "\\includegraphics{https://example.org/x}",
    "\\htmlData{onclick=x}{y}",
    "\\color{red}",
    "\\rule{1000em}{9em}",
  ],
  ...["```mermaid\n", "graph TD\n", "A-->B", 'click A "javascript:alert(1)"\n', "sequenceDiagram\n", "~~~\n"],
  ...[
    "%%{init: {'securityLevel':'loose'}}%%\n",
    "A[<img src=x onerror=alert(1)>]\n",
    "```html\n",
    "```svg\n",
  ],
];

const longRun = fc
  .tuple(fc.constantFrom(...pieces), fc.integer({ min: 2, max: 3_000 }))
  .map(([piece, count]) => piece.repeat(Math.min(count, Math.floor(20_000 / piece.length))));

const markdown = fc
  .array(
    fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(...pieces) },
      { weight: 6, arbitrary: fc.string({ maxLength: 8, unit: "grapheme" }) },
      { weight: 1, arbitrary: longRun },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

/**
 * Draws `nCases` made-up answers: Markdown, formulas, diagrams and HTML, whole and broken. Each has to end in
 * time, in elements that answers are made of, with nothing that runs or is fetched.
 *
 * @returns how long the slowest took
 */
export async function fuzzMarkdown(nCases: number, seed: number): Promise<{ readonly slowestMs: number }> {
  await loadKatex();
  let slowestMs = 0;
  fc.assert(
    fc.property(markdown, (text) => {
      const startMs = cpuMs();
      const html = renderToStaticMarkup(<Markdown text={text} />);
      const tookMs = cpuMs() - startMs;
      slowestMs = Math.max(slowestMs, tookMs);
      if (tookMs > maxMs) throw new Error(`It took ${tookMs.toFixed(0)} ms; ${maxMs} are allowed.`);
      check(html);
    }),
    { numRuns: nCases, seed },
  );
  return { slowestMs };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Throws for an element or an attribute that no answer has. */
function check(html: string): void {
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!elements.has(name)) throw new Error(`It has an element <${name}>.`);
      for (const [attribute, value] of Object.entries(attributes)) {
        const isAddress = attribute === "href" || attribute === "xlink:href";
        if (/^on|^src|^formaction$|^action$/.test(attribute)) throw new Error(`<${name}> has ${attribute}.`);
        if (isAddress && /^\s*(?:javascript|data|vbscript):/i.test(value))
          throw new Error(`<${name}> leads to ${value.slice(0, 80)}`);
        if (attribute === "style" && /url\(|expression|position:\s*fixed/i.test(value))
          throw new Error(`<${name}> has the style ${value.slice(0, 80)}`);
      }
    },
  });
  parser.end(html);
}
