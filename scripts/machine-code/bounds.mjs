// Bounds on the machine code of the kernels that most of the time goes to. `npm run machine-code -- --check`
// holds them; the nightly run calls it.

/**
 * @type {readonly { kernel: RegExp, most: Record<string, Partial<import("./statistics.mjs").Row>>, least?:
 *   Record<string, Partial<import("./statistics.mjs").Row>> }[]}
 */
export const bounds = [];

/** Sentences for the bounds that the rows of a target break. */
export function broken(target, rows) {
  return rows.flatMap((row) =>
    bounds
      .filter(({ kernel }) => kernel.test(row.name))
      .flatMap(({ most, least = {} }) => [
        ...passed(row, most[target] ?? {}, (value, bound) => value > bound, "at most"),
        ...passed(row, least[target] ?? {}, (value, bound) => value < bound, "at least"),
      ]),
  );
}

const passed = (row, limits, isPast, words) =>
  Object.entries(limits)
    .filter(([column, bound]) => isPast(row[column] ?? 0, bound))
    .map(([column, bound]) => `${row.name}: ${column} ${row[column]}, which has to be ${words} ${bound}.`);
