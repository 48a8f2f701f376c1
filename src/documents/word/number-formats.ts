/** Writes a list's number in a format of Word; formats that are not known here are digits. */
export function formatNumber(value: number, format: string): string {
  switch (format) {
    case "none":
      return "";
    case "decimalZero":
      return String(value).padStart(2, "0");
    case "upperRoman":
      return roman(value);
    case "lowerRoman":
      return roman(value).toLowerCase();
    case "upperLetter":
      return letters(value, latin);
    case "lowerLetter":
      return letters(value, latin).toLowerCase();
    case "russianUpper":
      return letters(value, russian);
    case "russianLower":
      return letters(value, russian).toLowerCase();
    case "ordinal":
      return `${value}${ordinalEnd(value)}`;
    case "decimalEnclosedCircle":
    case "decimalEnclosedCircleChinese":
      return value >= 1 && value <= 20 ? String.fromCodePoint(0x2460 + value - 1) : String(value);
    case "decimalFullWidth":
      return String(value).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    case "chineseCounting":
    case "chineseCountingThousand":
    case "taiwaneseCounting":
    case "taiwaneseCountingThousand":
    case "japaneseCounting":
    case "ideographDigital":
      return chinese(value);
    default:
      return String(value);
  }
}

const latin = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const russian = [..."АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"];

/** After Z comes AA, then BB. Beyond 30 rounds digits are shorter, and a hostile start stays small. */
function letters(value: number, alphabet: readonly string[]): string {
  if (value < 1 || value > 30 * alphabet.length) return String(value);
  const letter = alphabet[(value - 1) % alphabet.length]!;
  return letter.repeat(Math.ceil(value / alphabet.length));
}

const romanValues: readonly (readonly [number, string])[] = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];

function roman(value: number): string {
  if (value < 1 || value > 3999) return String(value);
  let out = "";
  let left = value;
  for (const [worth, sign] of romanValues) for (; left >= worth; left -= worth) out += sign;
  return out;
}

function ordinalEnd(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return "th";
  return ["th", "st", "nd", "rd"][value % 10] ?? "th";
}

const chineseDigits = [..."〇一二三四五六七八九"];

function chinese(value: number): string {
  if (value < 1 || value > 9999) return String(value);
  let out = "";
  let isGap = false;
  for (const [worth, sign] of [
    [1000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(value / worth) % 10;
    if (digit === 0) {
      isGap = out !== "";
      continue;
    }
    if (isGap) out += "〇";
    isGap = false;
    // Ten is 十, not 一十.
    out += (digit === 1 && worth === 10 && out === "" ? "" : chineseDigits[digit]!) + sign;
  }
  return out;
}
