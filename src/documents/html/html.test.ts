import { describe, expect, it } from "vitest";
import { htmlToText, readHtml } from "./html";

const sentence =
  "The harbour store keeps crates, lanterns and ropes, and sells them on market days, rain or not.";
const paragraphs = Array.from({ length: 8 }, (_, n) => `<p>${n + 1}. ${sentence}</p>`).join("");
const links = (n: number) =>
  Array.from({ length: n }, (_, at) => `<li><a href="/menu/${at}">Menu entry ${at}</a></li>`).join("");
const page = `<!doctype html><html><head><title>Harbour store</title></head><body>
  <nav><ul>${links(12)}</ul></nav><div class="content"><h1>On the store</h1>${paragraphs}
  <table><tr><th>Name<th>Price<tr><td>lantern<td>17</table></div>
  <div class="sidebar"><ul>${links(30)}</ul></div><footer>All rights are ours</footer></body></html>`;

describe("the article of a page", () => {
  it("is read without what stands around it, which is told and kept with its place", async () => {
    const { text, webPart, notes, leftOut } = await readHtml(page, "store.html");
    expect(webPart).toBe("article");
    expect(text).toMatch(/^Harbour store\n/);
    expect(text.match(/market days/g)).toHaveLength(8);
    expect(text).toContain("lantern | 17");
    expect(text).not.toMatch(/Menu entry|All rights/);
    expect(notes[0]!.sentence).toMatch(/^The article is read; \d+ words around it/);
    expect(leftOut!.map((one) => one.text).join("\n")).toMatch(/Menu entry 0[^]*Menu entry 29[^]*All rights/);
    for (const { at } of leftOut!) expect(at).toBeLessThanOrEqual(text.length);
  });

  it("is one of two ways: the whole page is the other", async () => {
    const { text, webPart, leftOut } = await readHtml(page, "store.html", "whole");
    expect(webPart).toBe("whole");
    expect(text).toMatch(/Menu entry 0[^]*market days[^]*Menu entry 29[^]*All rights are ours/);
    expect(leftOut).toBeUndefined();
  });

  it("is not looked for in a short page, a table or a listing: all of it is read", async () => {
    const table = `<title>T</title><table>${"<tr><td>a<td>b".repeat(200)}</table>`;
    for (const html of ["<p>One line.<p>Another one.", table, `<ul>${links(200)}</ul>`]) {
      const { webPart, text } = await readHtml(html, "a.html");
      expect(webPart).toBeUndefined();
      expect(text).toBe(htmlToText(html, "a.html"));
    }
  });

  it("keeps equations, and links that run a script", async () => {
    const math =
      "<mjx-container class='MathJax CtxtMenu_Attached_0'><math><mi>a</mi><mo>=</mo><msup><mi>b</mi><mn>2</mn></msup></math></mjx-container>";
    const extra = `<p>Where ${math} holds, <a href="javascript:show('x')">the kee\u00adper</a> opens at ten. ${sentence}</p>`;
    const { text, webPart } = await readHtml(page.replace("<table>", `${extra}<table>`), "store.html");
    expect(webPart).toBe("article");
    expect(text).toContain("Where a = b² holds, the keeper opens at ten.");
  });
});

describe("a table", () => {
  it.each([
    [
      "with a table in a cell is a frame of the page",
      "<table><tr><td>menu<td><table><tr><td>a<td>b<tr><td>c<td>d</table></table>",
      "menu\n\na | b\nc | d",
    ],
    [
      "with a heading in it is one too",
      "<table><tr><td><h2>News</h2>One.<td><h2>Old</h2>Two.</table>",
      "## News\n\nOne.\n\n## Old\n\nTwo.",
    ],
    [
      "of values keeps its rows, and a table in a cell its words apart",
      "<table><tr><th>a<th>b<tr><td>1<td>x<table><tr><td>2<td>3</table>y</table>",
      "a | b\n1 | x 2 3 y",
    ],
    [
      "with an empty cell keeps its place",
      "<table><tr><td>a<td><td>c<tr><td><td>2<td>3</table>",
      "a |  | c\n | 2 | 3",
    ],
  ])("%s", (_, html, text) => {
    expect(htmlToText(html, "a.html")).toBe(text);
  });
});

describe("raised and lowered letters", () => {
  it.each([
    ["10<sup>6</sup> m<sup>−2</sup>", "10⁶ m⁻²"],
    ["H<sub>2</sub>O and x<sub>max</sub>", "H₂O and x_max"],
    ["e<sup>−kt</sup>, 2<sup>k</sup>", "e^(−kt), 2^k"],
    ["the 19<sup>th</sup> and 1<sup>er</sup>", "the 19th and 1er"],
    ["so it is<sup>[3]</sup>", "so it is[3]"],
    ["Crates<sup>new</sup>", "Cratesnew"],
  ])("%s", (html, text) => {
    expect(htmlToText(`<p>${html}</p>`, "a.html")).toBe(text);
  });
});

describe("a head that is not closed", () => {
  it.each([
    ["<html><head><title>Prices</title><p>The crate.<p>Second.", "Prices\n\nThe crate.\n\nSecond."],
    ["<head><title>Prices</title>Bare text<p>Second.", "Prices\n\nBare text\n\nSecond."],
    ["<html><head><meta charset=utf-8><style>p{}</style><h1>A</h1><p>b", "# A\n\nb"],
    ["<html><head><script>var a='<p>'</script><body><p>b", "b"],
  ])("%j", (html, text) => {
    expect(htmlToText(html, "a.html")).toBe(text);
  });
});

describe("what is not shown is not read", () => {
  it.each([
    "<p hidden>gone</p>",
    '<div style="color:red; display : none"><p>gone</div>',
    '<span style="visibility:hidden">gone</span>',
    '<div aria-hidden="true">gone</div>',
    "<template><p>gone</template>",
    "<style>.menu, #x { display: none }</style><div class='a menu'>gone</div>",
    "<style>#x{visibility:hidden}</style><p id=x>gone",
    "<select><option>gone</select>",
  ])("%s", (html) => {
    expect(htmlToText(`<p>here</p>${html}`, "a.html")).toBe("here");
  });

  it.each([
    "<p hidden=until-found>here</p>",
    '<p style="border-display:none; display:block">here</p>',
    "<style>@media print { .a { display: none } } .b { display: none } .b { display: block }</style><p class='a b'>here",
    '<p aria-hidden="false">here</p>',
    "<details><summary>here</summary></details>",
  ])("but this is: %s", (html) => {
    expect(htmlToText(html, "a.html")).toBe("here");
  });
});

describe("links", () => {
  const long = "Words before it. ".repeat(20);
  it.each([
    ['<a href="https://example.org/a">there</a>', "[there](https://example.org/a)"],
    ['<a href="mailto:a@example.org">write</a>', "[write](mailto:a@example.org)"],
    ['<a href="/own/page.html">own</a>', "[own](/own/page.html)"],
    ['<a href="#part">part</a>', "part"],
    ['<a href="javascript:go()">go</a>', "go"],
    ['<a href="https://example.org/">example.org</a>', "example.org"],
    ["<a name=x>no link</a>", "no link"],
    ['a<a href="https://example.org/b"> b </a>c', "a [b](https://example.org/b) c"],
  ])("%s", (html, text) => {
    expect(htmlToText(`<p>${long}${html}`, "a.html")).toBe(`${long}${text}`);
  });

  it("of the page's own site lose their addresses where these would drown the text, which is said", async () => {
    const html = `<link rel=canonical href="https://shop.example/a"><p>${"x ".repeat(60)}
      <a href="/a/long/address/of/a/page.html">one</a> <a href="https://shop.example/b/long/one.html">two</a>
      <a href="https://other.example/c">three</a>`;
    const { text, notes } = await readHtml(html, "a.html");
    expect(text).toMatch(/one two \[three\]\(https:\/\/other\.example\/c\)$/);
    expect(notes.map(({ sentence }) => sentence)).toEqual([
      "The addresses of 2 links to the page's own site are left out; those of other sites are read.",
    ]);
  });
});

it("elements in each other thousands deep are refused in a sentence", () => {
  expect(() => htmlToText("<div>".repeat(100_000), "a.html")).toThrow(
    /“a\.html” has 2000 elements inside each other/,
  );
});
