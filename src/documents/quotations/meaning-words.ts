/**
 * Words that deny, in the languages that people attach most; letters of scripts without spaces by themselves.
 */
const negations = new Set(
  (
    "not no never none nor neither nothing nobody nowhere without cannot hardly except unless " +
    "nicht kein keine keinen keinem keiner keines nie niemals ohne weder nichts niemand " +
    "ne pas non jamais aucun aucune sans rien ni nunca sin nada ningún ninguna ninguno tampoco não nem sem " +
    "nunca jamais nenhum nenhuma mai senza nessun nessuno nessuna né niet geen nooit zonder inte ikke ej aldrig " +
    "ingen utan uden uten ei eikä nie bez nigdy żaden ani ne nikdy bez ni не нет ни без никогда ничего nicio fără " +
    "δεν μη μην ούτε χωρίς değil hiç لا لم لن ليس غير بدون لیس нема לא אין בלי नहीं मत न बिना không chưa tidak bukan tanpa " +
    "안 못 없는 없이 않 않는 않은 않다 不 没 沒 無 无 非 未 勿 莫 否 ない ません ず"
  ).split(" "),
);

/** "n't", and prefixes that Chinese, Japanese and Korean have inside of words, are found apart. */
export const isNegation = (word: string): boolean =>
  negations.has(word) || /n['’]t$/.test(word) || /^(?:않|없|못)/.test(word);

const numberWords: Readonly<Record<string, string>> = {
  ...numbered(
    0,
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
      "seventeen eighteen nineteen twenty",
  ),
  ...numbered(
    0,
    "null _ zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn " +
      "siebzehn achtzehn neunzehn zwanzig",
  ),
  ...numbered(0, "zéro _ deux trois quatre cinq six sept huit neuf dix onze douze"),
  ...numbered(0, "cero _ dos tres cuatro cinco seis siete ocho nueve diez once doce"),
  ...{ thirty: "30", forty: "40", fifty: "50", sixty: "60", seventy: "70", eighty: "80", ninety: "90" },
  ...{ hundred: "100", thousand: "1000", million: "1e6", billion: "1e9", trillion: "1e12", dozen: "12" },
  ...{ hundert: "100", tausend: "1000", millionen: "1e6", milliarden: "1e9", millionth: "1e-6" },
  ...{ twice: "2", thrice: "3", half: "1/2", double: "2", triple: "3", third: "3", second: "2" },
  ...{ first: "1", fourth: "4", fifth: "5", percent: "%" },
};

function numbered(from: number, words: string): Record<string, string> {
  const entries = words.split(" ").map((word, n) => [word, String(from + n)] as const);
  return Object.fromEntries(entries.filter(([word]) => word !== "_"));
}

/** The value of a number as text, in digits or as a word; `undefined` for what is none. */
export function numberOf(word: string): string | undefined {
  if (!/\p{Nd}|\p{No}/u.test(word)) return Object.hasOwn(numberWords, word) ? numberWords[word] : undefined;
  // "1,911" and "1911" are one number, as are "5." and "5".
  return word.replace(/(\d)[,\u00a0\u202f '’](?=\d{3}(?!\d))/g, "$1").replace(/[.,:]$/, "");
}
