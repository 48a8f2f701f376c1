import { describe, expect, it } from "vitest";
import type { DocumentText } from "../../storage/documents";
import { randomNumbers } from "../../engine/text/tokenizer/fixture-vocabulary";
import { cutAtLines } from "../text/cuts";
import { findQuotations } from "./find-quotations";
import { quotationsIn } from "./quotations";
import { searchText } from "./search-text";

const documentOf = (text: string, id = "d"): DocumentText => ({ id, text, addedAt: 0, ...cutAtLines(text) });
const paged = (...pages: readonly string[]): DocumentText => {
  const marked = pages.map((page, n) => `[Page ${n + 1}]\n${page}\n\n`);
  const starts = marked.map((_, n) => marked.slice(0, n).join("").length);
  return {
    id: "p",
    text: marked.join(""),
    unit: "page",
    starts,
    numbers: starts.map((_, n) => n + 1),
    addedAt: 0,
  };
};

/** The stretch of the document that the answer's only quotation was found at; null if it was not. */
function foundIn(document: DocumentText, quotation: string) {
  const [only, ...more] = findQuotations(`It says: “${quotation}”`, [{ document, range: null }]);
  expect(more).toEqual([]);
  if (!only) return undefined;
  expect(only.text).toBe(quotation);
  return (
    only.found && { text: document.text.slice(only.found.start, only.found.end), isExact: only.found.isExact }
  );
}

describe("quotation marks", () => {
  it.each([
    ['He said "one two" and “three four”.', ["one two", "three four"]],
    [
      "„eins zwei“ «un deux» »drei vier« 「一二三」『四五』",
      ["eins zwei", "un deux", "drei vier", "一二三", "四五"],
    ],
    ["“outer “inner” marks” and “outer 'inner' marks”", ["inner", "outer 'inner' marks"]],
    ['no `"code"` and no code of\n```\nprint("x y")\n```', []],
    // prettier-ignore
    ["“eins” und “zwei”, „drei“, „vier“, ”fem”, ”sex” «sept», «huit»", ["eins", "zwei", "drei", "vier", "fem", "sex", "sept", "huit"]],
    ["‘it’s single’ and ‚auch eins‘, he’s no ’em", ["it’s single", "auch eins"]],
    ["he said 'plain single', and it's the dogs' own", ["plain single"]],
    ['5" and 6\' tall, then 7" or "this one"', ["this one"]],
    ['他说“北京是首都”，又说"很大"。', ["北京是首都", "很大"]],
  ])("in %j", (answer, quotations) => {
    expect(quotationsIn(answer).map(({ text }) => text)).toEqual(quotations);
    for (const { text, start, end } of quotationsIn(answer)) expect(answer.slice(start, end)).toBe(text);
  });

  it.each([
    ['a "line\nend" and “an end\nof another” line', ["line end", "an end of another"]],
    ['no "paragraph\n\nend" and\n- no "item\n- of a" list', []],
    ["> “over a\n> line of it”", ["over a line of it"]],
  ])("over the ends of lines in %j", (answer, quotations) => {
    expect(quotationsIn(answer).map(({ text }) => text)).toEqual(quotations);
  });

  it.each([
    ["It says:\n\n> One line and\n> the next.\n>\n> Another.\n\nSo.", ["One line and the next.", "Another."]],
    ["> The words “with marks” in them\n> — Report, page 3", ["The words “with marks” in them"]],
    ["> **Note:** mine\n\n> [!TIP]\n> mine too\n\n> - an item", []],
  ])("or a block quote, in %j", (answer, quotations) => {
    expect(quotationsIn(answer).map(({ text }) => text)).toEqual(quotations);
  });
});

const filler = (seed: number, n: number) => {
  const random = randomNumbers(seed);
  const words = "river stone market lamp winter carry green seven under letter bread north".split(" ");
  return Array.from({ length: n }, () => words[Math.floor(random() * words.length)]).join(" ");
};

describe("a quotation is found word for word", () => {
  const text = `${filler(1, 400)}\nThe Treaty — signed in\n  1848 — ended the “long”\nwar; its exam-\nple held; the [peace of Olmen](https://example.org/peace) lasted.\n${filler(2, 400)}`;
  it.each([
    [
      "the treaty - signed in 1848 - ended the 'long' war",
      "The Treaty — signed in\n  1848 — ended the “long”\nwar",
    ],
    ["its example held.", "its exam-\nple held"],
    ["The **Treaty** — signed", "The Treaty — signed"],
    ["The Treaty … ended the “long” war", undefined],
    ["the peace of Olmen lasted", "the [peace of Olmen](https://example.org/peace) lasted"],
  ])("%j", (quotation, expected) => {
    // Marks of the same kind inside end the quotation, so the last case quotes with others.
    const found =
      expected === undefined
        ? findQuotations("It says: «The Treaty … ended the “long” war»", [
            { document: documentOf(text), range: null },
          ])[0]?.found
        : foundIn(documentOf(text), quotation);
    expect(found).toMatchObject({ isExact: true });
    if (expected !== undefined) expect(found).toMatchObject({ text: expected });
  });

  it.each([
    [
      "Chinese, over the ends of lines",
      "前文。\n北京是中华人民\n共和国的首都，历史悠久。\n后文。",
      "北京是中华人民共和国的首都",
      "北京是中华人民\n共和国的首都",
    ],
    [
      "Arabic, with a mark of direction and a stretched letter",
      "قال: الكتـاب\u200f على الطاولة الكبيرة.",
      "الكتاب على الطاولة",
      "الكتـاب\u200f على الطاولة",
    ],
    ["emoji", "We met 👩‍👩‍👧‍👦 at the 🏖️ beach in July.", "👩‍👩‍👧‍👦 at the 🏖️ beach", "👩‍👩‍👧‍👦 at the 🏖️ beach"],
    ["wide letters", "The ＡＢＣ company of Tokyo", "the ABC company of", "The ＡＢＣ company of"],
  ])("in %s", (_, text, quotation, expected) => {
    expect(foundIn(documentOf(text), quotation)).toEqual({ text: expected, isExact: true });
  });

  it("over the end of a page, with the page it begins on", () => {
    const document = paged("First page.", "The harvest of that year was", "the poorest in a century.");
    const [quotation] = findQuotations('"The harvest of that year was the poorest in a century."', [
      { document, range: null },
    ]);
    expect(quotation!.found).toMatchObject({ number: 2, unit: "page", isExact: true });
    expect(document.text.slice(quotation!.found!.start, quotation!.found!.end)).toMatch(
      /^The harvest[^]*a century$/,
    );
  });
});

describe("a quotation that was changed a little is found nearly", () => {
  const text = `${filler(3, 3000)}\nThe committee found that the bridge had been inspected twice in the spring of 1911, and never after.\n${filler(4, 3000)}`;
  it.each([
    ["The committee found the bridge had been inspected two times in the spring of 1911 and never after"],
    ["committee found that the bridge has been inspcted twice, in spring 1911"],
  ])("%j", (quotation) => {
    const found = foundIn(documentOf(text), quotation);
    expect(found).toMatchObject({ isExact: false });
    expect(found!.text).toMatch(/ommittee found that the bridge had been inspected twice in the spring/);
  });

  it("in Chinese", () => {
    const chinese = documentOf(
      "天地玄黄。".repeat(200) + "委员会发现这座桥在一九一一年春天检查过两次。" + "宇宙洪荒。".repeat(200),
    );
    expect(foundIn(chinese, "委员会发现该桥在一九一一年春天检查了两次")).toMatchObject({ isExact: false });
  });

  it("in 2 MB within a second", () => {
    const long = documentOf(filler(5, 330_000) + text);
    expect(long.text.length).toBeGreaterThan(2e6);
    const started = process.cpuUsage();
    expect(foundIn(long, "committee found that the bridge has been inspcted twice")).toMatchObject({
      isExact: false,
    });
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(5); // of CPU, whatever else the machine does; some 0.3 here
  });
});

describe("a quotation that says something else is told apart", () => {
  const text = `${filler(7, 2000)}\nThe tenant Smith is liable for 1,200 euros until May 1911, and may keep two dogs.\n${filler(8, 2000)}`;
  const differencesIn = (quotation: string) => {
    const [only] = findQuotations(`It says: «${quotation}»`, [{ document: documentOf(text), range: null }]);
    expect(only!.found).toMatchObject({ isExact: false });
    return only!.found!.differences!.map(({ kind, quoted, original }) => [kind, quoted, original]);
  };
  it.each([
    ["The tenant Smith is not liable for 1,200 euros until May 1911", [["negation", "not", ""]]],
    ["The tenant Smith isn't liable for 1,200 euros until May 1911", [["negation", "isn't", "is"]]],
    ["The tenant Smith is liable for 1,300 euros until May 1911", [["number", "1,300", "1,200"]]],
    ["liable for 1,200 euros until May 191", [["number", "191", "1911"]]],
    ["The tenant Jones is liable for 1,200 euros", [["name", "Jones", "Smith"]]],
    ["until May 1911, and may keep three dogs", [["number", "three", "two"]]],
    ["until May 1911, and can keep two dogs", [["words", "can", "may"]]],
    ["The tenant Smith is liable for 1200 euros … may keep 2 dogs", [["words", "2", "two"]]],
  ])("%j", (quotation, differences) => {
    expect(differencesIn(quotation)).toEqual(differences);
  });

  it.each([
    ["die Mieterin haftet nicht für Schäden am Haus", "die Mieterin haftet für Schäden am Haus"],
    ["租户对房屋的损坏不负责任并且应当赔偿", "租户对房屋的损坏负责任并且应当赔偿"],
    ["Арендатор не отвечает за повреждение дома", "Арендатор отвечает за повреждение дома"],
    ["le locataire n’est pas responsable des dommages", "le locataire est responsable des dommages"],
    ["借主は家の損害について責任を負わない。", "借主は家の損害について責任を負う。"],
  ])("with a negation: %j", (quoted, original) => {
    const [only] = findQuotations(`«${quoted}»`, [{ document: documentOf(original), range: null }]);
    expect(only!.found!.differences!.map(({ kind }) => kind)).toContain("negation");
  });

  it("also where it ends or begins inside of a number or a word", () => {
    const document = documentOf("All of it costs 17 coins. They were unable to pay the rest of it.");
    const found = (quotation: string) =>
      findQuotations(`«${quotation}»`, [{ document, range: null }])[0]!.found;
    expect(found("All of it costs 1")).toMatchObject({ isExact: false, differences: [{ kind: "number" }] });
    expect(found("able to pay the rest of it")).toMatchObject({ isExact: false });
    expect(found("All of it costs 17")).toMatchObject({ isExact: true });
  });
});

describe("a quotation with words left out", () => {
  const text = `The fee is due in March. ${filler(9, 700)} The fee is due on the first of May, if the tenant stays, without a reminder. ${filler(10, 700)} The fee is due in June.`;
  const found = (quotation: string) => foundIn(documentOf(text), quotation);

  it("is found where its pieces stand together, though the first stands elsewhere too", () =>
    expect(found("The fee is due […] without a reminder")).toEqual({
      text: "The fee is due on the first of May, if the tenant stays, without a reminder",
      isExact: true,
    }));

  it("is found nearly around its longest piece", () => {
    const near = found("The fee is due … if the tenants stay, without a reminder")!;
    expect(near.isExact).toBe(false);
    expect(near.text).toBe("The fee is due on the first of May, if the tenant stays, without a reminder");
  });

  it("is not found where a piece is nowhere", () =>
    expect(found("The fee is due … without a lawyer of the court")).toBeNull());
});

describe("of equal passages the one that the answer means is found", () => {
  const said = "The fee is due on the first of the month.";
  const document = paged(`On lamps. ${said}`, `On boats and harbours. ${said}`, `On horses. ${said}`);
  const numbers = (answer: string) =>
    findQuotations(answer, [{ document, range: null }]).map(({ found }) => found!.number);
  it.each([
    [`"${said}"`, [1]],
    [`On page 3 it says "${said}"`, [3]],
    [`"${said}" (p. 2)`, [2]],
    [`Seite 2: "${said}" und dann "${said}" (Seite 3)`, [2, 3]],
    [`“${said}”（第3页）`, [3]],
    [`For boats in harbours: "${said}"`, [2]],
  ])("%j", (answer, expected) => {
    expect(numbers(answer)).toEqual(expected);
  });

  it("by the document's name too", () => {
    const searched = ["rent.pdf", "lease.pdf"].map((name) => ({
      document: { ...paged(said), id: name },
      range: null,
      name,
    }));
    expect(findQuotations(`The lease says "${said}"`, searched)[0]!.found!.documentId).toBe("lease.pdf");
  });
});

describe("a quotation that is in no document", () => {
  it("is said to be in none", () => {
    expect(
      foundIn(documentOf(filler(6, 5000)), "The committee never looked at the bridge at all"),
    ).toBeNull();
    expect(foundIn(documentOf("北京是首都。".repeat(50)), "上海是最大的港口城市")).toBeNull();
  });

  it("is no quotation if it is but a word", () => {
    expect(foundIn(documentOf("Some other text."), "so-called")).toBeUndefined();
    expect(foundIn(documentOf("The code 48213 is here."), "48213")).toEqual({ text: "48213", isExact: true });
  });

  it("is not looked for outside the part that was asked about", () => {
    const text = `${"line of the first part\n".repeat(200)}The second part has this sentence.\n`;
    const document = documentOf(text);
    const range = { start: 0, end: document.starts[1]! };
    expect(
      findQuotations('"The second part has this sentence."', [{ document, range }])[0]!.found,
    ).toBeNull();
  });
});

it("a search finds every place, whatever the capitals, as it is written there", () => {
  const document = documentOf("Rain. The RAIN and the\nrain-\nbow. 雨が降る 雨");
  const found = (query: string) =>
    searchText(document, query).map(({ start, end }) => document.text.slice(start, end));
  expect(found("rain")).toEqual(["Rain", "RAIN", "rain"]);
  expect(found("the rain")).toEqual(["The RAIN", "the\nrain"]);
  expect(found("rainbow")).toEqual(["rain-\nbow"]);
  expect(found("雨")).toEqual(["雨", "雨"]);
  expect(found("snow")).toEqual([]);
  expect(found("  ")).toEqual([]);
});
