import { describe, expect, it } from "vitest";
import { rtfToText } from "./rtf";

const read = (rtf: string) =>
  rtfToText(
    Uint8Array.from(rtf, (char) => char.charCodeAt(0)),
    "a.rtf",
  );

describe("rich text", () => {
  it("has its paragraphs, headings, numbers of lists, signs and letters of any code page", () => {
    const rtf =
      "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial Cyr;}{\\f2\\fcharset128 MS Mincho;}}" +
      "{\\stylesheet{\\s1 heading 1;}{\\s2\\outlinelevel1 Own;}}{\\info{\\title no}}" +
      "\\pard\\s1 Title\\par\\pard\\s2 Inner\\par\\pard Gr\\'fc\\'dfe {\\f1\\'ca\\'ee\\'e4} {\\f2\\'97\\'ce} \\u20320?\\u22909?\\emdash\\~end\r\n same\\line next\\par" +
      "{\\listtext\\pard\\plain 1.\\tab}\\pard item\\par}";
    expect(read(rtf).text).toBe("# Title\n\n## Inner\n\nGrüße Код 緑 你好— end same\nnext\n\n1. item");
  });

  it("has digits raised and lowered that stand so", () => {
    const rtf = "{\\rtf1\\pard 10{\\super 6} m{\\super -2}, H{\\sub 2}O, 5\\super 2\\nosupersub 3\\par}";
    expect(read(rtf).text).toBe("10⁶ m⁻², H₂O, 5²3");
    expect(read("{\\rtf1\\pard x{\\sub m{\\b ax}} in the 19{\\super t{\\i h}}\\par}").text).toBe(
      "x_max in the 19th",
    );
  });

  it("has the text of a group in whose middle a star stands", () => {
    expect(read("{\\rtf1\\pard {\\loch\\f2\\*\\cs7\\cf0 The fox}{\\*\\unknown gone}\\par}").text).toBe(
      "The fox",
    );
  });

  it("has tables as rows, notes and comments after their paragraph, links, headers and shapes", () => {
    const rtf =
      "{\\rtf1{\\header\\pard Report\\par}{\\footer\\pard 3\\par}" +
      "\\trowd\\cellx100\\pard\\intbl a\\par b\\cell c\\cell\\row\\trowd\\pard\\intbl 1\\cell 2\\cell\\row\\pard " +
      'See{\\super\\chftn{\\footnote\\pard{\\chftn} A note.\\par}} {\\field{\\*\\fldinst HYPERLINK "https://example.org"}{\\fldrslt our site}}.' +
      "{\\*\\atnauthor Anna}{\\*\\annotation\\pard Really?\\par}\\par" +
      "{\\shp{\\*\\shpinst\\shpleft1{\\sp{\\sn fill}{\\sv 1}}{\\shptxt\\pard In a box\\par}}{\\shprslt old}}{\\*\\unknown gone}{\\pict 0102\\bin3 {{}}\\par}";
    expect(read(rtf).text).toBe(
      "[Header: Report]\n\na b | c\n1 | 2\n\nSee[^1] [our site](https://example.org).\n\n[^1]: A note.\n\n[Comment by Anna: Really?]\n\nIn a box",
    );
  });

  it("leaves out hidden text and says so", () => {
    const { text, notes } = read("{\\rtf1 seen {\\v not seen}\\plain  end\\par}");
    expect(text).toBe("seen end");
    expect(notes.map(({ sentence }) => sentence)).toEqual(["2 hidden words were left out."]);
  });

  it("cut off, or with too many ends, is read as far as it goes", () => {
    expect(read("{\\rtf1 a {\\b bold").text).toBe("a bold");
    expect(read("{\\rtf1 a}}}} b\\'4").text).toContain("a");
    expect(read("{\\rtf1 x\\u").text).toBe("x");
  });

  it("with a million groups in each other is refused, and with a million in a row is read", () => {
    expect(() => read(`{\\rtf1 ${"{".repeat(1e6)}`)).toThrow(/more than 2000 deep/);
    expect(read(`{\\rtf1 ${"{\\b x}".repeat(2e5)}}`).text).toHaveLength(2e5);
  });
});
