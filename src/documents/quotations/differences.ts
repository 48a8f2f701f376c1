import { diffArrays } from "diff";
import type { Difference } from "../../ground/document";
import { foldText, link } from "./fold-text";
import { isNegation, numberOf } from "./meaning-words";

interface Word {
  /** The word itself, for people. */
  readonly shown: string;
  /** The word without what is not compared. */
  readonly folded: string;
  readonly isName: boolean;
}

/** The words in which a quotation differs from its passage: side by side, in order. */
export function differencesOf(quoted: string, original: string): readonly Difference[] {
  const [mine, theirs] = [wordsOf(quoted), wordsOf(original)];
  const runs = diffArrays(
    mine.map(({ folded }) => folded),
    theirs.map(({ folded }) => folded),
  );
  const differences: Difference[] = [];
  let [at, there] = [0, 0];
  let open: { quoted: Word[]; original: Word[] } | null = null;
  const close = () => {
    if (open) differences.push(...describe(open.quoted, open.original));
    open = null;
  };
  for (const { added, removed, count } of runs) {
    if (!added && !removed) {
      close();
      at += count;
      there += count;
      continue;
    }
    open ??= { quoted: [], original: [] };
    if (removed) open.quoted.push(...mine.slice(at, (at += count)));
    else open.original.push(...theirs.slice(there, (there += count)));
  }
  close();
  return differences;
}

function describe(quoted: readonly Word[], original: readonly Word[]): readonly Difference[] {
  const joined = (words: readonly Word[]) => words.map(({ shown }) => shown).join(" ");
  // A hyphen or a space more or less is no other word.
  if (glued(quoted) === glued(original)) return [];
  return [{ quoted: joined(quoted), original: joined(original), kind: kindOf(quoted, original) }];
}

const glued = (words: readonly Word[]) => words.map(({ folded }) => folded).join("");

function kindOf(quoted: readonly Word[], original: readonly Word[]): Difference["kind"] {
  const differIn = (select: (word: Word) => string | undefined) => {
    const chosen = (words: readonly Word[]) =>
      words
        .map(select)
        .filter((one) => one !== undefined)
        .sort()
        .join(" ");
    return chosen(quoted) !== chosen(original);
  };
  if (differIn(({ folded }) => numberOf(folded))) return "number";
  if (differIn(({ folded }) => (isNegation(folded) ? "not" : undefined))) return "negation";
  const denies = (words: readonly Word[]) => /ない|なかった|ません/.test(glued(words));
  if (denies(quoted) !== denies(original)) return "negation";
  if (differIn(({ folded, isName }) => (isName ? folded : undefined))) return "name";
  return "words";
}

const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|\p{Nd}+(?:[.,:/'’]\p{Nd}+)*%?|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*|[%‰°$€£¥]|\p{No}/gu;

/** Words, numbers, and letters of scripts without spaces. A name is a capital that begins no sentence. */
function wordsOf(text: string): readonly Word[] {
  const whole = text
    .replace(/[-\u2010]\n(?=\p{Ll})/gu, "")
    .replace(/[*_`]/g, "")
    .replace(new RegExp(link.source, "g"), "$1");
  return [...whole.matchAll(word)].map(({ 0: shown, index }) => ({
    shown,
    folded: /^\p{Nd}/u.test(shown) ? numberOf(foldText(shown).text)! : foldText(shown).text,
    isName:
      /^\p{Lu}\p{L}/u.test(shown) && !/(?:^|[.!?:…]["'”’»)]*)\s*["'“‘«(]*$/u.test(whole.slice(0, index)),
  }));
}
