// The language that the page and its workers speak. The English sentence in the code is the key, as in
// gettext:
//
//   t("Remove {name}", { name })                      "Remove notes.pdf"     "移除 notes.pdf"
//   tn(count, "{count} file", "{count} files")        "1 file"               "1 个文件"
//
// zh.ts holds the Chinese sentences and is loaded on demand; English has no file, and costs no byte.

import { keepUnits } from "./units";

/**
 * Words of the language spoken, as only this room makes them. Where a type asks for them, no English literal
 * goes through to people.
 */
export type Sentence = string & { readonly [isSaid]: true };
declare const isSaid: unique symbol;

/** The English of a sentence that every language has. */
export type Key = Extract<keyof typeof import("./zh").zh, string>;

/** The forms of a sentence by the plural category of its count, where a language has several. */
type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** The sentences of a language by the English one; a plural stands under its `other` form. */
export type Sentences = Readonly<Record<string, string | Forms>>;

export interface Language {
  /** A BCP 47 tag, for `Intl` and `<html lang>`. */
  readonly tag: string;
  readonly sentences: Sentences;
}

/**
 * The values of a sentence's placeholders, as they are to be read: counts formatted already. Absent ones are
 * "".
 */
export type Values = Readonly<Record<string, string | number | false | null | undefined>>;

export const english: Language = { tag: "en-US", sentences: {} };

const formatsOf = (tag: string) => ({
  plural: new Intl.PluralRules(tag),
  count: new Intl.NumberFormat(tag),
  /** Three places behind the point, say; each made once, since making one takes long. */
  fixed: memo(
    (digits) =>
      new Intl.NumberFormat(tag, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        useGrouping: false,
      }),
  ),
  significant: memo(
    (digits) =>
      new Intl.NumberFormat(tag, {
        minimumSignificantDigits: digits,
        maximumSignificantDigits: digits,
        useGrouping: false,
      }),
  ),
});

function memo<Value>(make: (digits: number) => Value): (digits: number) => Value {
  const made = new Map<number, Value>();
  return (digits) => {
    const value = made.get(digits) ?? make(digits);
    made.set(digits, value);
    return value;
  };
}

let spoken = english;
let formats = formatsOf(english.tag);

/** From now on, sentences and figures are of this language. Those made before stay as they are. */
export function speak(language: Language): void {
  spoken = language;
  formats = formatsOf(language.tag);
}

export const spokenLanguage = (): Language => spoken;

/** The tag of the language spoken now, for `Intl`. */
export const languageTag = (): string => spoken.tag;

export const languageFormats = (): ReturnType<typeof formatsOf> => formats;

/** The sentence in the language spoken now, its `{placeholders}` filled. */
export function t(sentence: Key, values?: Values): Sentence {
  return fill(formOf(sentence), values);
}

/** The sentence in the form that goes with a count, which stands in it as `{count}`. */
export function tn(count: number, one: string, other: Key, values?: Values): Sentence {
  return fill(formOf(other, count, one), { count: formats.count.format(count), ...values });
}

/** The sentence in pieces, for values that are no text: elements of React, say. */
export function pieces<Value>(
  sentence: Key,
  values: Readonly<Record<string, Value>>,
): readonly (string | Value)[] {
  // split() with one group gives text and name in turn
  return formOf(sentence)
    .split(/\{(\w+)\}/)
    .map((piece, index) => {
      if (index % 2 === 0) return piece;
      return Object.hasOwn(values, piece) ? values[piece]! : `{${piece}}`;
    })
    .filter((piece) => piece !== "");
}

/** Words that are the same in every language: a name, a figure, what another program says. */
export const verbatim = (text: string): Sentence => text as Sentence;

/** Marks a constant as a sentence that `t` translates where it is shown. */
export const mark = <S extends Key>(sentence: S): S => sentence;

/** Sentences one after another; Chinese has no space between them. */
export const inARow = (...sentences: readonly Sentence[]): Sentence =>
  verbatim(sentences.filter(Boolean).join(spoken.tag.startsWith("zh") ? "" : " "));

/** "a, b and c" in the language spoken now. */
export const listed = (
  items: readonly string[],
  type: "conjunction" | "disjunction" = "conjunction",
): Sentence => verbatim(new Intl.ListFormat(spoken.tag, { type }).format(items));

/** "a, b, c" in the language spoken now, for figures in a row. */
export const listedNarrowly = (items: readonly string[]): Sentence =>
  verbatim(items.join(spoken.tag.startsWith("zh") ? "，" : ", "));

const formOf = (sentence: string, count?: number, one?: string): string =>
  keepUnits(translated(sentence, count, one));

function translated(sentence: string, count?: number, one?: string): string {
  const found = Object.hasOwn(spoken.sentences, sentence) ? spoken.sentences[sentence] : undefined;
  if (typeof found === "string") return found;
  const category = count === undefined ? "other" : formats.plural.select(count);
  if (found) return found[category] ?? found.other ?? sentence;
  return one !== undefined && englishPlural.select(count!) === "one" ? one : sentence;
}

const englishPlural = new Intl.PluralRules(english.tag);

const fill = (sentence: string, values: Values | undefined) =>
  (values === undefined
    ? sentence
    : sentence.replace(/\{(\w+)\}/g, (hole, name: string) =>
        Object.hasOwn(values, name) ? textOf(values[name]) : hole,
      )) as Sentence;

const textOf = (value: Values[string]) => (value === false ? "" : String(value ?? ""));
