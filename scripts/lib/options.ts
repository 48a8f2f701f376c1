/** A wrong command line; the hint is the usage. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

export function required(value: string | undefined, name: string, usage: string): string {
  if (value === undefined) throw new UsageError(`${name} is missing.`, usage);
  return value;
}

export function oneOf<T extends string>(
  value: string,
  allowed: readonly T[],
  name: string,
  usage: string,
): T {
  const found = allowed.find((option) => option === value);
  if (found === undefined)
    throw new UsageError(`${name} is ${value}; it can be ${allowed.join(" or ")}.`, usage);
  return found;
}

export function wholeNumber(value: string, name: string, usage: string, least: number): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least) {
    throw new UsageError(`${name} is ${value}; it has to be a whole number of at least ${least}.`, usage);
  }
  return number;
}
