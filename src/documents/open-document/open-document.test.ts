import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { flatDocumentToText, openDocumentToText } from "./open-document";

const spaces = ["office", "text", "table", "draw", "style", "dc", "presentation", "svg", "xlink"]
  .map((name) => `xmlns:${name}="${name}"`)
  .join(" ");
const content = (kind: string, body: string, styles = "") =>
  `<office:document-content ${spaces}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`;
const make = (xml: string, parts: Readonly<Record<string, string>> = {}) =>
  zipSync(
    Object.fromEntries(
      Object.entries({ "content.xml": xml, ...parts }).map(([path, text]) => [path, strToU8(text)]),
    ),
  );
const read = (kind: string, body: string, styles = "", parts = {}) =>
  openDocumentToText(make(content(kind, body, styles), parts), `a.${kind}`);

describe("an OpenDocument text", () => {
  it("has its headings, spaces, lists as numbered, tables, notes, comments and links", () => {
    const styles =
      '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>' +
      '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="1"/></text:list-style>';
    const item = (inner: string) => `<text:list-item>${inner}</text:list-item>`;
    const body =
      '<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h text:outline-level="2">A   heading</text:h>' +
      '<text:p>Two<text:s text:c="2"/>words<text:line-break/>and<text:tab/>more<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>' +
      "<office:annotation><dc:creator>Anna</dc:creator><dc:date>2024</dc:date><text:p>Really?</text:p></office:annotation>.</text:p>" +
      `<text:list text:style-name="L">${item("<text:p>one</text:p>")}${item(`<text:p>two</text:p><text:list>${item("<text:p>inner</text:p>")}</text:list>`)}</text:list>` +
      "<table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>" +
      '<text:p><text:a xlink:href="https://example.org/x">here</text:a> &amp; on</text:p>';
    expect(read("text", body, styles).text).toBe(
      "## A heading\n\nTwo words\nand more[^1].\n\n[^1]: A note.\n\n[Comment by Anna: Really?]\n\n" +
        "1. one\n2. two\n  a) inner\n\na b | c\n\n[here](https://example.org/x) & on",
    );
  });

  it("leaves out hidden text, and says so; equations and what pictures show are read", () => {
    const styles = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>';
    const body =
      '<text:p>seen<text:span text:style-name="H"> not seen</text:span></text:p>' +
      '<text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame><draw:frame><draw:image/><svg:desc>a cat</svg:desc></draw:frame></text:p>';
    const equation =
      '<math><semantics><annotation encoding="StarMath 5.0">E = m c^2 &lt; 3</annotation></semantics></math>';
    const { text, notes } = read("text", body, styles, { "Object 1/content.xml": equation });
    expect(text).toBe("seen\n\n$E = m c^2 < 3$ [Image: a cat]");
    expect(notes.map(({ sentence }) => sentence)).toEqual(["2 hidden words were left out."]);
  });

  it("has equations as LaTeX, and digits raised that stand so", () => {
    const styles =
      '<style:style style:name="S"><style:text-properties style:text-position="super 58%"/></style:style>' +
      '<style:style style:name="B"><style:text-properties style:text-position="-33% 58%"/></style:style>';
    const body =
      '<text:p>10<text:span text:style-name="S">6</text:span> CO<text:span text:style-name="B">2</text:span></text:p>' +
      '<text:p><draw:object xlink:href="./Object 1"/></text:p>';
    const equation =
      '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mfrac><mi>a</mi><mn>2</mn></mfrac><annotation encoding="StarMath 5.0">a over 2</annotation></semantics></math>';
    expect(read("text", body, styles, { "Object 1/content.xml": equation }).text).toBe(
      "10⁶ CO₂\n\n$\\frac{a}{2}$",
    );
  });

  it("has one raised word of several spans, and notes of raised text that are not raised", () => {
    const styles =
      '<style:style style:name="S"><style:text-properties style:text-position="super 58%"/></style:style>';
    const span = (text: string, style = "S") => `<text:span text:style-name="${style}">${text}</text:span>`;
    const note = `<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>In 2020.</text:p></text:note-body></text:note>`;
    const body = `<text:p>the 19${span("t")}${span("h")}, 10${span(span("6", "Other"))}${span(note)}</text:p>`;
    expect(read("text", body, styles).text).toBe("the 19th, 10⁶[^1]\n\n[^1]: In 2020.");
  });

  it("in one piece of XML is read too", () => {
    const xml = `<?xml version="1.0"?><office:document ${spaces}><office:meta><dc:title>no</dc:title></office:meta><office:body><office:text><text:p>yes</text:p></office:text></office:body></office:document>`;
    expect(flatDocumentToText(xml, "a.fodt").text).toBe("yes");
  });

  it("with a password is refused with what to do", () => {
    const manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    const locked = make("garbage", { "META-INF/manifest.xml": manifest });
    expect(() => openDocumentToText(locked, "a.odt")).toThrow(/protected by a password/);
  });
});

describe("an OpenDocument spreadsheet", () => {
  const cell = (text: string, attributes = "") =>
    `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`;
  const sheet = (name: string, rows: string, style = "") =>
    `<table:table table:name="${name}" table:style-name="${style}">${rows}</table:table>`;

  it("has its cells as they are shown, sheet by sheet, and names hidden ones", () => {
    const styles =
      '<style:style style:name="no"><style:table-properties table:display="false"/></style:style>';
    const rows =
      `<table:table-row>${cell("Day")}${cell("Share")}<table:table-cell table:number-columns-repeated="16382"/></table:table-row>` +
      `<table:table-row table:number-rows-repeated="2">${cell("31.01.2024", 'office:date-value="2024-01-31"')}${cell("25 %", 'office:value="0.25"')}</table:table-row>` +
      `<table:table-row><table:table-cell table:number-columns-repeated="2"/>${cell("x", 'table:number-columns-repeated="2"')}</table:table-row>` +
      '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>';
    const { text, notes } = read(
      "spreadsheet",
      sheet("One", rows) + sheet("Two", `<table:table-row>${cell("secret")}</table:table-row>`, "no"),
      styles,
    );
    expect(text).toBe("# One\n\nDay | Share\n31.01.2024 | 25 %\n31.01.2024 | 25 %\n |  | x | x");
    expect(notes[0]!.sentence).toContain("1 hidden sheet (“Two”) was left out. Show hidden sheets");
  });

  it("that says a cell stands there millions of times is refused at once", () => {
    const row = `<table:table-row table:number-rows-repeated="1000">${cell("ha", 'table:number-columns-repeated="16384"')}</table:table-row>`;
    expect(() => read("spreadsheet", sheet("S", row))).toThrow(/more than 5,000,000 cells/);
  });

  it("whose rows are filled with one word to the end has that row once, and the count", () => {
    const row = `<table:table-row table:number-rows-repeated="1048553">${cell("blub", 'table:number-columns-repeated="2"')}</table:table-row>`;
    expect(read("spreadsheet", sheet("S", row)).text).toBe(
      "# S\n\nblub | blub\n[The row above stands there 1,048,553 times.]",
    );
  });

  it("of a million empty cells, row by row, is read in time", () => {
    const rows =
      '<table:table-row><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'.repeat(
        20_000,
      );
    const before = process.cpuUsage();
    expect(
      read("spreadsheet", sheet("S", `${rows}<table:table-row>${cell("end")}</table:table-row>`)).text,
    ).toBe("# S\n\nend");
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(5);
  });
});

describe("an OpenDocument presentation", () => {
  it("is read slide by slide with its notes", () => {
    const slide = (text: string, rest = "") =>
      `<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>${rest}</draw:page>`;
    const notes =
      "<presentation:notes><draw:frame><draw:text-box><text:p>Breathe.</text:p></draw:text-box></draw:frame></presentation:notes>";
    const list =
      "<draw:frame><draw:text-box><text:list><text:list-item><text:p>point</text:p></text:list-item></text:list></draw:text-box></draw:frame>";
    const { text, unit, numbers } = read("presentation", slide("First", list + notes) + slide("Second"));
    expect(text).toBe("[Page 1]\n# First\n\n- point\n\n[Notes: Breathe.]\n\n[Page 2]\n# Second");
    expect({ unit, numbers }).toEqual({ unit: "page", numbers: [1, 2] });
  });
});

it("OpenDocument with elements 100,000 deep, or entities in entities, is bounded", () => {
  expect(() => read("text", "<text:section>".repeat(100_000))).toThrow(/more than 1000 deep/);
  const bomb = `<!DOCTYPE a [<!ENTITY x "hahahaha"><!ENTITY y "&x;&x;&x;&x;">]>${content("text", "<text:p>&y;!</text:p>")}`;
  expect(openDocumentToText(make(bomb), "a.odt").text.length).toBeLessThan(10);
});
