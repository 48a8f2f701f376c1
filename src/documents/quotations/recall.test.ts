import { describe, expect, it } from "vitest";
import { randomNumbers } from "../../engine/text/tokenizer/fixture-vocabulary";
import { findQuotations } from "./find-quotations";
import { makeReport } from "./make-report";

/** 200 sentences of 300 pages as models quote them, and what the search makes of them. */

const { document, sentences } = makeReport(randomNumbers(7));
const random = randomNumbers(11);
const chosen = (n: number) =>
  Array.from({ length: n }, () => sentences[Math.floor(random() * sentences.length)]!);

/** The places at which an answer's quotations are found, each with its text on one line. */
function look(quotations: readonly string[]) {
  const answer = `The report says:\n\n${quotations.map((one) => `> ${one}`).join("\n\nAnd:\n\n")}\n`;
  const all = findQuotations(answer, [{ document, range: null }]);
  expect(all.length).toBe(quotations.length);
  return all.map(({ found }) => ({
    found,
    passage: found && document.text.slice(found.start, found.end).replace(/\n*\[Page \d+\]\n|\s+/g, " "),
  }));
}

const isAt = (passage: string, sentence: string) =>
  sentence.includes(passage) || passage.includes(sentence.replace(/[.]$/, ""));

const words = (text: string) => text.split(" ");
const changes: readonly (readonly [what: string, change: (sentence: string) => string])[] = [
  ["as it is", (sentence) => sentence],
  ["with straight marks", (sentence) => sentence.replace(/[“”]/g, '"').replace(/’/g, "'").replace(/—/g, "-")],
  ["in bold, without its full stop", (sentence) => `**${sentence.slice(0, -1)}**`],
  [
    "from its second word on, with a capital",
    (sentence) => {
      const rest = words(sentence).slice(1).join(" ");
      return rest[0]!.toUpperCase() + rest.slice(1);
    },
  ],
  [
    "its middle left out",
    (sentence) => {
      const all = words(sentence);
      return `${all.slice(0, 8).join(" ")} […] ${all.slice(-6).join(" ")}`;
    },
  ],
  ["its first twelve words", (sentence) => words(sentence).slice(0, 12).join(" ")],
  [
    "a word left out",
    (sentence) => {
      const all = words(sentence);
      return [...all.slice(0, 6), ...all.slice(7)].join(" ");
    },
  ],
  ["two letters changed", (sentence) => sentence.replace("e", "a").replace(/i(?=[^i]*$)/, "o")],
];

describe("of 200 sentences of 300 pages, quoted in eight ways", () => {
  const quoted = chosen(200).map((sentence, n) => {
    const [what, change] = changes[n % changes.length]!;
    return { sentence, what, change, quotation: change(sentence) };
  });

  it("at least 197 are found at their place", () => {
    const found = look(quoted.map(({ quotation }) => quotation));
    const lost = quoted.filter(({ sentence, change, quotation }, n) => {
      const { passage } = found[n]!;
      if (passage === null) return true;
      if (isAt(passage, sentence)) return false;
      // Another sentence may be the same in what is quoted of it.
      return !sentences.some((other) => isAt(passage, other) && change(other) === quotation);
    });
    console.log(`found ${200 - lost.length} of 200`);
    expect(lost.length, lost.map(({ what, quotation }) => `${what}: ${quotation}`).join("\n")).toBeLessThan(
      4,
    );
  });

  it("a search takes less than 300 ms of CPU, with reading the pages for it", () => {
    let longest = 0;
    for (const { quotation } of quoted.slice(4, 8)) {
      // The quickest of three: cores that others use take more time for the same.
      const times = [1, 2, 3].map(() => {
        const before = process.cpuUsage();
        look([quotation]);
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      });
      longest = Math.max(longest, Math.min(...times));
    }
    console.log(`the longest search of 300 pages took ${longest.toFixed(0)} ms of CPU`);
    expect(longest).toBeLessThan(300);
  });
});

describe("what says something else is not linked as the same", () => {
  const kindsOf = (quotations: readonly string[]) =>
    look(quotations).map(({ found }) => found?.differences?.map(({ kind }) => kind) ?? []);

  it("25 of 25 with “not” put in", () => {
    const denied = chosen(25).map((sentence) => {
      const all = words(sentence);
      return [...all.slice(0, 7), "not", ...all.slice(7)].join(" ");
    });
    expect(kindsOf(denied)).toEqual(denied.map(() => expect.arrayContaining(["negation"]) as unknown));
  });

  it("25 of 25 with a number changed", () => {
    const changed = sentences
      .filter((sentence) => /\d{2}/.test(sentence))
      .slice(100, 125)
      .map((sentence) => sentence.replace(/\d(?=\D*$)/, (digit) => String((+digit + 3) % 10)));
    expect(kindsOf(changed)).toEqual(changed.map(() => expect.arrayContaining(["number"]) as unknown));
  });
});
