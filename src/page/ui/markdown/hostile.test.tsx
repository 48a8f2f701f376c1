import { renderToStaticMarkup } from "react-dom/server";
import { beforeAll, describe, expect, it } from "vitest";
import { loadKatex } from "./formula/load-katex";
import { Markdown } from "./Markdown";
import { BlockSplitter } from "./source/split-blocks";

const megabyte = 1_000_000;

const filled = (piece: string, length = megabyte) => piece.repeat(Math.ceil(length / piece.length));

const hostile: readonly (readonly [string, string])[] = [
  ["a line of words", filled("word ")],
  ["a line without a space", filled("x")],
  ["open brackets", filled("[")],
  ["images in images", filled("![")],
  ["links in links", filled("[a](")],
  ["angle brackets", filled("<")],
  ["comments that never end", filled("<!--")],
  ["elements", filled("<div>")],
  ["stars", filled("*")],
  ["stars beside letters", filled("*a ")],
  ["stars and lines under", filled("*_")],
  ["tildes", filled("~~a ")],
  ["backticks of growing length", Array.from({ length: 1400 }, (_, n) => "`".repeat(n + 1)).join(" ")],
  ["dollars", filled("$")],
  ["formulas that never end", filled("$x ")],
  ["TeX's brackets", filled("\\( ")],
  ["braces in a formula", `$${filled("{", 500_000)}${filled("}", 500_000)}$`],
  ["roots in a formula", `$$\n${filled("\\sqrt{")}\n$$`],
  ["fractions in a formula", `$$${filled("\\frac{1}{", 900_000)}$$`],
  [
    "a macro that doubles",
    "$\\def\\a{xx}\\def\\b{\\a\\a}\\def\\c{\\b\\b}\\def\\d{\\c\\c}\\d$ ".repeat(20_000),
  ],
  ["a macro without an end", "$\\def\\a{\\a\\a}\\a$"],
  ["quotations in quotations", filled("> ")],
  ["lists in lists", Array.from({ length: 1400 }, (_, n) => `${" ".repeat(n)}- a`).join("\n")],
  ["a list on one line", filled("- ")],
  ["a long list", filled("- a\n")],
  ["numbers", filled("1. ")],
  ["headings", filled("# a\n")],
  ["a table of a million cells", `|a|\n|-|\n${filled("|")}`],
  [
    "a table of many columns",
    `${filled("|a", 400_000)}|\n${filled("|-", 400_000)}|\n${filled("|b", 200_000)}|`,
  ],
  ["a table of many rows", `|a|b|\n|-|-|\n${filled("|a|b|\n")}`],
  ["fences", filled("```\n")],
  ["fences that never end", filled("```x\ny\n")],
  ["definitions", Array.from({ length: 40_000 }, (_, n) => `[${n}]: https://example.org/${n}`).join("\n\n")],
  ["footnotes", Array.from({ length: 30_000 }, (_, n) => `a[^${n}]\n\n[^${n}]: b`).join("\n\n")],
  ["one footnote, referred to often", `${filled("[^1] ")}\n\n[^1]: a`],
  ["addresses", filled("https://example.org/a ")],
  ["one long address", `https://example.org/${filled("a/")}`],
  ["mail addresses", filled("a@b.c ")],
  ["entities", filled("&amp;")],
  ["backslashes", filled("\\")],
  ["line ends", filled("a  \n")],
  ["empty lines", filled("\n")],
  ["marks that turn the direction", filled("\u202e")],
  ["halves of pairs", filled("\ud800")],
  ["private letters", filled("\ue000\ue001")],
  ["an open diagram", `\`\`\`mermaid\ngraph TD\n${filled("A-->B\n")}`],
];

beforeAll(loadKatex);

describe("a megabyte", () => {
  it.each(hostile)("%s is drawn in time", (_, text) => {
    const startMs = cpuMs();
    const html = renderToStaticMarkup(<Markdown text={text} />);
    expect(cpuMs() - startMs).toBeLessThan(4_000);
    expect(html.length).toBeGreaterThan(0);
  });

  it.each(hostile)("%s is split in time while it comes", (_, text) => {
    const splitter = new BlockSplitter();
    const startMs = cpuMs();
    for (let part = 1; part <= 10; part++) splitter.split(text.slice(0, (text.length * part) / 10));
    expect(cpuMs() - startMs).toBeLessThan(4_000);
  });
});

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
