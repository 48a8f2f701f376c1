import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { Losses } from "./losses";
import { readDocument } from "./read-document";
import { makeWorkbook, row } from "./spreadsheet/make-workbook";
import { makeDocx, paragraph } from "./word/make-docx";

const zip = (parts: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([path, part]) => [path, strToU8(part)])));

async function read(name: string, content: string | Uint8Array) {
  const bytes = Uint8Array.from(typeof content === "string" ? strToU8(content) : content);
  const { document, info } = await readDocument({ kind: "file", file: new File([bytes], name), name });
  return { text: document.text, sentences: info.notes.map(({ sentence }) => sentence) };
}

const rels = (...list: readonly (readonly [id: string, kind: string, target: string])[]) =>
  `<Relationships>${list.map(([id, kind, target]) => `<Relationship Id="${id}" Type="x/${kind}" Target="${target}"/>`).join("")}</Relationships>`;

/** A column chart: its title and those of its axes are several runs and paragraphs. */
const chart =
  "<c:chartSpace><c:chart><c:title><a:p><a:r><a:t>Tea </a:t></a:r><a:r><a:t>sold</a:t></a:r></a:p></c:title>" +
  "<c:ser><c:tx><c:v>Tea</c:v></c:tx><c:cat><c:pt idx='0'><c:v>2023</c:v></c:pt><c:pt idx='1'><c:v>2024</c:v></c:pt></c:cat>" +
  "<c:val><c:pt idx='0'><c:v>4</c:v></c:pt><c:pt idx='1'><c:v>5.5</c:v></c:pt></c:val></c:ser>" +
  "<c:catAx><c:title><a:p><a:t>Year</a:t></a:p></c:title></c:catAx>" +
  "<c:valAx><c:title><a:p><a:t>Sales</a:t></a:p><a:p><a:t>in kg</a:t></a:p></c:title></c:valAx></c:chart></c:chartSpace>";
const chartSaid = "[Chart: Tea sold (axes: Year; Sales in kg)]\n | Tea\n2023 | 4\n2024 | 5.5";
const chartEx =
  "<cx:chartSpace><cx:chartData><cx:data id='0'><cx:strDim><cx:lvl><cx:pt idx='0'>north</cx:pt><cx:pt idx='1'>south</cx:pt></cx:lvl></cx:strDim>" +
  "<cx:numDim><cx:lvl><cx:pt idx='0'>7</cx:pt><cx:pt idx='1'>9</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData>" +
  "<cx:chart><cx:title><a:t>Regions</a:t></cx:title><cx:series><cx:tx><cx:v>Sum</cx:v></cx:tx><cx:dataId val='0'/></cx:series></cx:chart></cx:chartSpace>";
const chartExSaid = "[Chart: Regions]\n | Sum\nnorth | 7\nsouth | 9";
const diagram =
  "<d:dataModel><d:pt><a:p><a:t>Step one</a:t></a:p></d:pt><d:pt><a:t>Step two</a:t></d:pt></d:dataModel>";

it("what was left out is one sentence, the same in each reader, with what to do", () => {
  const losses = new Losses();
  expect(losses.notes()).toEqual([]);
  losses.add("chart");
  expect(losses.notes()[0]!.sentence).toBe("1 chart was left out.");
  losses.add("picture", 14);
  losses.add("chart");
  expect(losses.notes()[0]!.sentence).toBe("14 pictures and 2 charts were left out.");
  losses.addNamed("hiddenSheet", "Secret");
  expect(losses.notes()).toEqual([
    {
      kind: "left-out",
      sentence:
        "1 hidden sheet (“Secret”), 14 pictures, and 2 charts were left out. " +
        "Show hidden sheets in a spreadsheet program and save the file, and they are read.",
    },
  ]);
});

describe("each format reads what has text and counts the rest", () => {
  const graphic = (uri: string, inner: string, description = "") =>
    `<w:r><w:drawing><wp:docPr descr="${description}"/><a:graphic><a:graphicData uri="x/${uri}">${inner}</a:graphicData></a:graphic></w:drawing></w:r>`;
  const picture = '<pic:pic><pic:nvPicPr><pic:cNvPr id="1"/></pic:nvPicPr></pic:pic>';

  it("docx", async () => {
    const body =
      paragraph(graphic("picture", picture) + graphic("picture", picture, "a cat")) +
      // The second form is for older programs, and shows the same picture.
      paragraph(
        `<mc:AlternateContent><mc:Choice>${graphic("picture", picture)}</mc:Choice><mc:Fallback><w:pict><v:shape><v:imagedata/></v:shape></w:pict></mc:Fallback></mc:AlternateContent>`,
      ) +
      paragraph(graphic("chart", '<c:chart r:id="c"/>') + "<w:r><w:t>Before the chart.</w:t></w:r>") +
      paragraph(graphic("chartex", '<cx:chart r:id="x"/>')) +
      paragraph(graphic("diagram", '<dgm:relIds r:dm="d"/>') + graphic("diagram", '<dgm:relIds r:dm="?"/>')) +
      paragraph(graphic("model3d", "<am3d:model3d/>")) +
      paragraph(
        '<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>' +
          '<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Equation.3"/></w:object></w:r>' +
          "<w:r><w:object><w:control/></w:object></w:r><w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>",
      );
    const bytes = makeDocx(body, {
      "word/_rels/document.xml.rels": rels(
        ["c", "chart", "charts/chart1.xml"],
        ["x", "chartEx", "charts/chartEx1.xml"],
        ["d", "diagramData", "diagrams/data1.xml"],
      ),
      "word/charts/chart1.xml": chart,
      "word/charts/chartEx1.xml": chartEx,
      "word/diagrams/data1.xml": diagram,
      "word/vbaProject.bin": "macros",
    });
    const { text, sentences } = await read("a.docx", bytes);
    expect(text).toBe(
      `[Image: a cat]\n\nBefore the chart.\n\n${chartSaid}\n\n${chartExSaid}\n\n- Step one\n- Step two`,
    );
    expect(sentences).toEqual([
      "3 pictures, 1 drawing, 1 diagram, 1 equation of an old kind, 1 embedded object, 1 control, and 1 file of macros were left out.",
    ]);
  });

  it("pptx", async () => {
    const space = 'xmlns:a="a" xmlns:p="p" xmlns:r="r" xmlns:c="c"';
    const sp = (text: string, type = "") =>
      `<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr>${type && `<p:ph type="${type}"/>`}</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;
    const pic = (properties = "", description = "") =>
      `<p:pic><p:nvPicPr><p:cNvPr descr="${description}"/><p:nvPr>${properties}</p:nvPr></p:nvPicPr><p:blipFill><a:blip/></p:blipFill></p:pic>`;
    const frame = (uri: string, inner: string) =>
      `<p:graphicFrame><a:graphic><a:graphicData uri="x/${uri}">${inner}</a:graphicData></a:graphic></p:graphicFrame>`;
    const slide = (root: string, shapes: string) =>
      `<p:${root} ${space}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:${root}>`;
    const number = '</a:t></a:r><a:fld type="slidenum"><a:t>‹#›</a:t></a:fld><a:r><a:t>';
    const footer = sp("Internal", "ftr") + sp("7", "sldNum");
    const shapes =
      sp("Plan", "title") +
      pic() +
      pic("", "a dog") +
      pic('<a:videoFile r:link="v"/>') +
      pic('<a:audioFile r:link="v"/>') +
      frame("chart", '<c:chart r:id="c"/>') +
      frame("chartex", '<cx:chart r:id="x"/>') +
      frame("diagram", '<d:relIds r:dm="d"/>') +
      frame("ole", `<p:oleObj progId="Excel.Sheet.12">${pic()}</p:oleObj>`) +
      frame("model3d", "<am3d:model3d/>") +
      '<p:sp><p:nvSpPr><p:cNvPr/></p:nvSpPr><p:spPr><a:blipFill><a:blip r:embed="i"/></a:blipFill></p:spPr></p:sp>' +
      footer;
    const { text, sentences } = await read(
      "a.pptx",
      zip({
        "_rels/.rels": rels(["r1", "officeDocument", "ppt/presentation.xml"]),
        "ppt/presentation.xml": `<p:presentation ${space}><p:sldIdLst><p:sldId r:id="s1"/><p:sldId r:id="s2"/></p:sldIdLst></p:presentation>`,
        "ppt/_rels/presentation.xml.rels": rels(
          ["s1", "slide", "slides/slide1.xml"],
          ["s2", "slide", "slides/slide2.xml"],
        ),
        "ppt/slides/slide1.xml": slide("sld", shapes),
        "ppt/slides/slide2.xml": slide("sld", sp("Second") + footer),
        "ppt/slides/_rels/slide1.xml.rels": rels(
          ["c", "chart", "../charts/chart1.xml"],
          ["x", "chartEx", "../charts/chartEx1.xml"],
          ["d", "diagramData", "../diagrams/data1.xml"],
          ["l", "slideLayout", "../slideLayouts/slideLayout1.xml"],
        ),
        "ppt/slides/_rels/slide2.xml.rels": rels(["l", "slideLayout", "../slideLayouts/slideLayout1.xml"]),
        "ppt/slideLayouts/slideLayout1.xml": slide("sldLayout", sp("Click to add", "title") + sp("Draft 3")),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": rels([
          "m",
          "slideMaster",
          "../slideMasters/slideMaster1.xml",
        ]),
        "ppt/slideMasters/slideMaster1.xml": slide(
          "sldMaster",
          sp("Click", "body") + sp("ACME") + sp(number) + pic(),
        ),
        "ppt/charts/chart1.xml": chart,
        "ppt/charts/chartEx1.xml": chartEx,
        "ppt/diagrams/data1.xml": diagram,
        "ppt/vbaProject.bin": "macros",
      }),
    );
    expect(text).toBe(
      `[Page 1]\n# Plan\n\n[Image: a dog]\n\n${chartSaid}\n\n${chartExSaid}\n\n- Step one\n- Step two\n\n` +
        "[Background: ACME]\n\n[Background: Draft 3]\n\n[Background: Internal]\n\n[Page 2]\nSecond",
    );
    expect(sentences).toEqual([
      "3 pictures, 1 drawing, 1 embedded object, 1 sound, 1 video, and 1 file of macros were left out.",
    ]);
  });

  it("xlsx", async () => {
    const book = unzipSync(
      makeWorkbook([
        { name: "One", rows: row(1, "a") },
        { name: "Secret", rows: row(1, "b"), state: "hidden" },
      ]),
    );
    const pic = (description: string) =>
      `<xdr:pic><xdr:nvPicPr><xdr:cNvPr descr="${description}"/></xdr:nvPicPr><xdr:blipFill><a:blip/></xdr:blipFill></xdr:pic>`;
    const graphic = (uri: string, inner: string) =>
      `<xdr:graphicFrame><a:graphic><a:graphicData uri="x/${uri}">${inner}</a:graphicData></a:graphic></xdr:graphicFrame>`;
    const drawing = `<xdr:wsDr>${pic("")}${pic("a map")}${graphic("chart", '<c:chart r:id="c"/>')}${graphic("slicer", "<sle:slicer/>")}<xdr:sp><xdr:txBody><a:p><a:r><a:t>In a box.</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>`;
    const parts = {
      "xl/worksheets/_rels/sheet1.xml.rels": rels(
        ["d", "drawing", "../drawings/drawing1.xml"],
        ["o", "oleObject", "../embeddings/oleObject1.bin"],
      ),
      "xl/drawings/drawing1.xml": drawing,
      "xl/drawings/_rels/drawing1.xml.rels": rels(["c", "chart", "../charts/chart1.xml"]),
      "xl/charts/chart1.xml": chart,
      "xl/vbaProject.bin": "macros",
    };
    const added = Object.entries(parts).map(([path, part]) => [path, strToU8(part)] as const);
    const sheet = new TextDecoder().decode(book["xl/worksheets/sheet1.xml"]);
    const pageTexts =
      '<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;K00B050ACME &amp;&amp; sons&amp;C&amp;A&amp;R&amp;12Internal&amp;G</oddHeader>' +
      "<oddFooter>&amp;CPage &amp;P of &amp;N</oddFooter><firstFooter>Plan &#x2013; &amp;D</firstFooter></headerFooter></worksheet>";
    book["xl/worksheets/sheet1.xml"] = strToU8(sheet.replace("</worksheet>", pageTexts));
    const { text, sentences } = await read("a.xlsm", zipSync({ ...book, ...Object.fromEntries(added) }));
    expect(text).toBe(
      `# One\n\na\n\n[Image: a map]\n\n${chartSaid}\n\nIn a box.\n\n[Header: ACME & sons | Internal]\n\n[Footer: Plan –]`,
    );
    expect(sentences).toEqual([
      "1 hidden sheet (“Secret”), 2 pictures, 1 drawing, 1 embedded object, and 1 file of macros were left out. " +
        "Show hidden sheets in a spreadsheet program and save the file, and they are read.",
    ]);
  });

  const openChart =
    "<office:document-content><office:body><office:chart><chart:chart><chart:title><text:p>Tea</text:p></chart:title>" +
    "<chart:plot-area><chart:axis><chart:title><text:p>Year</text:p></chart:title></chart:axis></chart:plot-area>" +
    "<table:table><table:table-row><table:table-cell><text:p>2024</text:p></table:table-cell><table:table-cell><text:p>5.5</text:p></table:table-cell></table:table-row></table:table>" +
    "</chart:chart></office:chart></office:body></office:document-content>";
  const openChartSaid = "[Chart: Tea (axes: Year)]\n2024 | 5.5";
  const frame = (inner: string, words = "") =>
    `<draw:frame>${inner}${words && `<svg:desc>${words}</svg:desc>`}</draw:frame>`;
  const frames =
    frame("<draw:image/>") +
    frame("<draw:image/>", "a cat") +
    // The picture of an object is not one more.
    frame('<draw:object xlink:href="./Object 1"/><draw:image/>') +
    frame('<draw:object-ole xlink:href="./Object 2"/><draw:image/>') +
    frame('<draw:plugin draw:mime-type="audio/ogg"/>') +
    frame('<draw:plugin xlink:href="a.mp4" draw:mime-type="application/vnd.sun.star.media"/>');
  const openFile = (kind: string, body: string, masters = "") =>
    zip({
      mimetype: `application/vnd.oasis.opendocument.${kind}`,
      "content.xml": `<office:document-content><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
      "styles.xml": `<office:document-styles><office:master-styles><style:master-page>${masters}</style:master-page></office:master-styles></office:document-styles>`,
      "Object 1/content.xml": openChart,
      "Basic/Standard/script-lb.xml": "<library/>",
      "Basic/Standard/Module1.xml": "<module/>",
    });
  const openLost = ["1 picture, 1 embedded object, 1 sound, 1 video, and 1 file of macros were left out."];

  it("odt, with its headers and footers", async () => {
    const masters =
      "<style:header><text:p>ACME</text:p></style:header><style:footer><text:p>Internal</text:p></style:footer><style:footer-left><text:p>2</text:p></style:footer-left>";
    const { text, sentences } = await read(
      "a.odt",
      openFile("text", `<text:p>one${frames}</text:p>`, masters),
    );
    expect(text).toBe(`[Header: ACME]\n\none [Image: a cat]\n\n${openChartSaid}\n\n[Footer: Internal]`);
    expect(sentences).toEqual(openLost);
  });

  it("ods", async () => {
    const box = "<draw:custom-shape><text:p>In a box.</text:p></draw:custom-shape>";
    const cell = `<table:table-cell><text:p>one</text:p>${frames}</table:table-cell>`;
    const body = `<table:table table:name="S"><table:shapes>${box}</table:shapes><table:table-row>${cell}</table:table-row></table:table>`;
    const masters =
      "<style:header><text:p>???</text:p></style:header><style:footer><text:p>Page 1</text:p></style:footer>" +
      "<style:header-left><style:region-left><text:p>ACME</text:p></style:region-left></style:header-left>";
    const { text, sentences } = await read("a.ods", openFile("spreadsheet", body, masters));
    expect(text).toBe(`# S\n\none\n\nIn a box.\n\n[Image: a cat]\n\n${openChartSaid}\n\n[Header: ACME]`);
    expect(sentences).toEqual(openLost);
  });

  it("odp, with what stands behind each slide", async () => {
    const masters =
      '<draw:frame presentation:class="title" presentation:placeholder="true"><draw:text-box><text:p>Click</text:p></draw:text-box></draw:frame>' +
      "<draw:custom-shape><text:p>ACME</text:p></draw:custom-shape>";
    const { text, sentences } = await read(
      "a.odp",
      openFile("presentation", `<draw:page>${frames}</draw:page><draw:page/>`, masters),
    );
    expect(text).toBe(
      `[Page 1]\n[Image: a cat]\n\n${openChartSaid}\n\n[Background: ACME]\n\n[Page 2]\n(This page has no text.)`,
    );
    expect(sentences).toEqual(openLost);
  });

  it("rtf, whose pictures stand in it twice", async () => {
    const { sentences } = await read(
      "a.rtf",
      "{\\rtf1 one {\\*\\shppict{\\pict 00}}{\\nonshppict{\\pict 00}}{\\v not seen}" +
        "{\\object\\objemb{\\*\\objdata 00}{\\result{\\pict 00}}}{\\*\\listpicture{\\pict 00}}}",
    );
    expect(sentences).toEqual(["2 hidden words, 1 picture, and 1 embedded object were left out."]);
  });

  it("a file of pictures alone is refused with what it has, and what to do", async () => {
    const refused = read("a.rtf", "{\\rtf1 {\\*\\shppict{\\pict 00}}}");
    await expect(refused).rejects.toThrow(/^“a.rtf” has no text \(\d+ bytes\)\. 1 picture was left out\.$/);
    const hint = "If its text is on pictures, save it as a PDF and attach that: then it can be recognised.";
    await expect(refused).rejects.toMatchObject({ hint });
  });

  it("ipynb", async () => {
    const outputs = [
      { data: { "image/png": "iVBOR" } },
      { data: { "application/vnd.jupyter.widget-view+json": {} } },
    ];
    const cells = [
      { cell_type: "markdown", source: "![](attachment:a.png)", attachments: { "a.png": {} } },
      { cell_type: "code", source: "f()", outputs },
    ];
    const { sentences } = await read("a.ipynb", JSON.stringify({ cells, nbformat: 4 }));
    expect(sentences).toEqual(["2 pictures and 1 interactive output were left out."]);
  });

  const page =
    '<p>one</p><img src="a.png"><img src="b.png" alt="a cat"><img src="c.gif" width="1" height="1">' +
    '<svg width="16"></svg><svg viewBox="0 0 300 200"></svg><video></video><audio></audio><iframe></iframe>' +
    "<canvas></canvas><object></object><div hidden><video></video></div>";
  const pageLost =
    "1 picture, 2 drawings, 1 embedded object, 1 embedded page, 1 sound, and 1 video were left out.";

  it("html, mhtml and epub", async () => {
    const html = `<html><body>${page}</body></html>`;
    expect((await read("a.html", html)).sentences).toEqual([pageLost]);
    const saved = `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n${html}\r\n--b--\r\n`;
    expect((await read("a.mhtml", `From: <Saved by Blink>\r\n${saved}`)).sentences).toEqual([pageLost]);
    const book = zip({
      mimetype: "application/epub+zip",
      "META-INF/container.xml": '<container><rootfile full-path="b.opf"/></container>',
      "b.opf":
        '<package><item id="a" href="a.xhtml"/><item id="n" href="n.xhtml"/><itemref idref="a"/><itemref idref="n" linear="no"/></package>',
      "a.xhtml": html,
      "n.xhtml": "<p>aside</p>",
    });
    expect((await read("a.epub", book)).sentences).toEqual([
      pageLost.replace("1 sound", "1 section beside the reading order, 1 sound"),
    ]);
  });

  it("eml, whose text shows pictures, that came with it or would be loaded", async () => {
    const mail =
      'From: a@b.example\r\nTo: c@d.example\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n' +
      '--b\r\nContent-Type: text/html\r\n\r\n<p>one</p><img src="cid:p"><img src="https://b.example/a.png"><img src="https://b.example/1.gif" width="1" height="1">\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <p>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--b--\r\n';
    expect((await read("a.eml", mail)).sentences).toEqual(["2 pictures were left out."]);
  });
});
