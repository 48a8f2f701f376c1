import type { DocumentText } from "../../storage/documents";

/** A report of 300 pages and the sentences that are in it, made of a seed. */
export interface Report {
  readonly document: DocumentText;
  readonly sentences: readonly string[];
}

const list = (words: string): readonly string[] => words.split("|");
const names = list(
  "Anna Weber|Mr. Okafor|the city of Brno|Halden & Co.|Dr. Lindqvist|the Ministry of Works|Maria Santos|the port of Leith|Judge Farrow|the Olmen Society",
);
const things = list(
  "the old bridge|a cargo of lamps|the annual survey|every second window|the northern archive|the contract of lease|a bundle of letters|the grain store|the water tower|the evening ferry|the ledger of debts|a portrait in oil|the boundary wall|the harvest report",
);
const verbs = list(
  "inspected|sold|described|repaired|measured|refused|returned|registered|inherited|photographed|rented|insured|painted|examined",
);
const times = list(
  "in the spring of %|before the winter of %|on the first Monday of March %|during the strike of %|after the flood of %|in the last weeks of %",
);
const places = list(
  "near the river mouth|behind the customs house|under a leaking roof|at the edge of the market|in a room without heating|beside the disused railway|along the coastal road|above the bakery|within sight of the lighthouse|opposite the school",
);
const ends = list(
  "which was paid in % instalments|although the cost was % crowns|with the consent of % neighbours|and the work took % days|because % of the beams were rotten|while the fee of %.50 was still due|so that “nothing was lost”, as the clerk’s note says|— a fact that the press ignored —|(see the appendix)|whose owner had moved abroad",
);

const N_PAGES = 300;
const LETTERS_PER_PAGE = 2700;
const LETTERS_PER_LINE = 72;

/**
 * Prose with dates, sums and names, as a PDF gives it: lines that end within sentences, pages, curly marks.
 * `random` gives numbers of [0, 1).
 */
export function makeReport(random: () => number): Report {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const numbered = (text: string, from: number, to: number) =>
    text.replace("%", () => String(from + Math.floor(random() * (to - from))));
  const sentence = () => {
    const [who, when] = [pick(names), numbered(pick(times), 1850, 1990)];
    const what = `${pick(verbs)} ${pick(things)} ${pick(places)}`;
    const tail = numbered(pick(ends), 3, 4000);
    const order = random();
    const text =
      order < 0.4
        ? `${who} ${what} ${when}, ${tail}`
        : order < 0.7
          ? `${when}, ${who} ${what}, ${tail}`
          : `It is known that ${who} had ${what} ${when}, and that it was shown to ${pick(names)}`;
    return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
  };
  const sentences: string[] = [];
  const pages = Array.from({ length: N_PAGES }, (_, n) => {
    const own: string[] = [];
    for (let length = 0; length < LETTERS_PER_PAGE; length += own.at(-1)!.length + 1) own.push(sentence());
    sentences.push(...own);
    return `[Page ${n + 1}]\n${inLines(own.join(" "))}\n\n`;
  });
  const starts: number[] = [];
  for (let at = 0, n = 0; n < pages.length; at += pages[n++]!.length) starts.push(at);
  const numbers = starts.map((_, n) => n + 1);
  return {
    document: { id: "r", text: pages.join(""), unit: "page", starts, numbers, addedAt: 0 },
    sentences,
  };
}

const inLines = (text: string): string =>
  text.replace(new RegExp(`(.{1,${LETTERS_PER_LINE}})(?:\\s+|$)`, "g"), "$1\n").trimEnd();
