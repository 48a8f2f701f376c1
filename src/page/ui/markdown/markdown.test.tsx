import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, it } from "vitest";
import { loadKatex } from "./formula/load-katex";
import { fuzzMarkdown } from "./fuzz-markdown";
import { Markdown } from "./Markdown";

beforeAll(() => loadKatex());

/** The answer as markup, without attributes that only look, and with no line breaks between elements. */
function html(markdown: string): string {
  return renderToStaticMarkup(<Markdown text={markdown} />)
    .replace(/ (?:class|target|rel|data-text|data-note)="[^"]*"/g, "")
    .replace(/(>)\n|\n(?=<)/g, "$1");
}

/** Sources of the formulas that are drawn. */
const formulas = (markdown: string) =>
  [...renderToStaticMarkup(<Markdown text={markdown} />).matchAll(/data-formula="([^"]*)"/g)].map(
    ([, source]) =>
      source!
        .replaceAll("&#x27;", "'")
        .replaceAll("&amp;", "&")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"'),
  );

describe("formulas", () => {
  it.each([
    [
      "Then \\( x^2 + y_1 = \\frac{a}{b} \\) and $\\rightarrow$ holds.",
      ["\\( x^2 + y_1 = \\frac{a}{b} \\)", "$\\rightarrow$"],
    ],
    ["\\[\n\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}\n\\]", ["\\[\n\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}\n\\]"]],
    [
      "$$\nx = \\begin{cases} 1 \\\\ 2 \\end{cases}\n$$",
      ["$$\nx = \\begin{cases} 1 \\\\ 2 \\end{cases}\n$$"],
    ],
    ["$$\na = 1\n\nb = 2\n$$", ["$$\na = 1\n\nb = 2\n$$"]],
    [
      "\\[\na = 1\n\n\\begin{aligned} b &= 2 \\\\[4pt] c &= 3 \\end{aligned}\n\\]\n\nAfter.",
      ["\\[\na = 1\n\n\\begin{aligned} b &= 2 \\\\[4pt] c &= 3 \\end{aligned}\n\\]"],
    ],
    ["- one:\n\n  $$\n  x_1\n  $$\n\n- two $a*b*c$", ["$$\n  x_1\n  $$", "$a*b*c$"]],
    ["1. First \\(a_1\\)\n   \\[\n   b_2\n   \\]\n2. Second", ["\\(a_1\\)", "\\[\n   b_2\n   \\]"]],
    ["> Quoted:\n> $$\n> x = y\n> $$", ["$$\n> x = y\n> $$"]],
    ["| a | b |\n|---|---|\n| $|x|$ | \\(y_1\\) |\n| $$z$$ | 1 |", ["$|x|$", "\\(y_1\\)", "$$z$$"]],
    ["It costs $5, and $x$ is 5.", ["$x$"]],
    ["Between $5 and $10, or $5-$10, or US$5 and CA$7.", []],
    ["It is $5 and 10$ more, 价格$5，还有10$。", []],
    ["With $n$th and CO$_2$ and **$x$** and $2x + 3$.", ["$n$", "$_2$", "$x$", "$2x + 3$"]],
    ["Set $HOME/$USER and $PATH in `$x$` and\n\n```sh\necho $a $b\n```\n\n    $c$", []],
    ["`` \\(a\\) `` and `$$b$$` and \\\\(c\\\\)", []],
    ["In Chinese，公式$x^2$很好。公式\\(y\\)。", ["$x^2$", "\\(y\\)"]],
    ["A note \\(see below\\) and \\[1\\] and \\[a link\\](x).", []],
    ["Costs \\$5 and \\$6.", []],
    ["$ x^2 $ and $ a $, but $ 5 and $ 6.", ["$ x^2 $", "$ a $"]],
    ["Inline $$E = mc^2$$ here.", ["$$E = mc^2$$"]],
    ["# Title $x_1$\n\n[link $y$](https://example.org/?a=$b$c)", ["$x_1$", "$y$"]],
  ])("in %j are %j", (markdown, expected) => {
    expect(formulas(markdown)).toEqual(expected);
  });

  it("one that TeX does not read is shown as it was written", () => {
    expect(html("a $\\frac{1$ b")).toContain("$\\frac{1$");
    expect(html("\\[ \\nonsense{x} \\]")).toContain("\\[ \\nonsense{x} \\]");
  });

  it("one that has not ended keeps its marks and takes nothing with it", () => {
    expect(html("\\[ x_1\n\nAfter **bold**.")).toContain("\\[ x_1");
    expect(html("\\[ x_1\n\nAfter **bold**.")).toContain("<strong>bold</strong>");
    expect(html("$$\nx\n\nAfter **bold**.")).toContain("<strong>bold</strong>");
  });

  it("in a quotation has no quotation's marks in it", () => {
    expect(renderToStaticMarkup(<Markdown text={"> $$\n> x = y\n> $$"} />)).toContain('x-tex">x = y<');
  });

  it("one in an address or in code stays what was written", () => {
    expect(html("[a](https://example.org/$x$)")).toContain('href="https://example.org/$x$"');
    expect(html("`$x$`")).toContain(">$x$</code>");
  });

  it("a display formula is drawn as one", () => {
    expect(renderToStaticMarkup(<Markdown text={"\\[ x \\]"} />)).toContain("katex-display");
    expect(renderToStaticMarkup(<Markdown text={"\\( x \\)"} />)).not.toContain("katex-display");
  });
});

describe("text", () => {
  it.each([
    ["The trip takes 3~5 days and costs 120~150 euros.", "3~5 days and costs 120~150 euros."],
    ["气温约15~20度，湿度60~70%。", "气温约15~20度，湿度60~70%。"],
    ["~~x~~ and ~y~", "<del>x</del> and ~y~"],
    [
      "这里的**“缓存”**很重要。**不要重启。**否则会丢失数据。",
      "这里的<strong>“缓存”</strong>很重要。<strong>不要重启。</strong>否则会丢失数据。",
    ],
    [
      "これは**「重要」**です。 이 값은**(기본값)**입니다.",
      "これは<strong>「重要」</strong>です。 이 값은<strong>(기본값)</strong>입니다.",
    ],
    ["删除~~（旧）~~文字", "删除<del>（旧）</del>文字"],
    ["见https://example.org/a。谢谢", '<a href="https://example.org/a">https://example.org/a</a>。谢谢'],
    [
      "见**https://example.org/a**。或（https://example.org/b）",
      '<strong><a href="https://example.org/a">https://example.org/a</a></strong>。或（<a href="https://example.org/b">https://example.org/b</a>）',
    ],
    ["访问www.example.org，好", '<a href="http://www.example.org">www.example.org</a>，好'],
    ["https://example.org/路径?q=1 end", ">https://example.org/路径?q=1</a> end"],
    ["[字](https://example.org/a。b)", '<a href="https://example.org/a%E3%80%82b">字</a>'],
    [
      "H<sub>2</sub>O, x<sup>2</sup>, <kbd>Ctrl</kbd>+<kbd>C</kbd>, a<br>b<br/>c",
      "H<sub>2</sub>O, x<sup>2</sup>, <kbd>Ctrl</kbd>+<kbd>C</kbd>, a<br/>b<br/>c",
    ],
    [
      "<b>no</b> <sub onclick=x>a</sub> <sub>open",
      "&lt;b&gt;no&lt;/b&gt; &lt;sub onclick=x&gt;a&lt;/sub&gt; &lt;sub&gt;open",
    ],
    ["<kbd>Ctrl</kbd>", "<kbd>Ctrl</kbd>"],
    ["<div>\n\n**bold**\n\n</div>", "<strong>bold</strong>"],
    ["\ue0000\ue001 \ue002", "\ue0000\ue001 \ue002"],
  ])("%j has %j", (markdown, expected) => {
    expect(html(markdown)).toContain(expected);
  });

  it("<br> breaks a line in a cell", () => {
    expect(html("| A | B |\n|---|---|\n| one<br>two | three |")).toContain("one<br/>two</td>");
  });

  it("with \\r\\n, a code block ends at its fence", () => {
    const shown = html("Run this:\r\n\r\n```js\r\nlet a = 1;\r\n```\r\nAfter the code.");
    expect(shown).toContain('<p dir="auto">After the code.</p>');
    expect(shown).toContain("let a = 1;</code>");
  });

  it("boxes of tasks are labelled with their text", () => {
    expect(html("- [x] Done **well**\n  - [ ] inner\n- [ ] Not yet")).toMatch(
      /aria-label="Done well".*aria-label="inner".*aria-label="Not yet"/,
    );
  });

  it("a cell with a long text is not pressed to its longest word", () => {
    const cells = html(
      "| a | A column of three |\n|---|---|\n| Forty-one characters are in this cell, all. | b |",
    );
    expect(cells).toContain('<th dir="auto">a</th>');
    expect(cells).toContain('data-length="medium">A column of three</th>');
    expect(cells).toContain('data-length="long">Forty-one');
  });

  it("every block has the direction of its text", () => {
    expect(html("مرحبا بالعالم 4817.")).toContain('<p dir="auto">');
    expect(html("- مرحبا\n- x")).toContain('<ul dir="rtl">');
    expect(html("1. x\n2. مرحبا")).toContain('<ol dir="ltr">');
    expect(html("`code` مرحبا")).toContain('<code dir="ltr">');
  });
});

describe("notes and sources", () => {
  const sample =
    "A claim[^1] and another[^b].\n\n```\nx[^1]\n```\n\nMore[^1] `[^1]` and [^9].\n\n[^b]: Second note.\n\n    Its second **part**.\n\n[^1]: First note with the page number 12.\n[^c]: Not referred to.";

  it("are numbered as the text refers to them, and linked", () => {
    const shown = html(sample);
    expect(shown.match(/aria-label="Footnote \d"/g)).toEqual(
      [1, 2, 1].map((n) => `aria-label="Footnote ${n}"`),
    );
    expect(shown).toMatch(/value="1"[^>]*><p dir="auto">First note with the page number 12\./);
    expect(shown).toMatch(/value="2"[^>]*><p dir="auto">Second note\..*<strong>part<\/strong>/s);
    expect(shown).toMatch(/value="3"[^>]*><p dir="auto">Not referred to\./);
    const [, target] = /href="#([^"]*)"/.exec(shown)!;
    expect(shown).toContain(`id="${target}"`);
  });

  it("a label that nothing defines, or in code, stays as it is written", () => {
    expect(html(sample)).toContain("[^1]</code> and [^9].");
  });

  it("ids are unique, with two answers of the same text too", () => {
    const two = renderToStaticMarkup(
      <>
        <Markdown text={sample} />
        <Markdown text={sample} />
      </>,
    );
    const ids = [...two.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(6);
    expect(new Set(ids).size).toBe(6);
  });

  it("both of two definitions are there to read, and links reach them over blocks", () => {
    const shown = html(
      'See [1] and [x][2].\n\nSources:\n[1]: https://example.org/first\n[2]: https://example.org/second "Title"',
    );
    expect(shown).toContain(
      '<a href="https://example.org/first">[1]</a> and <a title="Title" href="https://example.org/second">x</a>',
    );
    expect(shown).toContain('[1]: <a href="https://example.org/first">https://example.org/first</a>');
    expect(shown).toContain('[2]: <a href="https://example.org/second">https://example.org/second</a> Title');
  });
});

describe("hostile text", () => {
  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1)) [b](data:text/html,x) ![c](https://example.org/x.png)",
    "<a href='javascript:alert(1)'>x</a>",
    "$\\href{javascript:alert(1)}{x}$ $\\includegraphics{https://example.org/x.png}$ $\\htmlData{a=b}{x}$",
    "[a]: javascript:alert(1)\n\n[a]",
  ])("%j fetches and runs nothing", (markdown) => {
    const shown = renderToStaticMarkup(<Markdown text={markdown} />);
    expect(shown).not.toMatch(/<(?:script|img|iframe|svg[^>]* on)|href="(?:javascript|data)|<[^>]* on\w+=/i);
  });

  it("any text is rendered in time, in elements of answers, and none of it runs", async () => {
    const { slowestMs } = await fuzzMarkdown(200, 20261130); // `npm run fuzz` draws thousands
    expect(slowestMs).toBeGreaterThan(0);
  });
});
