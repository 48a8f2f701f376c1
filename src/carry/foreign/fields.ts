import { isObject, isString } from "../../ground/record-checks";

/** Fields of parsed JSON that may be of any kind. */
export type Fields = Readonly<Record<string, unknown>>;

const nothing: Fields = {};

/** The value as an object; an empty one in the place of anything else. */
export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : nothing);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string => (isString(value) ? value : "");

/** An id as a string; some programs number their messages. "" for what is none. */
export const idOf = (value: unknown): string =>
  isString(value) ? value : Number.isSafeInteger(value) ? String(value) : "";

/** The year 5138 in seconds, 1973 in milliseconds: no export is of either. */
const BETWEEN = 1e11;
/** The last moment that a Date can be. */
const LAST = 8.64e15;

/** A moment in milliseconds since 1970, of seconds or milliseconds; 0 for what is none. */
export function momentOf(value: unknown): number {
  if (isString(value) && value !== "") {
    const parsed = Date.parse(value);
    return Number.isNaN(parsed) ? momentOf(Number(value)) : Math.max(0, parsed);
  }
  if (typeof value !== "number" || !(value > 0)) return 0;
  const moment = Math.round(value < BETWEEN ? value * 1000 : value);
  return moment <= LAST ? moment : 0;
}

/** A fence that is longer than any in the text. */
export function fenced(text: string, language = ""): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const word = /^[\w+#.-]{1,30}$/.test(language) ? language : "";
  return `${fence}${word}\n${text}\n${fence}`;
}

/** The pieces that say something, with an empty line between. */
export const paragraphs = (pieces: readonly string[]): string =>
  pieces.filter((piece) => piece.trim() !== "").join("\n\n");

/** Stands where a picture stood: chats here have none. */
export const PICTURE = "[picture]";

export const pictureMarks = (count: number): readonly string[] =>
  Array.from({ length: Math.min(count, 50) }, () => PICTURE);

/**
 * Messages with those that follow one in the order it says; a file has them in any order.
 *
 * @param childrenOf  the ids of the messages that follow one, as it says
 */
export function inOrder<Message>(
  messages: readonly Message[],
  nameOf: (message: Message) => string,
  childrenOf: (message: Message) => unknown,
): readonly Message[] {
  const places = new Map<string, number>();
  for (const message of messages)
    for (const [place, value] of listOf(childrenOf(message)).entries()) {
      const child = idOf(value);
      if (child !== "" && !places.has(child)) places.set(child, place);
    }
  return messages.toSorted((a, b) => (places.get(nameOf(a)) ?? 0) - (places.get(nameOf(b)) ?? 0));
}
