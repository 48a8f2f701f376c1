import { Random } from "../../ground/random";

/** A fact that a document states once, and a question that only it answers. */
export interface Fact {
  readonly statement: string;
  readonly question: string;
  /** The words that a right answer contains. */
  readonly value: string;
}

export interface Needle extends Fact {
  /** The fact's place, as a share of the document's facts: 0 is the beginning. */
  readonly depth: number;
}

export interface NeedleDocument {
  readonly text: string;
  readonly needles: readonly Needle[];
}

// Words and sentences are those that the demo model was trained on; nothing of its corpus is copied but their
// form.
const words = (text: string) => text.trim().split(/\s+/);
const colours = words(
  "red blue green yellow black white grey brown orange purple pink silver golden teal amber violet crimson ivory olive navy",
);
const materials = words(
  "wooden brass copper iron glass paper stone leather plastic steel tin cotton old new small large heavy broken round square",
);
const things = words(
  `crate lamp box chair table clock bottle rope anchor barrel basket bell blanket book boot bowl bucket camera candle carpet chest coat
   compass cup desk door drum engine fan flag flute hammer hat helmet jar kettle key kite knife ladder lantern map mirror needle net oar
   pan pencil phone piano pipe plate pump radio ring saddle saw scarf shelf shovel spoon stool suitcase sword tent torch towel tray trunk
   umbrella vase violin wagon wheel whistle notebook printer bicycle guitar telescope battery cable parcel folder ticket statue painting`,
);
const shipNames = [
  words(
    "Sea Blue Northern Silver Golden Morning Evening Red Wild Brave Silent Swift Grey Lucky Southern White",
  ),
  words(
    "Heron Star Swallow Queen Dolphin Wind Rose Falcon Pearl Otter Wave Eagle Tiger Lily Raven Gull Arrow",
  ),
] as const;
const firstNames = words(
  "Mara Ole Nina Tom Lena Paul Anna Karl Rosa Emil Vera Hugo Ida Max Clara Otto Ella Jan Eva Leo",
);
const lastNames = words(
  "Olsen Brandt Keller Novak Silva Moreau Lindt Weber Rossi Berg Fischer Dahl Costa Meyer Larsen Vogel",
);
const cargoes = words(
  "salt timber coffee wool coal oranges grain wine tea rice cement bananas paper sugar potatoes bricks",
);
const rooms = [
  words(
    "north south east west main old new upper lower river market city garden castle central forest lake park",
  ),
  words("gate door tower cellar vault bridge cabin station tunnel hall attic shed chapel yard"),
] as const;
const secrets = words(
  "ember falcon maple copper thunder willow pepper marble velvet harbor comet saffron pebble walnut cactus meadow puzzle rocket ginger",
);
const fillers = [
  "The rain kept falling all day.",
  "The coffee was cold again.",
  "Several people arrived late.",
  "It was a long and busy week.",
  "The windows were left open.",
  "The radio played softly in the background.",
  "The sea was calm and the sky was clear.",
  "Please keep this page in a safe place.",
  "The train was late as usual.",
  "The guests asked many questions.",
  "No one answered the phone.",
  "The market was crowded.",
];

type Kind = (pick: <T>(from: readonly T[]) => T, number: (digits: number) => string) => [string, Fact];

const kinds: readonly Kind[] = [
  (pick, number) => {
    const [item, value] = [`${pick([...colours, ...materials])} ${pick(things)}`, number(5)];
    const statement = `The code of the ${item} is ${value}.`;
    return [`code ${item}`, { statement, question: `What is the code of the ${item}?`, value }];
  },
  (pick, number) => {
    const [item, value] = [`${pick([...colours, ...materials])} ${pick(things)}`, number(3)];
    const statement = `The ${item} costs ${value} coins.`;
    return [`price ${item}`, { statement, question: `How much does the ${item} cost?`, value }];
  },
  (pick) => {
    const item = `${pick([...colours, ...materials])} ${pick(things)}`;
    const value = `${pick(firstNames)} ${pick(lastNames)}`;
    const statement = `The ${item} belongs to ${value}.`;
    return [`owner ${item}`, { statement, question: `Who owns the ${item}?`, value }];
  },
  (pick) => {
    const [ship, value] = [`${pick(shipNames[0])} ${pick(shipNames[1])}`, pick(cargoes)];
    const statement = `The ${ship} carries ${value}.`;
    return [`cargo ${ship}`, { statement, question: `What does the ${ship} carry?`, value }];
  },
  (pick) => {
    const [place, value] = [`${pick(rooms[0])} ${pick(rooms[1])}`, pick(secrets)];
    const statement = `The password for the ${place} is ${value}.`;
    return [`password ${place}`, { statement, question: `What is the password for the ${place}?`, value }];
  },
];

/**
 * Writes a document of about `nTokens` tokens: facts, each about something else, with other sentences between
 * them. Of the facts around each of `depths`, `perDepth` are asked for, or as many as leave every fact to one
 * depth.
 */
export function needleDocument(
  seed: number,
  nTokens: number,
  { depths, perDepth }: { readonly depths: readonly number[]; readonly perDepth: number },
  count: (text: string) => number,
): NeedleDocument {
  const random = new Random(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.uniform() * from.length)]!;
  const number = (digits: number) => String(Math.floor(random.between(10 ** (digits - 1), 10 ** digits)));
  const subjects = new Set<string>();
  const newFact = (): Fact => {
    for (;;) {
      const [subject, fact] = pick(kinds)(pick, number);
      if (subjects.has(subject)) continue;
      subjects.add(subject);
      return fact;
    }
  };
  const [sentences, facts]: [string[], Fact[]] = [[], []];
  for (let length = 0; length < nTokens; length += count(` ${sentences.at(-1)!}`)) {
    const isFact = facts.length < depths.length || random.uniform() < 0.5;
    const fact = isFact ? newFact() : null;
    if (fact) facts.push(fact);
    sentences.push(fact?.statement ?? pick(fillers));
  }
  const each = Math.max(1, Math.min(perDepth, Math.floor(facts.length / depths.length)));
  const needles = depths.flatMap((depth) => {
    const first = Math.round(depth * (facts.length - each));
    return facts.slice(first, first + each).map((fact) => ({ ...fact, depth }));
  });
  return { text: sentences.join(" "), needles };
}

/** Returns whether an answer says the value, as words of their own. */
export const isRight = (answer: string, value: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}])${value}(?![\\p{L}\\p{N}])`, "u").test(answer);
