/** Checks of a stored record before it is trusted: it may be damaged, or of another version of the app. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isString = (value: unknown): value is string => typeof value === "string";

export const isNumber = (value: unknown): value is number => Number.isFinite(value);

/** A count of bytes or of other things. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** An array, each of whose values is sound. */
export const isListOf = (value: unknown, isSound: (item: unknown) => boolean): value is readonly unknown[] =>
  Array.isArray(value) && value.every(isSound);

/** An object, each of whose values is sound, whatever their names. */
export const isMapOf = (value: unknown, isSound: (item: unknown) => boolean): boolean =>
  isObject(value) && Object.values(value).every(isSound);

/** One of the words of a list. */
export const isOneOf = <Word extends string>(value: unknown, words: readonly Word[]): value is Word =>
  (words as readonly unknown[]).includes(value);
